// SPDX-License-Identifier: Apache-2.0
#include "filters/repeated_ngrams.h"

#include <algorithm>

namespace winnow {
namespace {

// Odd, random bits: a pair is placed by the top bits of a * kFirst + b *
// kSecond.
constexpr uint64_t kFirst = 0x9e3779b97f4a7c15ULL;
constexpr uint64_t kSecond = 0xd6e8feb86659fd93ULL;

struct Pair {
  uint64_t a;
  uint64_t b;
};

// Grows, never shrinks; what is new is unset.
template <typename T>
void MakeRoom(std::vector<T>* v, size_t n) {
  if (v->size() < n) v->resize(n);
}

}  // namespace

void RepeatedNgrams::Start(const Words& words) {
  words_ = &words;
  n_ = 2;
  const size_t size = words.size();
  for (auto* v : {&position_, &name_, &old_name_, &count_}) MakeRoom(v, size);
  MakeRoom(&copy_, size + 1);
  repeats_.assign(size + 1, 0);
  met_.assign(size, 0);
  candidates_ = size == 0 ? 0 : size - 1;
  for (uint32_t i = 0; i < candidates_; ++i) position_[i] = i;
  const uint64_t* raw = words.raw.data();
  FindCopies([raw](uint32_t i) { return Pair{raw[i], raw[i + 1]}; });
}

void RepeatedNgrams::Lengthen() {
  const uint8_t* repeats = repeats_.data();
  uint32_t* position = position_.data();
  const unsigned n = n_;
  size_t kept = 0;
  for (size_t k = 0; k < candidates_; ++k) {
    const uint32_t i = position[k];
    position[kept] = i;
    kept += ((repeats[i] == n) & (repeats[i + 1] == n)) ? 1U : 0U;
  }
  candidates_ = kept;
  ++n_;
  top_ = {};
  if (candidates_ == 0) return;
  name_.swap(old_name_);
  const uint32_t* old = old_name_.data();
  FindCopies([old](uint32_t i) { return Pair{old[i], old[i + 1]}; });
}

// The n-grams at the candidates, each given as a pair.
template <typename PairAt>
void RepeatedNgrams::FindCopies(const PairAt& pair_at) {
  const FirstSeenTable::Entries table =
      table_.Start(candidates_, words_->size());
  const uint32_t* position = position_.data();
  uint32_t* count = count_.data();
  Copy* copy = copy_.data();
  const size_t candidates = candidates_;
  size_t copies = 0;
  for (size_t k = 0; k < candidates; ++k) {
    const uint32_t i = position[k];
    const Pair pair = pair_at(i);
    const uint32_t first = table.Enter(
        pair.a * kFirst + pair.b * kSecond, i, [&pair_at, pair](uint32_t j) {
          const Pair other = pair_at(j);
          return ((other.a ^ pair.a) | (other.b ^ pair.b)) == 0;
        });
    count[i] = 1;
    copy[copies] = {first, i};
    copies += first != i ? 1U : 0U;
  }
  CountCopies(copies);
}

void RepeatedNgrams::CountCopies(size_t copies) {
  const auto n = static_cast<uint8_t>(n_);
  const Copy* copy = copy_.data();
  uint32_t* counts = count_.data();
  uint32_t* name = name_.data();
  uint8_t* repeats = repeats_.data();
  // Count above, the complement of the place below: the largest is the most
  // common, and of those the first.
  constexpr uint64_t kPlace = 0xFFFFFFFF;
  uint64_t top = uint64_t{1} << 32 | kPlace;
  for (size_t k = 0; k < copies; ++k) {
    const auto [first, position] = copy[k];
    const uint64_t count = ++counts[first];
    repeats[first] = n;
    repeats[position] = n;
    name[first] = first;
    name[position] = first;
    top = std::max(top, count << 32 | (kPlace - first));
  }
  top_ = {static_cast<uint32_t>(kPlace - (top & kPlace)),
          static_cast<uint32_t>(top >> 32)};
}

uint64_t RepeatedNgrams::WalkDuplicateChars() {
  if (!any()) return 0;
  const auto n = static_cast<uint8_t>(n_);
  uint64_t chars = 0;
  uint32_t next = 0;
  for (size_t k = 0; k < candidates_; ++k) {
    const uint32_t i = position_[k];
    if (i < next || repeats_[i] != n) continue;
    uint8_t& met = met_[name_[i]];
    if (met == n) {
      chars += Chars(i);
      next = i + n_;
    }
    met = n;
  }
  return chars;
}

uint64_t RepeatedNgrams::Chars(uint32_t first) const {
  uint64_t chars = 0;
  for (uint32_t i = first; i < first + n_; ++i) chars += words_->chars[i];
  return chars;
}

}  // namespace winnow
