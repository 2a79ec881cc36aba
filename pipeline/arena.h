// SPDX-License-Identifier: Apache-2.0
// Bump allocator that owns what a batch's documents view. Reset() keeps the
// blocks, so a warm arena does not allocate. Not thread-safe.
#ifndef WINNOW_PIPELINE_ARENA_H_
#define WINNOW_PIPELINE_ARENA_H_

#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <type_traits>
#include <vector>

namespace winnow {

class Arena {
 public:
  static constexpr size_t kBlockBytes = size_t{256} << 10;

  Arena() = default;
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  // Returns `bytes` uninitialised bytes, aligned to `align` (a power of two,
  // at most 64).
  char* Allocate(size_t bytes, size_t align = 1) {
    size_t at = (used_ + align - 1) & ~(align - 1);
    if (current_ == nullptr || at + bytes > capacity_) [[unlikely]] {
      NextBlock(bytes + align);
      at = (used_ + align - 1) & ~(align - 1);
    }
    used_ = at + bytes;
    return current_ + at;
  }

  // Gives back the unused tail of the latest Allocate(): keeps `bytes` of it.
  void ShrinkLast(const char* start, size_t bytes) {
    used_ = static_cast<size_t>(start - current_) + bytes;
  }

  std::string_view Copy(std::string_view s) {
    if (s.empty()) return {};
    char* out = Allocate(s.size());
    std::memcpy(out, s.data(), s.size());
    return {out, s.size()};
  }

  template <typename T>
  T* NewArray(size_t n) {
    static_assert(std::is_trivially_destructible_v<T>);
    return reinterpret_cast<T*>(Allocate(n * sizeof(T), alignof(T)));
  }

  // Makes all memory free again and keeps it, except blocks made for one giant
  // request, which go back to the system.
  void Reset();

  // Bytes held from the system.
  size_t bytes_held() const { return held_; }

 private:
  struct Block {
    std::unique_ptr<char[]> data;
    size_t size;
  };
  void NextBlock(size_t at_least);

  std::vector<Block> blocks_;
  size_t next_ = 0;  // index of the first block not in use
  char* current_ = nullptr;
  size_t used_ = 0;
  size_t capacity_ = 0;
  size_t held_ = 0;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_ARENA_H_
