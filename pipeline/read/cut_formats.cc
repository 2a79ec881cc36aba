// SPDX-License-Identifier: Apache-2.0
// Joins the cut to the real formats; tests put doubles in their place.
#include "pipeline/read/record.h"
#include "pipeline/read/record_cut.h"

namespace winnow {

CutFunctions ReadFormats() { return {DetectFormat, NewSplitter}; }

}  // namespace winnow
