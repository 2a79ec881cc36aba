// SPDX-License-Identifier: Apache-2.0
// Gopher's quality rules: amount and shape of words, symbols, bullet and
// ellipsis lines, stop words.
//
// Source: Rae et al., arXiv 2112.11446, table A1; huggingface/datatrove 0.10 :
// src/datatrove/pipeline/filters/gopher_quality_filter.py. Thresholds,
// operators and deviations stand in docs/filters.md.
#ifndef WINNOW_FILTERS_GOPHER_QUALITY_H_
#define WINNOW_FILTERS_GOPHER_QUALITY_H_

#include "pipeline/stage.h"

namespace winnow {

const StageSpec& GopherQualitySpec();

}  // namespace winnow

#endif  // WINNOW_FILTERS_GOPHER_QUALITY_H_
