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
  // The table of one document: small, to be kept in registers by a loop.
  class Entries {
   public:
    // Returns the index of the first item entered that equals this one, or
    // enters `index` and returns it. The hash's top bits place an item.
    // `equal(i)` tells whether item i equals this one, and holds for `index`
    // itself: so there is one branch for new and known items, and it is nearly
    // always taken.
    template <typename Equal>
    uint32_t Enter(uint64_t hash, uint32_t index, const Equal& equal) const {
      size_t at = hash >> shift_;
      for (;;) {
        const uint32_t stamp = slots_[at];
        // A choice by masks, for compilers make a branch of `?:` here.
        const uint32_t fresh = 0U - (stamp < base_ ? 1U : 0U);
        const uint32_t first = (index & fresh) | ((stamp - base_) & ~fresh);
        if (equal(first)) [[likely]] {
          slots_[at] = base_ + first;
          return first;
        }
        at = (at + 1) & mask_;
      }
    }

   private:
    friend class FirstSeenTable;
    uint32_t* slots_;  // base + index
    size_t mask_;
    unsigned shift_;
    uint32_t base_;
  };

  // Forgets everything; makes room for `items` entries with indices below
  // `indices`. REQUIRES: indices < 2^32 - 1.
  Entries Start(size_t items, size_t indices) {
    // At most a quarter full: a second look at an item is hard to predict.
    const size_t size = std::bit_ceil(std::max(4 * items, kMinSlots));
    if (slots_.size() < size) slots_.resize(size);
    if (indices > std::numeric_limits<uint32_t>::max() - next_base_) {
      std::fill(slots_.begin(), slots_.end(), 0);
      next_base_ = 1;
    }
    Entries entries;
    entries.slots_ = slots_.data();
    entries.mask_ = size - 1;
    entries.shift_ = 64U - static_cast<unsigned>(std::countr_zero(size));
    entries.base_ = next_base_;
    next_base_ += static_cast<uint32_t>(indices);
    return entries;
  }

 private:
  static constexpr size_t kMinSlots = 16;

  std::vector<uint32_t> slots_;
  uint32_t next_base_ = 1;
};

}  // namespace winnow

#endif  // WINNOW_FILTERS_FIRST_SEEN_TABLE_H_
