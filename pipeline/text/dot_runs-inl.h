// SPDX-License-Identifier: Apache-2.0
// Per-target part of the counting kernels: Python's text.count("...") from
// masks of full stops.
#if defined(WINNOW_PIPELINE_TEXT_DOT_RUNS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef WINNOW_PIPELINE_TEXT_DOT_RUNS_INL_H_
#undef WINNOW_PIPELINE_TEXT_DOT_RUNS_INL_H_
#else
#define WINNOW_PIPELINE_TEXT_DOT_RUNS_INL_H_
#endif

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace winnow {
namespace HWY_NAMESPACE {

// A run of n full stops holds n / 3 times "...". `*open` is how many of the
// run that reaches into the block are not counted yet, below 3.
HWY_INLINE uint64_t DotRuns(uint64_t dots, unsigned* open) {
  uint64_t found = 0;
  if (((dots & dots >> 1 & dots >> 2) | (*open != 0 ? dots & 1 : 0)) == 0) {
    // No run of three: only what reaches beyond the block matters.
    *open = dots >> 63 == 0 ? 0 : 1 + static_cast<unsigned>(dots >> 62 & 1);
    return 0;
  }
  unsigned run = *open;
  unsigned at = 0;
  while (at < 64) {
    const uint64_t rest = dots >> at;
    if ((rest & 1) == 0) {
      run = 0;
      if (rest == 0) break;
      at += static_cast<unsigned>(__builtin_ctzll(rest));
      continue;
    }
    const unsigned length =
        ~rest == 0 ? 64 : static_cast<unsigned>(__builtin_ctzll(~rest));
    run += length;
    at += length;
    found += run / 3;
    run %= 3;
  }
  *open = run;
  return found;
}

}  // namespace HWY_NAMESPACE
}  // namespace winnow
HWY_AFTER_NAMESPACE();

#endif  // toggle
