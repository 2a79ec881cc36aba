// SPDX-License-Identifier: Apache-2.0
// The one door to xxHash. XXH3 output is fixed since 0.8.0 and equal on every
// instruction set; hashes on disk are little endian unless a format says
// otherwise. Not cryptographic: an adversary can make collisions.
#ifndef WINNOW_PIPELINE_TEXT_HASH_H_
#define WINNOW_PIPELINE_TEXT_HASH_H_

#ifndef XXH_INLINE_ALL
#define XXH_INLINE_ALL
#endif
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wold-style-cast"
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wcast-qual"
#include <xxhash.h>
#pragma GCC diagnostic pop

#include <compare>
#include <cstdint>
#include <string_view>

namespace winnow {

struct Hash128 {
  uint64_t lo = 0;
  uint64_t hi = 0;
  friend auto operator<=>(const Hash128&, const Hash128&) = default;
};

inline uint64_t Hash64(std::string_view bytes) {
  return XXH3_64bits(bytes.data(), bytes.size());
}

inline Hash128 HashBytes128(std::string_view bytes) {
  const XXH128_hash_t h = XXH3_128bits(bytes.data(), bytes.size());
  return {h.low64, h.high64};
}

// Mixes one more 64-bit value into a running hash (order matters).
inline uint64_t HashCombine(uint64_t seed, uint64_t value) {
  uint64_t x = (seed ^ value) * 0x9e3779b97f4a7c15ULL;
  x ^= x >> 32;
  x *= 0xd6e8feb86659fd93ULL;
  return x ^ (x >> 29);
}

}  // namespace winnow

#endif  // WINNOW_PIPELINE_TEXT_HASH_H_
