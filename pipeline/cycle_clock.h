// SPDX-License-Identifier: Apache-2.0
// A cheap tick counter for timing stages. Ticks become seconds by their share
// of the run's wall time, never by an assumed frequency.
#ifndef WINNOW_PIPELINE_CYCLE_CLOCK_H_
#define WINNOW_PIPELINE_CYCLE_CLOCK_H_

#include <cstdint>

#if defined(__x86_64__)
#include <x86intrin.h>
#else
#include <chrono>
#endif

namespace winnow {

inline uint64_t CycleNow() {
#if defined(__x86_64__)
  return __rdtsc();
#else
  return static_cast<uint64_t>(
      std::chrono::steady_clock::now().time_since_epoch().count());
#endif
}

}  // namespace winnow

#endif  // WINNOW_PIPELINE_CYCLE_CLOCK_H_
