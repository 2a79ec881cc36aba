// SPDX-License-Identifier: Apache-2.0
// The stage `minhash`: drops documents that nearly repeat a kept one. Parts:
// shingles.h, minhash_kernel.h, signature.h, minhash_index.h, segment.h.
#ifndef WINNOW_DEDUP_MINHASH_H_
#define WINNOW_DEDUP_MINHASH_H_

#include "pipeline/stage.h"

namespace winnow {

const StageSpec& MinhashSpec();

}  // namespace winnow

#endif  // WINNOW_DEDUP_MINHASH_H_
