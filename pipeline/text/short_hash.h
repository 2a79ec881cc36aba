// SPDX-License-Identifier: Apache-2.0
// Words of 1 to 16 bytes in registers: is it ASCII, its lower case, its Hash64.
// Three classes of length, one type each, so that a loop over one class has no
// branch on length. Follows XXH3's short inputs (xxHash 0.8, xxhash.h:
// XXH3_len_1to3_64b and its neighbours), whose pieces it calls.
#ifndef WINNOW_PIPELINE_TEXT_SHORT_HASH_H_
#define WINNOW_PIPELINE_TEXT_SHORT_HASH_H_

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "pipeline/text/hash.h"

namespace winnow {

inline constexpr uint64_t kHighBits = 0x8080808080808080ULL;

// Lower-cases the ASCII capitals among eight ASCII bytes.
inline uint64_t LowerEight(uint64_t x) {
  constexpr uint64_t kEach = 0x0101010101010101ULL;
  const uint64_t from_a = x + kEach * (0x80 - 'A');
  const uint64_t beyond_z = x + kEach * (0x80 - 'Z' - 1);
  return x | ((from_a ^ beyond_z) & kHighBits) >> 2;
}

// 1 to 3 bytes.
struct UpTo3Bytes {
  UpTo3Bytes(const char* p, size_t size) {
    const auto byte = [p](size_t i) {
      return uint64_t{static_cast<unsigned char>(p[i])};
    };
    x = byte(0) << 16 | byte(size >> 1) << 24 | byte(size - 1);
  }
  bool IsAscii() const { return (x & kHighBits) == 0; }
  void ToLower() { x = LowerEight(x); }
  uint64_t Hash(size_t size) const {
    return XXH64_avalanche(x ^ (size << 8) ^ XXH_readLE32(XXH3_kSecret) ^
                           XXH_readLE32(XXH3_kSecret + 4));
  }
  uint64_t x;
};

// 4 to 8 bytes.
struct UpTo8Bytes {
  UpTo8Bytes(const char* p, size_t size)
      : x(XXH_readLE32(p + size - 4) | uint64_t{XXH_readLE32(p)} << 32) {}
  bool IsAscii() const { return (x & kHighBits) == 0; }
  void ToLower() { x = LowerEight(x); }
  uint64_t Hash(size_t size) const {
    return XXH3_rrmxmx(
        x ^ XXH_readLE64(XXH3_kSecret + 8) ^ XXH_readLE64(XXH3_kSecret + 16),
        size);
  }
  uint64_t x;
};

// 9 to 16 bytes.
struct UpTo16Bytes {
  UpTo16Bytes(const char* p, size_t size)
      : first(XXH_readLE64(p)), last(XXH_readLE64(p + size - 8)) {}
  bool IsAscii() const { return ((first | last) & kHighBits) == 0; }
  void ToLower() {
    first = LowerEight(first);
    last = LowerEight(last);
  }
  uint64_t Hash(size_t size) const {
    const uint64_t lo = first ^ XXH_readLE64(XXH3_kSecret + 24) ^
                        XXH_readLE64(XXH3_kSecret + 32);
    const uint64_t hi = last ^ XXH_readLE64(XXH3_kSecret + 40) ^
                        XXH_readLE64(XXH3_kSecret + 48);
    return XXH3_avalanche(size + XXH_swap64(lo) + hi +
                          XXH3_mul128_fold64(lo, hi));
  }
  uint64_t first;
  uint64_t last;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_TEXT_SHORT_HASH_H_
