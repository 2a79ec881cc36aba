// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/input_window.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "pipeline/error.h"

namespace winnow {

void InputWindow::Reset(File* file) {
  file_ = file;
  start_ = 0;
  size_ = 0;
  failed_ = false;
  if (capacity_ > kKept) {
    data_.reset();
    capacity_ = 0;
  }
}

std::string_view InputWindow::View(uint64_t at, size_t want) {
  if (at < start_ || at > start_ + size_) {
    WINNOW_CHECK(file_->seekable());
    start_ = at;
    size_ = 0;
  }
  size_t skip = static_cast<size_t>(at - start_);
  if (size_ - skip < want) {
    MakeRoom(skip, want);
    skip = static_cast<size_t>(at - start_);
    // A file is read no further than asked, rounded up: what lies behind a
    // piece is another worker's. A stream has no size to stop at.
    const size_t goal = std::min(std::max(want, kLeastRead), capacity_ - skip);
    const int64_t got =
        file_->ReadAt(start_ + size_, data_.get() + size_, skip + goal - size_);
    failed_ = got < 0;
    if (got > 0) size_ += static_cast<size_t>(got);
  }
  return {data_.get() + skip, size_ - skip};
}

// Drops what lies before `skip` when the room behind it does not do.
void InputWindow::MakeRoom(size_t skip, size_t want) {
  want = std::max(want, kLeastRead);
  if (data_ != nullptr && capacity_ - skip >= want) return;
  // Twice, so that sliding moves each byte once at most; a giant is rare and
  // does not slide.
  const size_t room = want > kKept ? want : 2 * want;
  const size_t kept = size_ - skip;
  if (capacity_ >= room) {
    std::memmove(data_.get(), data_.get() + skip, kept);
  } else {
    const size_t capacity = std::bit_ceil(room);
    auto data = std::make_unique_for_overwrite<char[]>(capacity);
    if (kept != 0) std::memcpy(data.get(), data_.get() + skip, kept);
    data_ = std::move(data);
    capacity_ = capacity;
  }
  start_ += skip;
  size_ = kept;
}

}  // namespace winnow
