// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/buffer_pool.h"

#include <algorithm>
#include <bit>

namespace winnow {
namespace {

size_t SizeClass(size_t bytes) {
  return static_cast<size_t>(std::bit_width(bytes - 1));
}

}  // namespace

Buffer BufferPool::Get(size_t bytes) {
  const size_t bits =
      std::max(kLeastBits, SizeClass(std::max(bytes, size_t{1})));
  Buffer buffer;
  buffer.pool_ = this;
  buffer.capacity_ = size_t{1} << bits;
  {
    const std::lock_guard lock(mutex_);
    if (!idle_[bits].empty()) {
      buffer.data_ = std::move(idle_[bits].back());
      idle_[bits].pop_back();
    }
  }
  if (buffer.data_ == nullptr) {
    buffer.data_ = std::make_unique_for_overwrite<char[]>(buffer.capacity_);
  }
  return buffer;
}

size_t BufferPool::bytes_idle() const {
  const std::lock_guard lock(mutex_);
  size_t bytes = 0;
  for (size_t bits = 0; bits < idle_.size(); ++bits) {
    bytes += idle_[bits].size() << bits;
  }
  return bytes;
}

void BufferPool::Put(std::unique_ptr<char[]> data, size_t capacity) {
  const size_t bits = SizeClass(capacity);
  const std::lock_guard lock(mutex_);
  if (bits > kLargeBits && idle_[bits].size() >= kLargeKept) return;
  idle_[bits].push_back(std::move(data));
}

}  // namespace winnow
