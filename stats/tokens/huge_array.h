// SPDX-License-Identifier: Apache-2.0
// A fixed array of plain values on huge pages where the system has them. The
// big tables of token counting are read at random places: on small pages,
// misses of the TLB would cost as much as those of the cache.
#ifndef WINNOW_STATS_TOKENS_HUGE_ARRAY_H_
#define WINNOW_STATS_TOKENS_HUGE_ARRAY_H_

#include <cstddef>
#include <memory>
#include <type_traits>

namespace winnow {

// `bytes` of zeros, aligned to a cache line at least; throws std::bad_alloc.
// Freed with FreeZeroed().
void* AllocateZeroed(size_t bytes);
void FreeZeroed(void* memory);

template <typename T>
class HugeArray {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  HugeArray() = default;
  explicit HugeArray(size_t size)
      : size_(size),
        values_(static_cast<T*>(AllocateZeroed(size * sizeof(T)))) {}

  size_t size() const { return size_; }
  T& operator[](size_t i) { return values_.get()[i]; }
  const T& operator[](size_t i) const { return values_.get()[i]; }

 private:
  struct Free {
    void operator()(T* values) const { FreeZeroed(values); }
  };

  size_t size_ = 0;
  std::unique_ptr<T, Free> values_;
};

}  // namespace winnow

#endif  // WINNOW_STATS_TOKENS_HUGE_ARRAY_H_
