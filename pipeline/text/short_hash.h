// SPDX-License-Identifier: Apache-2.0
// Hash64 of 1 to 16 bytes by length class, and of their ASCII lower case
// without writing it anywhere. Follows XXH3's short inputs (xxHash 0.8,
// xxhash.h: XXH3_len_1to3_64b and its neighbours; BSD-2-Clause), whose pieces
// it calls.
#ifndef WINNOW_PIPELINE_TEXT_SHORT_HASH_H_
#define WINNOW_PIPELINE_TEXT_SHORT_HASH_H_

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "pipeline/text/hash.h"

namespace winnow {

// Lower-cases the ASCII capitals among eight ASCII bytes.
inline uint64_t LowerEight(uint64_t x) {
  constexpr uint64_t kEach = 0x0101010101010101ULL;
  const uint64_t from_a = x + kEach * (0x80 - 'A');
  const uint64_t beyond_z = x + kEach * (0x80 - 'Z' - 1);
  return x | ((from_a ^ beyond_z) & (kEach * 0x80)) >> 2;
}

// REQUIRES for kLower: all bytes are ASCII.
template <bool kLower>
uint64_t HashUpTo3(const char* p, size_t size) {
  const auto byte = [p](size_t i) {
    return uint32_t{static_cast<unsigned char>(p[i])};
  };
  uint64_t x = byte(0) << 16 | byte(size >> 1) << 24 | byte(size - 1);
  if (kLower) x = LowerEight(x);
  x |= size << 8;
  x ^= XXH_readLE32(XXH3_kSecret) ^ XXH_readLE32(XXH3_kSecret + 4);
  return XXH64_avalanche(x);
}

template <bool kLower>
uint64_t HashUpTo8(const char* p, size_t size) {
  uint64_t x = XXH_readLE32(p + size - 4) | uint64_t{XXH_readLE32(p)} << 32;
  if (kLower) x = LowerEight(x);
  x ^= XXH_readLE64(XXH3_kSecret + 8) ^ XXH_readLE64(XXH3_kSecret + 16);
  return XXH3_rrmxmx(x, size);
}

template <bool kLower>
uint64_t HashUpTo16(const char* p, size_t size) {
  uint64_t lo = XXH_readLE64(p);
  uint64_t hi = XXH_readLE64(p + size - 8);
  if (kLower) {
    lo = LowerEight(lo);
    hi = LowerEight(hi);
  }
  lo ^= XXH_readLE64(XXH3_kSecret + 24) ^ XXH_readLE64(XXH3_kSecret + 32);
  hi ^= XXH_readLE64(XXH3_kSecret + 40) ^ XXH_readLE64(XXH3_kSecret + 48);
  return XXH3_avalanche(size + XXH_swap64(lo) + hi +
                        XXH3_mul128_fold64(lo, hi));
}

}  // namespace winnow

#endif  // WINNOW_PIPELINE_TEXT_SHORT_HASH_H_
