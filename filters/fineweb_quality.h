// SPDX-License-Identifier: Apache-2.0
// FineWeb's own rules: lines that end nowhere, short lines, repeated lines,
// lists.
//
// Source: Penedo et al., arXiv 2406.17557, section 3.6; huggingface/datatrove
// 0.10 : src/datatrove/pipeline/filters/fineweb_quality_filter.py. Thresholds,
// operators and deviations stand in docs/filters.md.
#ifndef WINNOW_FILTERS_FINEWEB_QUALITY_H_
#define WINNOW_FILTERS_FINEWEB_QUALITY_H_

#include "pipeline/stage.h"

namespace winnow {

const StageSpec& FinewebQualitySpec();

}  // namespace winnow

#endif  // WINNOW_FILTERS_FINEWEB_QUALITY_H_
