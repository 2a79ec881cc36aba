// SPDX-License-Identifier: Apache-2.0
// Open-addressing table from 48-bit hash keys to 32-bit ordinals, for the one
// place where all workers wait: the ordered steps.
//
// A bucket is one cache line: ten 16-bit tags, a count, an overflow mark, ten
// ordinals.
// The upper 32 bits of the key choose the bucket, the lower 16 are the tag, and
// a full bucket overflows into the next. So a look-up of an absent key costs
// one cache line, nearly always, which Prefetch() has brought. One entry costs
// 8 bytes at the highest load, 80 %.
//
// The table does not hold whole keys: a look-up offers every entry with this
// tag on the key's path, and the caller compares what it keeps elsewhere. What
// is found then does not depend on the size of the table.
//
// Entries are never removed. Those of one key come in order of insertion.
#ifndef WINNOW_DEDUP_ORDINAL_TABLE_H_
#define WINNOW_DEDUP_ORDINAL_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "dedup/zeroed_memory.h"

namespace winnow {

class OrdinalTable {
 public:
  static constexpr size_t kBytesPerEntry = 8;
  static constexpr uint32_t kMaxOrdinal = 0xFFFFFFFE;

  OrdinalTable() = default;
  // For up to `entries` entries, in kBytesPerEntry * entries bytes (and at
  // least four cache lines).
  explicit OrdinalTable(uint64_t entries);

  void Prefetch(uint64_t key) const {
    __builtin_prefetch(&buckets()[Home(key)]);
  }

  // Calls see(ordinal) for each entry that may have this key, until it returns
  // false. REQUIRES: key < 2^48.
  template <typename See>
  void Find(uint64_t key, See&& see) const;

  // Adds an entry. REQUIRES: fewer than `entries` so far; key < 2^48;
  // ordinal <= kMaxOrdinal.
  void Insert(uint64_t key, uint32_t ordinal);

  uint64_t size() const { return size_; }

 private:
  static constexpr size_t kSlots = 10;
  struct Bucket {
    uint16_t tags[kSlots];
    uint16_t overflowed;  // an entry went on to the next bucket
    uint16_t used;        // slots that hold an entry, the first ones
    uint32_t ordinals[kSlots];
  };
  static_assert(sizeof(Bucket) == 64);

  Bucket* buckets() const { return reinterpret_cast<Bucket*>(memory_.data()); }
  uint64_t Home(uint64_t key) const {
    return (key >> 16) * bucket_count_ >> 32;
  }
  uint64_t After(uint64_t bucket) const {
    return bucket + 1 == bucket_count_ ? 0 : bucket + 1;
  }
  // False if no tag of the bucket is `tag` (true may be wrong).
  static bool MayHave(const Bucket& bucket, uint16_t tag);

  ZeroedMemory memory_;
  uint64_t bucket_count_ = 0;
  uint64_t capacity_ = 0;
  uint64_t size_ = 0;
};

inline bool OrdinalTable::MayHave(const Bucket& bucket, uint16_t tag) {
  constexpr uint64_t kOnes = 0x0001000100010001ULL;
  constexpr uint64_t kHighs = 0x8000800080008000ULL;
  const uint64_t tags = kOnes * tag;
  // Four lanes at a time; exact if there is no zero lane.
  const auto zero_lanes = [tags, &bucket](size_t at) {
    uint64_t x;
    std::memcpy(&x, reinterpret_cast<const char*>(&bucket) + at, 8);
    x ^= tags;
    return (x - kOnes) & ~x;
  };
  return ((zero_lanes(0) | zero_lanes(8) | zero_lanes(16)) & kHighs) != 0;
}

template <typename See>
void OrdinalTable::Find(uint64_t key, See&& see) const {
  const uint16_t tag = static_cast<uint16_t>(key);
  for (uint64_t at = Home(key);; at = After(at)) {
    const Bucket& bucket = buckets()[at];
    if (MayHave(bucket, tag)) {
      for (size_t i = 0; i < bucket.used; ++i) {
        if (bucket.tags[i] == tag && !see(bucket.ordinals[i])) return;
      }
    }
    if (bucket.overflowed == 0) return;
  }
}

}  // namespace winnow

#endif  // WINNOW_DEDUP_ORDINAL_TABLE_H_
