// SPDX-License-Identifier: Apache-2.0
#include "stats/tokens/edited_count.h"

#include <algorithm>

#include "pipeline/error.h"
#include "stats/tokens/unit_scanner.h"
#include "stats/tokens/vocabulary_file.h"

namespace winnow {

EditedCounter::EditedCounter(TokenWorker* worker)
    : worker_(worker),
      vocabularies_(worker->counter().size()),
      safety_(CutSafety::kModern) {
  for (const std::string& name : worker->counter().names()) {
    if (FamilyOf(FindVocabularySpec(name).pattern) != UnitFamily::kModern) {
      safety_ = CutSafety::kAll;
    }
  }
}

void EditedCounter::Reset(std::string_view text) {
  counted_bytes_ = 0;
  next_.begins.clear();
  next_.counts.clear();
  CountGap(text, 0, text.size());
  next_.begins.push_back(static_cast<uint32_t>(text.size()));
  std::swap(now_, next_);
}

// Counts [begin, end) of `text`, both of which are safe cuts.
void EditedCounter::CountGap(std::string_view text, size_t begin, size_t end) {
  if (begin == end) return;
  const size_t first = next_.begins.size();
  next_.begins.push_back(static_cast<uint32_t>(begin));
  AppendSafeCuts(safety_, text, begin, end, &next_.begins);
  cuts_.clear();
  for (size_t i = first; i < next_.begins.size(); ++i) {
    cuts_.push_back(static_cast<uint32_t>(next_.begins[i] - begin));
  }
  const size_t parts = cuts_.size();
  cuts_.push_back(static_cast<uint32_t>(end - begin));
  next_.counts.resize((first + parts) * vocabularies_);
  worker_->CountParts(text.substr(begin, end - begin), cuts_,
                      std::span(next_.counts).subspan(first * vocabularies_));
  counted_bytes_ += end - begin;
}

void EditedCounter::Keep(size_t part, uint32_t begin) {
  next_.begins.push_back(begin);
  const auto counts =
      now_.counts.begin() + static_cast<std::ptrdiff_t>(part * vocabularies_);
  next_.counts.insert(next_.counts.end(), counts,
                      counts + static_cast<std::ptrdiff_t>(vocabularies_));
}

void EditedCounter::Apply(std::span<const Edit> edits, std::string_view text) {
  next_.begins.clear();
  next_.counts.clear();
  const size_t parts = now_.begins.size() - 1;
  size_t done = 0;     // the new text up to here is in next_
  size_t edit = 0;     // the first one that does not end before the part
  uint64_t shift = 0;  // new place less old place, modulo 2^64
  for (size_t part = 0; part < parts; ++part) {
    const uint32_t begin = now_.begins[part];
    const uint32_t end = now_.begins[part + 1];
    // Edits that end where the part begins leave it alone, and so do those
    // that begin where it ends.
    while (edit < edits.size() && edits[edit].end <= begin) {
      shift += edits[edit].replacement.size();
      shift -= edits[edit].end - edits[edit].begin;
      ++edit;
    }
    if (edit < edits.size() && edits[edit].begin < end) continue;
    const size_t new_begin = begin + shift;
    const size_t new_end = end + shift;
    // What was safe among the old neighbours may not be among the new ones.
    if (!IsSafeCut(safety_, text, new_begin) ||
        !IsSafeCut(safety_, text, new_end)) {
      continue;
    }
    CountGap(text, done, new_begin);
    Keep(part, static_cast<uint32_t>(new_begin));
    done = new_end;
  }
  CountGap(text, done, text.size());
  next_.begins.push_back(static_cast<uint32_t>(text.size()));
  std::swap(now_, next_);
}

void EditedCounter::Totals(std::span<uint64_t> counts) const {
  WINNOW_DCHECK(counts.size() == vocabularies_);
  std::ranges::fill(counts, 0);
  for (size_t i = 0; i < now_.counts.size(); ++i) {
    counts[i % vocabularies_] += now_.counts[i];
  }
}

}  // namespace winnow
