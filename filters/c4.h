// SPDX-License-Identifier: Apache-2.0
// C4's rules: drops lines without an end, short lines, lines about scripts and
// cookies; drops documents with lorem ipsum, a curly bracket, or too few
// sentences left; removes citation marks. Rewrites the text.
//
// Source: Raffel et al., JMLR 21 20-074, section 2.2; huggingface/datatrove
// 0.10 : src/datatrove/pipeline/filters/c4_filters.py, C4QualityFilter.
// Thresholds, operators and deviations stand in docs/filters.md.
#ifndef WINNOW_FILTERS_C4_H_
#define WINNOW_FILTERS_C4_H_

#include "pipeline/stage.h"

namespace winnow {

const StageSpec& C4Spec();

}  // namespace winnow

#endif  // WINNOW_FILTERS_C4_H_
