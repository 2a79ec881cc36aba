// SPDX-License-Identifier: Apache-2.0
// Joins the cut to the real formats; tests put doubles in their place.
#include "pipeline/read/record.h"
#include "pipeline/read/record_cut.h"

namespace winnow {

CutFunctions ReadFormats(const ReadOptions& options) {
  return {[text_field = options.text_field](std::string_view head, bool end) {
            return DetectFormatFor(text_field, head, end);
          },
          NewSplitter};
}

}  // namespace winnow
