// SPDX-License-Identifier: Apache-2.0
// What spaCy's English tokenizer and sentencizer ask about a code point, one
// table look-up for all of it. Sources: explosion/spaCy 3.8,
// spacy/lang/char_classes.py and spacy/lang/punctuation.py.
#ifndef WINNOW_PIPELINE_TEXT_SPACY_EN_CLASSES_H_
#define WINNOW_PIPELINE_TEXT_SPACY_EN_CLASSES_H_

#include <array>
#include <cstdint>
#include <vector>

namespace winnow {

enum SpacyClass : uint32_t {
  kSpAlpha = 1U << 0,
  kSpLower = 1U << 1,      // ALPHA_LOWER, scripts without case included
  kSpUpper = 1U << 2,      // ALPHA_UPPER, likewise
  kSpIcon = 1U << 3,       // symbols that always stand alone
  kSpQuote = 1U << 4,      // LIST_QUOTES, the comma among them
  kSpCurrency = 1U << 5,   // single signs of LIST_CURRENCY
  kSpPrefix = 1U << 6,     // always a prefix by itself
  kSpSuffix = 1U << 7,     // always a suffix by itself
  kSpDotBefore = 1U << 8,  // a final dot after it is a suffix
  kSpDigit = 1U << 9,      // 0-9
  kSpPySpace = 1U << 10,   // Python str.isspace
  kSpLetter = 1U << 11,    // category L*
  kSpPunct = 1U << 12,     // datatrove's PUNCTUATION_SET
  kSpStop = 1U << 13,      // the sentencizer's list
  kSpPunctCat = 1U << 14,  // category P*
  kSpWord = 1U << 15,      // \w of Python's re
  kSpDecimal = 1U << 16,   // \d of Python's re: category Nd
  kSpHost = 1U << 17,      // letters of a host name in the URL pattern
  kSpInfix = 1U << 18,     // an infix may begin with it
  kSpDot = 1U << 19,       // .
  kSpAt = 1U << 20,        // @
};

// Two-stage table, made once for the process.
class SpacyClasses {
 public:
  static const SpacyClasses& Get();

  // SpacyClass bits of c. REQUIRES: c <= 0x10FFFF.
  uint32_t operator[](char32_t c) const {
    return blocks_[index_[c >> 8] + (c & 255)];
  }

  // The same for c < 128, at once.
  uint32_t Ascii(unsigned char c) const { return ascii_[c]; }

 private:
  SpacyClasses();

  std::array<uint32_t, 128> ascii_{};
  std::array<uint32_t, 0x1100> index_{};
  std::vector<uint32_t> blocks_;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_TEXT_SPACY_EN_CLASSES_H_
