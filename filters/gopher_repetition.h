// SPDX-License-Identifier: Apache-2.0
// Gopher's repetition rules: repeated paragraphs, lines and word n-grams.
//
// Source: Rae et al., arXiv 2112.11446, table A1; huggingface/datatrove 0.10 :
// src/datatrove/pipeline/filters/gopher_repetition_filter.py. Thresholds,
// operators and deviations stand in docs/filters.md.
#ifndef WINNOW_FILTERS_GOPHER_REPETITION_H_
#define WINNOW_FILTERS_GOPHER_REPETITION_H_

#include "pipeline/stage.h"

namespace winnow {

const StageSpec& GopherRepetitionSpec();

}  // namespace winnow

#endif  // WINNOW_FILTERS_GOPHER_REPETITION_H_
