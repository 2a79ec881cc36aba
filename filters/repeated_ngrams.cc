// SPDX-License-Identifier: Apache-2.0
#include "filters/repeated_ngrams.h"

#include <bit>

#include "pipeline/text/hash.h"

namespace winnow {
namespace {

constexpr size_t kWordBits = 64;

// Grows, never shrinks; what is new is unset.
template <typename T>
void MakeRoom(std::vector<T>* v, size_t n) {
  if (v->size() < n) v->resize(n);
}

// Calls f(position) for every set bit, upwards.
template <typename F>
void ForEachBit(const std::vector<uint64_t>& bits, const F& f) {
  for (size_t w = 0; w < bits.size(); ++w) {
    for (uint64_t rest = bits[w]; rest != 0; rest &= rest - 1) {
      f(static_cast<uint32_t>(w * kWordBits) +
        static_cast<uint32_t>(std::countr_zero(rest)));
    }
  }
}

}  // namespace

void RepeatedNgrams::Count(uint32_t first, uint32_t position) {
  uint32_t count = 2;
  if (IsRepeated(first)) {
    count = ++count_[first];
  } else {
    repeated_[first / kWordBits] |= uint64_t{1} << (first % kWordBits);
    name_[first] = first;
    count_[first] = count;
    any_ = true;
  }
  repeated_[position / kWordBits] |= uint64_t{1} << (position % kWordBits);
  name_[position] = first;
  if (count > top_.count || (count == top_.count && first < top_.first)) {
    top_ = {first, count};
  }
}

void RepeatedNgrams::Start(const Words& words) {
  words_ = &words;
  n_ = 2;
  any_ = false;
  top_ = {};
  const size_t size = words.size();
  repeated_.assign(size / kWordBits + 1, 0);
  MakeRoom(&name_, size);
  MakeRoom(&old_name_, size);
  MakeRoom(&count_, size);
  table_.Start(size, size);
  const uint64_t* raw = words.raw.data();
  for (uint32_t i = 0; i + 1 < size; ++i) {
    const uint64_t hash = raw[i] * 0x9e3779b97f4a7c15ULL + raw[i + 1];
    const uint32_t first = table_.Enter(hash, i, [&](uint32_t j) {
      return raw[j] == raw[i] && raw[j + 1] == raw[i + 1];
    });
    if (first != i) Count(first, i);
  }
}

void RepeatedNgrams::Lengthen() {
  ++n_;
  top_ = {};
  if (!any_) return;
  any_ = false;
  size_t candidates = 0;
  candidates_.resize(repeated_.size());
  for (size_t w = 0; w < repeated_.size(); ++w) {
    const uint64_t next = w + 1 < repeated_.size() ? repeated_[w + 1] : 0;
    candidates_[w] =
        repeated_[w] & (repeated_[w] >> 1 | next << (kWordBits - 1));
    candidates += static_cast<size_t>(std::popcount(candidates_[w]));
  }
  repeated_.assign(repeated_.size(), 0);
  if (candidates == 0) return;
  name_.swap(old_name_);
  table_.Start(candidates, words_->size());
  const uint32_t* old = old_name_.data();
  ForEachBit(candidates_, [&](uint32_t i) {
    const uint64_t hash = HashCombine(0, uint64_t{old[i]} << 32 | old[i + 1]);
    const uint32_t first = table_.Enter(hash, i, [&](uint32_t j) {
      return old[j] == old[i] && old[j + 1] == old[i + 1];
    });
    if (first != i) Count(first, i);
  });
}

uint64_t RepeatedNgrams::WalkDuplicateChars() {
  if (!any_) return 0;
  met_.assign(repeated_.size(), 0);
  uint64_t chars = 0;
  uint32_t next = 0;
  ForEachBit(repeated_, [&](uint32_t i) {
    if (i < next) return;
    const uint32_t name = name_[i];
    uint64_t& met = met_[name / kWordBits];
    const uint64_t bit = uint64_t{1} << (name % kWordBits);
    if ((met & bit) != 0) {
      chars += Chars(i);
      next = i + n_;
    }
    met |= bit;
  });
  return chars;
}

uint64_t RepeatedNgrams::Chars(uint32_t first) const {
  uint64_t chars = 0;
  for (uint32_t i = first; i < first + n_; ++i) chars += words_->chars[i];
  return chars;
}

}  // namespace winnow
