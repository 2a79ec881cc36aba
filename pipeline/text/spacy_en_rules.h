// SPDX-License-Identifier: Apache-2.0
// The 1,347 special cases of spaCy's English tokenizer: strings that become a
// fixed list of tokens wherever they stand alone or are left after affixes.
// Generated from the rules of explosion/spaCy 3.8
// (spacy/lang/en/tokenizer_exceptions.py, spacy/lang/tokenizer_exceptions.py).
#ifndef WINNOW_PIPELINE_TEXT_SPACY_EN_RULES_H_
#define WINNOW_PIPELINE_TEXT_SPACY_EN_RULES_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace winnow {

// A key cut into one to three tokens: lengths in bytes, their sum is the key's.
struct SpacyRule {
  std::string key;
  uint8_t tokens = 0;
  std::array<uint8_t, 3> length{};
};

class SpacyRules {
 public:
  // Longest key in bytes.
  static constexpr size_t kLongest = 29;

  // Made once for the process.
  static const SpacyRules& Get();

  // The rule for exactly this string, or null. Constant time: longer strings
  // than kLongest are refused unread.
  const SpacyRule* Find(std::string_view string) const;

  // Sorted by key, bytewise (which is by code point).
  const std::vector<SpacyRule>& all() const { return rules_; }

 private:
  SpacyRules();

  std::vector<SpacyRule> rules_;
  // By first byte, the lengths of keys: bit n for n bytes.
  std::array<uint32_t, 256> lengths_{};
  std::vector<uint16_t> slots_;  // open addressing, 1 + index into rules_
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_TEXT_SPACY_EN_RULES_H_
