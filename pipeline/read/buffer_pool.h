// SPDX-License-Identifier: Apache-2.0
// Buffers that are used again: decoded bytes move from the decoder over the
// cut to the batch without a copy, and steady state allocates nothing. Sizes
// are powers of two. Thread-safe; the pool outlives its buffers.
#ifndef WINNOW_PIPELINE_READ_BUFFER_POOL_H_
#define WINNOW_PIPELINE_READ_BUFFER_POOL_H_

#include <array>
#include <cstddef>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace winnow {

class BufferPool;

// Owns memory of a pool and gives it back when it dies. Contents are
// uninitialised, as far as the sanitizers know: whoever fills it says how far.
class Buffer {
 public:
  Buffer() = default;
  Buffer(Buffer&& other) noexcept { Swap(&other); }
  Buffer& operator=(Buffer&& other) noexcept {
    Buffer taken(std::move(other));
    Swap(&taken);
    return *this;
  }
  ~Buffer();

  char* data() const { return data_.get(); }
  size_t capacity() const { return capacity_; }
  explicit operator bool() const { return data_ != nullptr; }

 private:
  friend class BufferPool;
  void Swap(Buffer* other) {
    std::swap(pool_, other->pool_);
    std::swap(data_, other->data_);
    std::swap(capacity_, other->capacity_);
  }

  BufferPool* pool_ = nullptr;
  std::unique_ptr<char[]> data_;
  size_t capacity_ = 0;
};

class BufferPool {
 public:
  // A buffer of at least `bytes`.
  Buffer Get(size_t bytes);

  // Bytes that wait to be used again.
  size_t bytes_idle() const;

 private:
  friend class Buffer;
  static constexpr size_t kLeastBits = 12;
  // Of each size above 4 MiB only so many are kept: giants are rare.
  static constexpr size_t kLargeBits = 22;
  static constexpr size_t kLargeKept = 4;

  void Put(std::unique_ptr<char[]> data, size_t capacity);

  mutable std::mutex mutex_;
  std::array<std::vector<std::unique_ptr<char[]>>, 64> idle_;
};

inline Buffer::~Buffer() {
  if (data_ != nullptr) pool_->Put(std::move(data_), capacity_);
}

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_BUFFER_POOL_H_
