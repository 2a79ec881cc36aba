// SPDX-License-Identifier: Apache-2.0
#include "dedup/ordinal_table.h"

#include <algorithm>

#include "pipeline/error.h"

namespace winnow {

OrdinalTable::OrdinalTable(uint64_t entries) : capacity_(entries) {
  // 8 of 10 slots filled on average.
  bucket_count_ = std::max<uint64_t>((entries + 7) / 8, 4);
  WINNOW_CHECK(bucket_count_ <= uint64_t{1} << 32);
  memory_ = ZeroedMemory(bucket_count_ * sizeof(Bucket));
}

void OrdinalTable::Insert(uint64_t key, uint32_t ordinal) {
  WINNOW_DCHECK(size_ < capacity_ && ordinal <= kMaxOrdinal);
  uint64_t at = Home(key);
  while (buckets()[at].used == kSlots) {
    buckets()[at].overflowed = 1;
    at = After(at);
  }
  Bucket& bucket = buckets()[at];
  const size_t i = bucket.used++;
  bucket.tags[i] = static_cast<uint16_t>(key);
  bucket.ordinals[i] = ordinal;
  ++size_;
}

}  // namespace winnow
