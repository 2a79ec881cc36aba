// SPDX-License-Identifier: Apache-2.0
// Which earlier item equals this one? An open-addressed table from the hash of
// an item to the index of its first occurrence, sized to the document. Nothing
// is cleared between documents: a slot holds base + index, and whatever lies
// below the base of the current document is free.
#ifndef WINNOW_FILTERS_FIRST_SEEN_TABLE_H_
#define WINNOW_FILTERS_FIRST_SEEN_TABLE_H_

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace winnow {

class FirstSeenTable {
 public:
  // Forgets everything; makes room for `items` entries with indices below
  // `indices`. REQUIRES: indices < 2^32 - 1.
  void Start(size_t items, size_t indices) {
    const size_t size = std::bit_ceil(std::max(2 * items, kMinSlots));
    if (slots_.size() < size) slots_.resize(size);
    mask_ = size - 1;
    shift_ = 64U - static_cast<unsigned>(std::countr_zero(size));
    if (indices > std::numeric_limits<uint32_t>::max() - next_base_) {
      std::fill(slots_.begin(), slots_.end(), 0);
      next_base_ = 1;
    }
    base_ = next_base_;
    next_base_ += static_cast<uint32_t>(indices);
  }

  // Returns the index of the first item entered that equals this one, or
  // enters `index` and returns it. `equal(i)` tells whether item i is equal; it
  // is asked only where 32 bits of the hash agree. The hash's top bits place an
  // item, its low 32 bits tell it apart.
  template <typename Equal>
  uint32_t Enter(uint64_t hash, uint32_t index, const Equal& equal) {
    const uint64_t tag = hash << 32;
    for (size_t at = hash >> shift_;; at = (at + 1) & mask_) {
      const uint64_t slot = slots_[at];
      const auto stamp = static_cast<uint32_t>(slot);
      if (stamp < base_) {
        slots_[at] = tag | (base_ + index);
        return index;
      }
      if ((slot ^ tag) >> 32 == 0 && equal(stamp - base_)) {
        return stamp - base_;
      }
    }
  }

 private:
  static constexpr size_t kMinSlots = 16;

  std::vector<uint64_t> slots_;  // tag, then base + index
  size_t mask_ = 0;
  unsigned shift_ = 0;
  uint32_t base_ = 1;
  uint32_t next_base_ = 1;
};

}  // namespace winnow

#endif  // WINNOW_FILTERS_FIRST_SEEN_TABLE_H_
