// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/decoded.h"

#include <algorithm>
#include <cstring>

namespace winnow {

void Decoded::Clear() {
  buffer_ = Buffer();
  size_ = 0;
}

char* Decoded::Room(size_t n) {
  if (!buffer_ || free() < n) {
    // The pool rounds up to a power of two, which makes growth geometric.
    const size_t want = std::max(size_ + n, kLeast) + kFront + kSpanPadding;
    Buffer grown = pool_->Get(want);
    if (size_ != 0) std::memcpy(grown.data() + kFront, At(0), size_);
    buffer_ = std::move(grown);
  }
  return At(size_);
}

Buffer Decoded::Release() {
  size_ = 0;
  return std::move(buffer_);
}

}  // namespace winnow
