// SPDX-License-Identifier: Apache-2.0
// Character classes of the tokenizer's states, by table.
#ifndef WINNOW_PIPELINE_READ_HTML_CHARS_H_
#define WINNOW_PIPELINE_READ_HTML_CHARS_H_

#include <array>
#include <cstdint>

namespace winnow::html {

enum CharBits : uint8_t {
  kSpaceBit = 1,         // TAB LF FF CR SPACE
  kTagNameEndBit = 2,    // white space, '/', '>'
  kAttrNameEndBit = 4,   // the same and '='
  kUnquotedEndBit = 8,   // white space, '>'
  kTextSpecialBit = 16,  // '<' '&' CR NUL
  kLetterBit = 32,
  kCrOrNulBit = 64,
};

inline constexpr std::array<uint8_t, 256> kCharBits = [] {
  std::array<uint8_t, 256> bits{};
  const auto set = [&](char c, int b) {
    auto& slot = bits[static_cast<unsigned char>(c)];
    slot = static_cast<uint8_t>(slot | b);
  };
  for (const char c : {'\t', '\n', '\f', '\r', ' '}) {
    set(c, kSpaceBit | kTagNameEndBit | kAttrNameEndBit | kUnquotedEndBit);
  }
  set('/', kTagNameEndBit | kAttrNameEndBit);
  set('>', kTagNameEndBit | kAttrNameEndBit | kUnquotedEndBit);
  set('=', kAttrNameEndBit);
  for (const char c : {'<', '&', '\r', '\0'}) set(c, kTextSpecialBit);
  for (const char c : {'\r', '\0'}) set(c, kCrOrNulBit);
  for (int c = 'a'; c <= 'z'; ++c) {
    set(static_cast<char>(c), kLetterBit);
    set(static_cast<char>(c - 32), kLetterBit);
  }
  return bits;
}();

inline bool Has(char c, uint8_t bit) {
  return (kCharBits[static_cast<unsigned char>(c)] & bit) != 0;
}
inline bool IsSpace(char c) { return Has(c, kSpaceBit); }
inline bool IsLetter(char c) { return Has(c, kLetterBit); }
inline char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

}  // namespace winnow::html

#endif  // WINNOW_PIPELINE_READ_HTML_CHARS_H_
