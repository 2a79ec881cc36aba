// SPDX-License-Identifier: Apache-2.0
// Decoded bytes of a piece, growing at the end. In front of them lies room for
// the record that the piece before left unfinished, so that the cut joins both
// without moving the piece; behind them kSpanPadding bytes that a parser may
// read over.
#ifndef WINNOW_PIPELINE_READ_DECODED_H_
#define WINNOW_PIPELINE_READ_DECODED_H_

#include <cstddef>

#include "pipeline/read/buffer_pool.h"

namespace winnow {

// Bytes behind every span that exist and may be read (simdjson asks for 64).
inline constexpr size_t kSpanPadding = 64;

class Decoded {
 public:
  static constexpr size_t kFront = size_t{128} << 10;

  void Start(BufferPool* pool) { pool_ = pool; }
  BufferPool* pool() const { return pool_; }
  void Clear();

  // At least `n` free bytes behind the last one. May move all of them.
  char* Room(size_t n);
  void Commit(size_t n) { size_ += n; }
  // Forgets what lies behind the first `size` bytes.
  void Truncate(size_t size) { size_ = size; }

  size_t size() const { return size_; }
  // Free bytes that Room() gives without moving.
  size_t free() const {
    return buffer_ ? buffer_.capacity() - kFront - kSpanPadding - size_ : 0;
  }
  // Byte `at`. The kFront bytes before byte 0 are free.
  char* At(size_t at) const { return buffer_.data() + kFront + at; }

  // Hands the memory over; empty afterwards.
  Buffer Release();

 private:
  static constexpr size_t kLeast = size_t{64} << 10;

  BufferPool* pool_ = nullptr;
  Buffer buffer_;
  size_t size_ = 0;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_DECODED_H_
