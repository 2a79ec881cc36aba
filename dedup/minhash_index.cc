// SPDX-License-Identifier: Apache-2.0
#include "dedup/minhash_index.h"

#include <algorithm>
#include <cstring>

#include "pipeline/error.h"

namespace winnow {

uint64_t MinhashIndex::Reserve(uint64_t bytes) {
  WINNOW_CHECK(capacity_ == 0);
  capacity_ =
      std::min<uint64_t>(bytes / BytesPerDocument(), OrdinalTable::kMaxOrdinal);
  small_ = capacity_ > kSmallDocuments;
  const uint64_t first = small_ ? kSmallDocuments : capacity_;
  table_ = OrdinalTable(first * shape_.bands);
  sketches_ = ZeroedMemory(capacity_ * shape_.slots());
  seen_.reserve(max_per_key_ * shape_.bands);
  holders_.resize(shape_.bands);
  return capacity_;
}

void MinhashIndex::Prefetch(const uint64_t* keys) const {
  for (size_t band = 0; band < shape_.bands; ++band) {
    table_.Prefetch(keys[band]);
  }
}

bool MinhashIndex::SameBand(size_t band, uint32_t ordinal,
                            const uint8_t* sketch) const {
  const size_t at = band * shape_.rows;
  return std::memcmp(this->sketch(ordinal) + at, sketch + at, shape_.rows) == 0;
}

MinhashIndex::Outcome MinhashIndex::Find(const uint64_t* keys,
                                         const uint8_t* sketch,
                                         size_t min_equal) {
  Outcome best;
  seen_.clear();
  const auto compare = [&](uint32_t ordinal) {
    seen_.push_back(ordinal);
    ++best.compared;
    const size_t equal =
        CountEqualBytes(this->sketch(ordinal), sketch, shape_.slots());
    if (equal < min_equal) {
      ++best.rejected;
    } else if (!best.found || equal > best.equal ||
               (equal == best.equal && ordinal < best.ordinal)) {
      best.found = true;
      best.ordinal = ordinal;
      best.equal = equal;
    }
  };
  for (size_t band = 0; band < shape_.bands; ++band) {
    uint32_t holders = 0;
    table_.Find(keys[band], [&](uint32_t ordinal) {
      if (!SameBand(band, ordinal, sketch)) return true;
      ++holders;
      if (std::find(seen_.begin(), seen_.end(), ordinal) == seen_.end()) {
        compare(ordinal);
      }
      return true;
    });
    holders_[band] = holders;
  }
  return best;
}

void MinhashIndex::CountHolders(const uint64_t* keys, const uint8_t* sketch,
                                std::vector<uint32_t>* holders) const {
  for (size_t band = 0; band < shape_.bands; ++band) {
    uint32_t count = 0;
    table_.Find(keys[band], [&](uint32_t other) {
      if (SameBand(band, other, sketch)) ++count;
      return count < max_per_key_;
    });
    (*holders)[band] = count;
  }
}

size_t MinhashIndex::Replay(const uint64_t* keys, const uint8_t* sketch) {
  CountHolders(keys, sketch, &holders_);
  return Insert(keys, sketch);
}

size_t MinhashIndex::Insert(const uint64_t* keys, const uint8_t* sketch) {
  WINNOW_CHECK(!full());
  if (small_ && size_ == kSmallDocuments) Grow();
  const uint32_t ordinal = static_cast<uint32_t>(size_++);
  std::memcpy(sketches_.data() + ordinal * shape_.slots(), sketch,
              shape_.slots());
  if (small_) small_keys_.insert(small_keys_.end(), keys, keys + shape_.bands);
  return InsertKeys(keys, holders_, ordinal);
}

size_t MinhashIndex::InsertKeys(const uint64_t* keys,
                                const std::vector<uint32_t>& holders,
                                uint32_t ordinal) {
  size_t capped = 0;
  for (size_t band = 0; band < shape_.bands; ++band) {
    if (holders[band] < max_per_key_) {
      table_.Insert(keys[band], ordinal);
    } else {
      ++capped;
    }
  }
  return capped;
}

void MinhashIndex::Grow() {
  small_ = false;
  table_ = OrdinalTable(capacity_ * shape_.bands);
  std::vector<uint32_t> holders(shape_.bands);
  for (uint64_t i = 0; i < size_; ++i) {
    const uint64_t* const keys = small_keys_.data() + i * shape_.bands;
    CountHolders(keys, sketch(i), &holders);
    InsertKeys(keys, holders, static_cast<uint32_t>(i));
  }
  small_keys_ = {};
}

}  // namespace winnow
