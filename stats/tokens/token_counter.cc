// SPDX-License-Identifier: Apache-2.0
// Text becomes units, 256 at a time; the cache slots of all are requested, then
// looked at; what is not there is encoded and remembered.
#include "stats/tokens/token_counter.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "pipeline/error.h"
#include "stats/tokens/piece_cache.h"
#include "stats/tokens/unit_encoder.h"
#include "stats/tokens/unit_scanner.h"
#include "stats/tokens/vocabulary_file.h"

namespace winnow {

TokenCounter::TokenCounter(std::vector<std::string> names,
                           const std::string& data_dir)
    : names_(std::move(names)) {
  for (size_t i = 0; i < names_.size(); ++i) {
    FindVocabularySpec(names_[i]);
    if (std::count(names_.begin(), names_.end(), names_[i]) > 1) {
      throw Error(ErrorKind::kUsage,
                  "vocabulary " + names_[i] + ": named twice: name it once");
    }
  }
  for (const UnitFamily family : {UnitFamily::kModern, UnitFamily::kGpt2}) {
    Group group;
    std::vector<Vocabulary> vocabularies;
    for (size_t i = 0; i < names_.size(); ++i) {
      if (FamilyOf(FindVocabularySpec(names_[i]).pattern) != family) continue;
      vocabularies.push_back(LoadVocabulary(names_[i], data_dir));
      group.indices.push_back(i);
    }
    if (vocabularies.empty()) continue;
    group.encoder =
        std::make_unique<const UnitEncoder>(std::move(vocabularies));
    groups_.push_back(std::move(group));
  }
}

TokenCounter::~TokenCounter() = default;

std::string_view TokenCounter::sha256(size_t i) const {
  return FindVocabularySpec(names_[i]).sha256;
}

std::unique_ptr<TokenWorker> TokenCounter::NewWorker(size_t cache_bytes) const {
  return std::make_unique<TokenWorker>(*this, cache_bytes);
}

// Counts with the vocabularies of one group.
class TokenWorker::Lane {
 public:
  Lane(const TokenCounter::Group& group, size_t cache_bytes)
      : encoder_(*group.encoder),
        indices_(group.indices),
        family_(FamilyOf(encoder_.vocabulary(0).spec.pattern)),
        cache_(cache_bytes) {}

  // Adds `count` to the counts of the group's vocabularies.
  void Report(PairCount count, uint64_t* counts) const {
    counts[indices_[0]] += count.first;
    if (indices_.size() > 1) counts[indices_[1]] += count.second;
  }

  // Calls sink(begin, count) for every unit of `text`, in order.
  template <typename Sink>
  void ForEachUnit(std::string_view text, Sink&& sink);

  // A worker keeps little after an unusual text.
  void Trim() {
    if (scratch_.tokens.capacity() <= kKeptScratch) return;
    scratch_.tokens = {};
    scratch_.dead = {};
  }

 private:
  static constexpr size_t kBatch = 256 + kUnitRoom;
  static constexpr size_t kKeptScratch = 1 << 16;

  const UnitEncoder& encoder_;
  const std::vector<size_t>& indices_;
  UnitFamily family_;
  PieceCache cache_;
  UnitEncoder::Scratch scratch_;
  std::array<size_t, kBatch> ends_;
  std::array<size_t, kBatch> slots_;
  std::array<PieceCache::ShortKey, kBatch> keys_;
};

template <typename Sink>
void TokenWorker::Lane::ForEachUnit(std::string_view text, Sink&& sink) {
  // The padding of short keys is NUL: a text with NUL does without them.
  const bool has_nul = text.find('\0') != text.npos;
  const size_t max_short = has_nul ? 0 : PieceCache::kMaxShort;
  const char* const data = text.data();
  // From here on 16 bytes cannot be read.
  const size_t tail = text.size() < 16 ? 0 : text.size() - 15;
  for (size_t pos = 0; pos < text.size();) {
    const size_t n = ScanUnits(family_, text, pos, ends_);
    size_t begin = pos;
    for (size_t i = 0; i < n; ++i) {
      const size_t size = ends_[i] - begin;
      if (size <= max_short) [[likely]] {
        if (begin < tail) [[likely]] {
          keys_[i] = PieceCache::LoadShort(data + begin, size);
        } else {
          char padded[16] = {};
          std::memcpy(padded, data + begin, size);
          keys_[i] = PieceCache::LoadShort(padded, size);
        }
        slots_[i] = cache_.ShortSlot(keys_[i]);
        cache_.PrefetchShort(slots_[i]);
      } else if (size <= PieceCache::kMaxLong) {
        slots_[i] = cache_.LongSlot({data + begin, size});
        cache_.PrefetchLong(slots_[i]);
      }
      begin = ends_[i];
    }
    begin = pos;
    for (size_t i = 0; i < n; ++i) {
      const std::string_view span(data + begin, ends_[i] - begin);
      PairCount count;
      if (span.size() <= max_short) [[likely]] {
        if (!cache_.FindShort(slots_[i], keys_[i], &count)) [[unlikely]] {
          count = encoder_.Count(span, &scratch_);
          cache_.AddShort(slots_[i], keys_[i], count);
        }
      } else if (span.size() <= PieceCache::kMaxLong) {
        if (!cache_.FindLong(slots_[i], span, &count)) {
          count = encoder_.Count(span, &scratch_);
          cache_.AddLong(slots_[i], span, count);
        }
      } else {
        count = encoder_.Count(span, &scratch_);
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
  for (const TokenCounter::Group& group : counter.groups_) {
    lanes_.push_back(
        std::make_unique<Lane>(group, cache_bytes / counter.groups_.size()));
  }
}

TokenWorker::~TokenWorker() = default;

void TokenWorker::Count(std::string_view text, std::span<uint64_t> counts) {
  std::ranges::fill(counts, 0);
  for (const auto& lane : lanes_) {
    PairCount total;
    lane->ForEachUnit(text, [&](size_t, PairCount count) { total += count; });
    lane->Report(total, counts.data());
  }
}

void TokenWorker::CountParts(std::string_view text,
                             std::span<const uint32_t> cuts,
                             std::span<uint64_t> counts) {
  std::ranges::fill(counts, 0);
  for (const auto& lane : lanes_) {
    size_t part = 0;
    PairCount total;
    const auto finish = [&] {
      lane->Report(total, counts.data() + part * counter_.size());
      total = {};
      ++part;
    };
    lane->ForEachUnit(text, [&](size_t begin, PairCount count) {
      while (begin >= cuts[part + 1]) finish();
      total += count;
    });
    if (!text.empty()) finish();
  }
}

}  // namespace winnow
