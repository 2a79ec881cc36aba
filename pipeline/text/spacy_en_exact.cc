// SPDX-License-Identifier: Apache-2.0
#include "pipeline/text/spacy_en_exact.h"

#include <algorithm>

#include "pipeline/text/spacy_en_space.h"

namespace winnow {

const std::vector<uint32_t>& SpacyExact::Tokens(std::string_view text,
                                                size_t begin, size_t end) {
  const std::string_view chunk = text.substr(begin, end - begin);
  ends_ = splitter_.Split(chunk);
  contextual_ = ends_.size() >= 2 && HasChange(chunk);
  if (contextual_) {
    Gather(text, begin, end);
    KeepLongestMatches();
    Apply(chunk);
  }
  return ends_;
}

bool SpacyExact::HasChange(std::string_view chunk) {
  const SpacyMatcher& matcher = SpacyMatcher::Get();
  tokens_.clear();
  uint32_t begin = 0;
  bool may_change = false;
  for (uint32_t end : ends_) {
    tokens_.push_back(chunk.substr(begin, end - begin));
    may_change = may_change || matcher.MayChange(tokens_.back());
    begin = end;
  }
  if (!may_change) return false;
  matches_.clear();
  for (uint32_t i = 0; i < tokens_.size(); ++i) {
    matcher.Find(tokens_, i, &matches_);
  }
  return std::any_of(matches_.begin(), matches_.end(),
                     [](const SpacyMatch& m) { return m.changes; });
}

void SpacyExact::Gather(std::string_view text, size_t begin, size_t end) {
  tokens_.clear();
  GatherLeft(text, begin);
  std::reverse(tokens_.begin(), tokens_.end());
  own_first_ = static_cast<uint32_t>(tokens_.size());
  size_t from = begin;
  for (uint32_t token_end : ends_) {
    tokens_.push_back(text.substr(from, begin + token_end - from));
    from = begin + token_end;
  }
  own_last_ = static_cast<uint32_t>(tokens_.size());
  GatherRight(text, end);
  matches_.clear();
  for (uint32_t i = 0; i < tokens_.size(); ++i) {
    SpacyMatcher::Get().Find(tokens_, i, &matches_);
  }
}

void SpacyExact::GatherLeft(std::string_view text, size_t begin) {
  while (tokens_.size() < SpacyMatcher::kLongest - 1) {
    if (begin < 2 || text[begin - 1] != ' ') return;
    const size_t chunk_end = begin - 1;
    const size_t chunk_begin = SpacyChunkBegin(text, chunk_end);
    if (chunk_begin == chunk_end) return;
    const std::vector<uint32_t>& ends =
        splitter_.Split(text.substr(chunk_begin, chunk_end - chunk_begin));
    for (size_t i = ends.size(); i-- > 0;) {
      if (tokens_.size() >= SpacyMatcher::kLongest - 1) return;
      const size_t from = i == 0 ? 0 : ends[i - 1];
      tokens_.push_back(text.substr(chunk_begin + from, ends[i] - from));
    }
    begin = chunk_begin;
  }
}

void SpacyExact::GatherRight(std::string_view text, size_t end) {
  const size_t most = tokens_.size() + SpacyMatcher::kLongest - 1;
  while (tokens_.size() < most) {
    if (end >= text.size() || text[end] != ' ') return;
    const size_t chunk_begin = end + 1;
    const size_t chunk_end = SpacyChunkEnd(text, chunk_begin);
    if (chunk_begin == chunk_end) return;
    const std::vector<uint32_t>& ends =
        splitter_.Split(text.substr(chunk_begin, chunk_end - chunk_begin));
    uint32_t from = 0;
    for (uint32_t to : ends) {
      if (tokens_.size() >= most) return;
      tokens_.push_back(text.substr(chunk_begin + from, to - from));
      from = to;
    }
    end = chunk_end;
  }
}

void SpacyExact::KeepLongestMatches() {
  seen_.assign(tokens_.size(), 0);
  kept_.assign(tokens_.size(), nullptr);
  // Longest first, then leftmost. A match that is refused hides others, too.
  for (size_t length = SpacyMatcher::kLongest; length >= 2; --length) {
    for (const SpacyMatch& m : matches_) {
      if (m.last - m.first != length) continue;
      if (seen_[m.first] == 0 && seen_[m.last - 1] == 0) kept_[m.first] = &m;
      std::fill(seen_.begin() + m.first, seen_.begin() + m.last, 1);
    }
  }
}

void SpacyExact::Apply(std::string_view chunk) {
  ends_.clear();
  uint32_t end = 0;
  for (uint32_t i = own_first_; i < own_last_;) {
    const SpacyMatch* m = kept_[i];
    if (m == nullptr || m->last > own_last_ ||
        chunk.substr(end, m->rule->key.size()) != m->rule->key) {
      end += static_cast<uint32_t>(tokens_[i].size());
      ends_.push_back(end);
      ++i;
      continue;
    }
    for (size_t t = 0; t < m->rule->tokens; ++t) {
      end += m->rule->length[t];
      ends_.push_back(end);
    }
    i = m->last;
  }
}

}  // namespace winnow
