// SPDX-License-Identifier: Apache-2.0
#include "pipeline/text/spacy_en_split.h"

#include "pipeline/text/spacy_en_affixes.h"
#include "pipeline/text/spacy_en_classes.h"
#include "pipeline/text/spacy_en_rules.h"
#include "pipeline/text/spacy_en_url.h"

namespace winnow {

const std::vector<uint32_t>& SpacySplitter::Run(std::string_view chunk,
                                                bool with_rules) {
  with_rules_ = with_rules;
  chunk_.Decode(chunk);
  ends_.clear();
  suffix_ends_.clear();
  size_t lo = 0;
  size_t hi = chunk_.size();
  StripAffixes(&lo, &hi);
  if (lo < hi) AddMiddle(lo, hi);
  for (auto it = suffix_ends_.rbegin(); it != suffix_ends_.rend(); ++it) {
    EndToken(*it);
  }
  return ends_;
}

bool SpacySplitter::IsRule(size_t lo, size_t hi) const {
  return with_rules_ && lo < hi &&
         SpacyRules::Get().Find(chunk_.Slice(lo, hi)) != nullptr;
}

void SpacySplitter::StripAffixes(size_t* lo, size_t* hi) {
  while (*lo < *hi && !IsRule(*lo, *hi)) {
    const size_t prefix = SpacyPrefix(chunk_, *lo, *hi);
    if (prefix != 0 && IsRule(*lo + prefix, *hi)) {
      *lo += prefix;
      EndToken(*lo);
      return;
    }
    // The suffix is looked for after the prefix, the rule with the prefix on.
    const size_t suffix = SpacySuffix(chunk_, *lo + prefix, *hi);
    if (suffix != 0 && IsRule(*lo, *hi - suffix)) {
      suffix_ends_.push_back(*hi);
      *hi -= suffix;
      return;
    }
    if (prefix == 0 && suffix == 0) return;
    if (prefix != 0) {
      *lo += prefix;
      EndToken(*lo);
    }
    if (suffix != 0) {
      suffix_ends_.push_back(*hi);
      *hi -= suffix;
    }
  }
}

void SpacySplitter::AddMiddle(size_t lo, size_t hi) {
  const SpacyRule* rule =
      with_rules_ ? SpacyRules::Get().Find(chunk_.Slice(lo, hi)) : nullptr;
  if (rule != nullptr) {
    uint32_t end = chunk_.at(lo);
    for (size_t i = 0; i < rule->tokens; ++i) {
      end += rule->length[i];
      ends_.push_back(end);
    }
  } else if (IsSpacyUrl(chunk_, lo, hi)) {
    EndToken(hi);
  } else {
    AddInfixes(lo, hi);
  }
}

void SpacySplitter::AddInfixes(size_t lo, size_t hi) {
  size_t begin = lo;
  size_t i = lo;
  while (i < hi && (chunk_.any() & kSpInfix) != 0) {
    const size_t length =
        chunk_.Is(i, kSpInfix) ? SpacyInfix(chunk_, lo, hi, i) : 0;
    if (length == 0) {
      ++i;
      continue;
    }
    // spaCy skips a match at the very start: it stays with what follows.
    if (i != lo) {
      if (i != begin) EndToken(i);
      EndToken(i + length);
      begin = i + length;
    }
    i += length;
  }
  if (begin < hi) EndToken(hi);
}

}  // namespace winnow
