// SPDX-License-Identifier: Apache-2.0
// Counts of a text without its analysis, at the speed of memory where it is
// ASCII.
#ifndef WINNOW_PIPELINE_TEXT_COUNT_TEXT_H_
#define WINNOW_PIPELINE_TEXT_COUNT_TEXT_H_

#include <string_view>

#include "pipeline/text/analysis.h"

namespace winnow {

// All counts of the text. REQUIRES: valid UTF-8.
TextCounts CountText(std::string_view text);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_TEXT_COUNT_TEXT_H_
