// SPDX-License-Identifier: Apache-2.0
// Text becomes units, 256 at a time; the cache slots of all are requested, then
// looked at; what is not there is encoded and remembered.
#include "stats/tokens/token_counter.h"

#include <algorithm>
#include <array>

#include "pipeline/error.h"
#include "stats/tokens/piece_cache.h"
#include "stats/tokens/unit_scanner.h"
#include "stats/tokens/vocabulary.h"

namespace winnow {

TokenCounter::TokenCounter(std::vector<std::string> names,
                           const std::string& data_dir)
    : names_(std::move(names)) {
  for (size_t i = 0; i < names_.size(); ++i) {
    const auto here = names_.begin() + static_cast<std::ptrdiff_t>(i);
    if (std::find(names_.begin(), here, *here) != here) {
      throw Error(ErrorKind::kUsage,
                  "vocabulary " + *here + ": named twice: name it once");
    }
    vocabularies_.push_back(std::make_unique<const Vocabulary>(
        FindVocabularySpec(*here), data_dir));
  }
}

TokenCounter::~TokenCounter() = default;

std::string_view TokenCounter::sha256(size_t i) const {
  return vocabularies_[i]->spec().sha256;
}

std::unique_ptr<TokenWorker> TokenCounter::NewWorker(size_t cache_bytes) const {
  return std::make_unique<TokenWorker>(*this, cache_bytes);
}

// The one or two vocabularies that share their units, and so a cache.
class TokenWorker::Group {
 public:
  Group(UnitFamily family, size_t cache_bytes)
      : family_(family), cache_(cache_bytes) {}

  UnitFamily family() const { return family_; }
  bool full() const { return vocabularies_[1] != nullptr; }
  void Add(const Vocabulary* vocabulary, size_t index) {
    const size_t at = vocabularies_[0] == nullptr ? 0 : 1;
    vocabularies_[at] = vocabulary;
    indices_[at] = index;
  }

  // Adds `count` to the counts of the group's vocabularies.
  void Report(PairCount count, uint64_t* counts) const {
    counts[indices_[0]] += count.first;
    if (full()) counts[indices_[1]] += count.second;
  }

  // Calls sink(begin, count) for every unit of `text`, in order.
  template <typename Sink>
  void ForEachUnit(std::string_view text, Sink&& sink);

  // A worker keeps little after an unusual text.
  void Trim() {
    if (scratch_.tokens.capacity() > kKeptScratch) scratch_ = {};
  }

 private:
  static constexpr size_t kBatch = 256 + kUnitRoom;
  static constexpr size_t kKeptScratch = 1 << 16;

  PairCount Encode(std::string_view span);

  UnitFamily family_;
  std::array<const Vocabulary*, 2> vocabularies_ = {};
  std::array<size_t, 2> indices_ = {};
  PieceCache cache_;
  Vocabulary::Scratch scratch_;
  std::array<size_t, kBatch> ends_;
  std::array<size_t, kBatch> slots_;
  std::array<PieceCache::ShortKey, kBatch> keys_;
};

PairCount TokenWorker::Group::Encode(std::string_view span) {
  PairCount count;
  count.first = vocabularies_[0]->CountText(span, &scratch_);
  if (full()) count.second = vocabularies_[1]->CountText(span, &scratch_);
  return count;
}

template <typename Sink>
void TokenWorker::Group::ForEachUnit(std::string_view text, Sink&& sink) {
  // The padding of short keys is NUL: a text with NUL does without them.
  const bool has_nul = text.find('\0') != text.npos;
  const size_t max_short = has_nul ? 0 : PieceCache::kMaxShort;
  for (size_t pos = 0; pos < text.size();) {
    const size_t n = ScanUnits(family_, text, pos, ends_);
    size_t begin = pos;
    for (size_t i = 0; i < n; ++i) {
      const size_t size = ends_[i] - begin;
      if (size <= max_short) [[likely]] {
        if (text.size() - begin >= 16) [[likely]] {
          keys_[i] = PieceCache::LoadShort(text.data() + begin, size);
        } else {
          char padded[16] = {};
          text.copy(padded, size, begin);
          keys_[i] = PieceCache::LoadShort(padded, size);
        }
        slots_[i] = cache_.ShortSlot(keys_[i]);
        cache_.PrefetchShort(slots_[i]);
      } else if (size <= PieceCache::kMaxLong) {
        slots_[i] = cache_.LongSlot(text.substr(begin, size));
        cache_.PrefetchLong(slots_[i]);
      }
      begin = ends_[i];
    }
    begin = pos;
    for (size_t i = 0; i < n; ++i) {
      const std::string_view span = text.substr(begin, ends_[i] - begin);
      PairCount count;
      if (span.size() <= max_short) [[likely]] {
        if (!cache_.FindShort(slots_[i], keys_[i], &count)) [[unlikely]] {
          count = Encode(span);
          cache_.AddShort(slots_[i], keys_[i], count);
        }
      } else if (span.size() <= PieceCache::kMaxLong) {
        if (!cache_.FindLong(slots_[i], span, &count)) {
          count = Encode(span);
          cache_.AddLong(slots_[i], span, count);
        }
      } else {
        count = Encode(span);
      }
      sink(begin, count);
      begin = ends_[i];
    }
    pos = begin;
  }
  Trim();
}

TokenWorker::TokenWorker(const TokenCounter& counter, size_t cache_bytes)
    : counter_(counter) {
  std::vector<UnitFamily> families;
  for (size_t i = 0; i < counter.size(); ++i) {
    const UnitFamily family = FamilyOf(counter.vocabulary(i).spec().pattern);
    if (std::ranges::count(families, family) == 0) families.push_back(family);
  }
  for (const UnitFamily family : families) {
    groups_.push_back(
        std::make_unique<Group>(family, cache_bytes / families.size()));
    for (size_t i = 0; i < counter.size(); ++i) {
      const Vocabulary& vocabulary = counter.vocabulary(i);
      if (FamilyOf(vocabulary.spec().pattern) != family) continue;
      WINNOW_CHECK(!groups_.back()->full());
      groups_.back()->Add(&vocabulary, i);
    }
  }
}

TokenWorker::~TokenWorker() = default;

void TokenWorker::Count(std::string_view text, std::span<uint64_t> counts) {
  std::ranges::fill(counts, 0);
  for (const auto& group : groups_) {
    PairCount total;
    group->ForEachUnit(text, [&](size_t, PairCount count) {
      total.first += count.first;
      total.second += count.second;
    });
    group->Report(total, counts.data());
  }
}

void TokenWorker::CountParts(std::string_view text,
                             std::span<const uint32_t> cuts,
                             std::span<uint64_t> counts) {
  std::ranges::fill(counts, 0);
  for (const auto& group : groups_) {
    size_t part = 0;
    PairCount total;
    const auto finish = [&] {
      group->Report(total, counts.data() + part * counter_.size());
      total = {};
      ++part;
    };
    group->ForEachUnit(text, [&](size_t begin, PairCount count) {
      while (begin >= cuts[part + 1]) finish();
      total.first += count.first;
      total.second += count.second;
    });
    if (!text.empty()) finish();
  }
}

}  // namespace winnow
