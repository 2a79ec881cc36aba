// SPDX-License-Identifier: Apache-2.0
#include "pipeline/text/spacy_en_filter.h"

#include <algorithm>
#include <string_view>

#include "pipeline/text/hash.h"
#include "pipeline/text/spacy_en_rules.h"

namespace winnow {
namespace {

bool IsLetters(std::string_view string) {
  return std::all_of(string.begin(), string.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  });
}

}  // namespace

const SpacyWordFilter& SpacyWordFilter::Get() {
  static const SpacyWordFilter filter;
  return filter;
}

SpacyWordFilter::SpacyWordFilter() {
  const auto set = [](Map* map, uint64_t hash) {
    (*map)[hash % kBits / 64] |= uint64_t{1} << (hash % 64);
  };
  for (const SpacyRule& rule : SpacyRules::Get().all()) {
    const std::string_view key = rule.key;
    if (IsLetters(key) && rule.tokens > 1) {
      set(&cut_, Hash64(key));
      set(&dot_, Hash64(key));
    }
    const std::string_view stem = key.substr(0, key.size() - 1);
    if (key.back() == '.' && IsLetters(stem)) set(&dot_, Hash64(stem));
  }
}

}  // namespace winnow
