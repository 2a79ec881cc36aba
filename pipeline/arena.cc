// SPDX-License-Identifier: Apache-2.0
#include "pipeline/arena.h"

#include <algorithm>

namespace winnow {

void Arena::NextBlock(size_t at_least) {
  while (next_ < blocks_.size() && blocks_[next_].size < at_least) ++next_;
  if (next_ == blocks_.size()) {
    const size_t size = std::max(at_least + 64, kBlockBytes);
    blocks_.push_back({std::make_unique_for_overwrite<char[]>(size), size});
    held_ += size;
  }
  Block& block = blocks_[next_++];
  // Alignment is counted from a 64-byte boundary inside the block.
  const auto address = reinterpret_cast<uintptr_t>(block.data.get());
  const size_t skip = (64 - address % 64) % 64;
  current_ = block.data.get() + skip;
  capacity_ = block.size - skip;
  used_ = 0;
}

void Arena::Reset() {
  constexpr size_t kKeep = 16 * kBlockBytes;
  std::erase_if(blocks_, [&](const Block& b) {
    if (b.size <= kKeep) return false;
    held_ -= b.size;
    return true;
  });
  next_ = 0;
  current_ = nullptr;
  used_ = capacity_ = 0;
}

}  // namespace winnow
