// SPDX-License-Identifier: Apache-2.0
// The one place where words of Profile::kSpacyEn are made.
#ifndef WINNOW_PIPELINE_TEXT_FILL_SPACY_EN_H_
#define WINNOW_PIPELINE_TEXT_FILL_SPACY_EN_H_

#include <string_view>

#include "pipeline/text/analysis.h"

namespace winnow {

// Replaces `words` (all arrays but `folded`) by the tokens of `text`.
void FillSpacyEn(std::string_view text, Words* words);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_TEXT_FILL_SPACY_EN_H_
