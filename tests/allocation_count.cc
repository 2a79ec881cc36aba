// SPDX-License-Identifier: Apache-2.0
// Replaces the plain forms; the array, nothrow and sized forms call them, and
// the aligned forms are left to the library.
#include "tests/allocation_count.h"

#include <atomic>
#include <cstdlib>
#include <new>

namespace {
std::atomic<size_t> count{0};
}  // namespace

void* operator new(size_t size) {
  count.fetch_add(1, std::memory_order_relaxed);
  if (void* p = std::malloc(size == 0 ? 1 : size)) return p;
  throw std::bad_alloc();
}
void operator delete(void* p) noexcept { std::free(p); }
void operator delete(void* p, size_t) noexcept { std::free(p); }

namespace winnow::testing {

size_t AllocationCount() { return count.load(std::memory_order_relaxed); }

}  // namespace winnow::testing
