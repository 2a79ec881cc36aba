// SPDX-License-Identifier: Apache-2.0
// Counts heap allocations. A test that lists allocation_count.cc among its
// sources has its global operator new replaced.
#ifndef WINNOW_TESTS_ALLOCATION_COUNT_H_
#define WINNOW_TESTS_ALLOCATION_COUNT_H_

#include <cstddef>

namespace winnow::testing {

// Calls of operator new so far, by all threads.
size_t AllocationCount();

}  // namespace winnow::testing

#endif  // WINNOW_TESTS_ALLOCATION_COUNT_H_
