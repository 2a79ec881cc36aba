// SPDX-License-Identifier: Apache-2.0
// The stage `exact`: drops documents whose text, or word sequence, was seen
// before in canonical order.
#ifndef WINNOW_DEDUP_EXACT_H_
#define WINNOW_DEDUP_EXACT_H_

#include "pipeline/stage.h"

namespace winnow {

const StageSpec& ExactSpec();

}  // namespace winnow

#endif  // WINNOW_DEDUP_EXACT_H_
