// SPDX-License-Identifier: Apache-2.0
// Remembers how many tokens a short span of text has, for one or two
// vocabularies at once. Two tables, both set-associative, of fixed size, exact
// (the bytes themselves are the key) and without clocks or clearing: a new
// span takes the place of another one in its set.
//
//   short   1-15 bytes without NUL. 16 bytes a slot: the text, padded with
//           zeros, and in the last byte both counts, four bits each; four slots
//           a cache line are a set
//   long    16-61 bytes, or shorter with NUL. 64 bytes a slot: the text, its
//           length, both counts; two slots are a set
//
// The layout follows the idea of marcelroed/gigatoken :
// src/bpe/pretoken_cache.rs. One for each thread.
#ifndef WINNOW_STATS_TOKENS_PIECE_CACHE_H_
#define WINNOW_STATS_TOKENS_PIECE_CACHE_H_

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "pipeline/text/hash.h"
#include "stats/tokens/huge_array.h"
#include "stats/tokens/pair_count.h"

namespace winnow {

class PieceCache {
 public:
  static constexpr size_t kMaxShort = 15;
  static constexpr size_t kMaxLong = 61;

  // A span of 1-15 bytes padded with zeros.
  struct ShortKey {
    uint64_t low;
    uint64_t high;  // the top byte is zero
  };

  // Takes at most `bytes` of memory, and never less than 8 KiB.
  explicit PieceCache(size_t bytes);

  // REQUIRES: 16 bytes are readable at `span`, 1 <= size <= 15.
  static ShortKey LoadShort(const char* span, size_t size) {
    ShortKey key;
    std::memcpy(&key.low, span, 8);
    std::memcpy(&key.high, span + 8, 8);
    if constexpr (std::endian::native == std::endian::big) {
      key.low = __builtin_bswap64(key.low);
      key.high = __builtin_bswap64(key.high);
    }
    key.low &= kMasks[size].low;
    key.high &= kMasks[size].high;
    return key;
  }

  size_t ShortSlot(ShortKey key) const {
    // The product's halves folded into one, as wyhash does.
    __extension__ using Wide = unsigned __int128;
    const Wide product = static_cast<Wide>(key.low ^ 0x9E3779B97F4A7C15ULL) *
                         (key.high ^ 0xD6E8FEB86659FD93ULL);
    return (static_cast<uint64_t>(product) ^
            static_cast<uint64_t>(product >> 64)) >>
           short_shift_;
  }
  size_t LongSlot(std::string_view span) const {
    return static_cast<size_t>(Hash64(span)) & long_mask_;
  }

  void PrefetchShort(size_t slot) const { __builtin_prefetch(&short_[slot]); }
  void PrefetchLong(size_t slot) const { __builtin_prefetch(&long_[slot]); }

  bool FindShort(size_t slot, ShortKey key, PairCount* count) const {
    // Frequent spans came early and have the first slot of their set.
    if (!Matches(short_[slot], key, count)) [[unlikely]] {
      return Matches(short_[slot ^ 1], key, count) ||
             Matches(short_[slot ^ 2], key, count) ||
             Matches(short_[slot ^ 3], key, count);
    }
    return true;
  }
  void AddShort(size_t slot, ShortKey key, PairCount count);

  bool FindLong(size_t slot, std::string_view span, PairCount* count) const {
    for (size_t way = 0; way < 2; ++way) {
      const LongEntry& at = long_[slot ^ way];
      if (at.size == span.size() &&
          std::memcmp(at.bytes, span.data(), span.size()) == 0) {
        count->first = at.counts[0];
        count->second = at.counts[1];
        return true;
      }
    }
    return false;
  }
  void AddLong(size_t slot, std::string_view span, PairCount count);

 private:
  struct LongEntry {
    char bytes[kMaxLong];
    uint8_t size;
    uint8_t counts[2];
  };
  static_assert(sizeof(LongEntry) == 64);

  // The counts are the top byte. A free slot has none and never matches, as a
  // span of no bytes is never asked for.
  static bool Matches(const ShortKey& at, ShortKey key, PairCount* count) {
    if (((at.low ^ key.low) | (at.high ^ key.high) << 8) != 0) return false;
    const uint64_t counts = at.high >> 56;
    count->first = counts & 15;
    count->second = counts >> 4;
    return true;
  }

  static const ShortKey kMasks[kMaxShort + 1];

  HugeArray<ShortKey> short_;
  HugeArray<LongEntry> long_;
  unsigned short_shift_ = 0;
  size_t long_mask_ = 0;
  uint32_t victim_ = 0;
};

}  // namespace winnow

#endif  // WINNOW_STATS_TOKENS_PIECE_CACHE_H_
