// SPDX-License-Identifier: Apache-2.0
// The `language` stage: which language a document is in, by fastText's
// lid.176.ftz, and whether it is one to keep.
//
// Source: huggingface/datatrove : src/datatrove/pipeline/filters/
// language_filter.py (FineWeb: English, score > 0.65, strictly). Newlines
// count as spaces. Deviations: the small quantised model in place of
// lid.176.bin; documents above 4 KiB are judged by eight windows
// (filters/lid_sample.h); a score that rounding in the model lifts above 1
// counts as 1.
#ifndef WINNOW_FILTERS_LANGUAGE_H_
#define WINNOW_FILTERS_LANGUAGE_H_

#include "pipeline/stage.h"

namespace winnow {

const StageSpec& LanguageSpec();

}  // namespace winnow

#endif  // WINNOW_FILTERS_LANGUAGE_H_
