// SPDX-License-Identifier: Apache-2.0
// A large array of zero bytes, straight from the system: pages cost nothing
// until they are touched, and are huge where the kernel offers that, which
// halves the cost of random access.
#ifndef WINNOW_DEDUP_ZEROED_MEMORY_H_
#define WINNOW_DEDUP_ZEROED_MEMORY_H_

#include <cstddef>
#include <utility>

namespace winnow {

class ZeroedMemory {
 public:
  ZeroedMemory() = default;
  // Throws Error(kMemory) if the system has no room.
  explicit ZeroedMemory(size_t bytes);
  ~ZeroedMemory();
  ZeroedMemory(ZeroedMemory&& other) noexcept { Swap(&other); }
  ZeroedMemory& operator=(ZeroedMemory&& other) noexcept {
    Swap(&other);
    return *this;
  }

  // Page-aligned; null if empty.
  char* data() const { return data_; }
  size_t size() const { return size_; }

 private:
  void Swap(ZeroedMemory* other) {
    std::swap(data_, other->data_);
    std::swap(size_, other->size_);
  }

  char* data_ = nullptr;
  size_t size_ = 0;
};

}  // namespace winnow

#endif  // WINNOW_DEDUP_ZEROED_MEMORY_H_
