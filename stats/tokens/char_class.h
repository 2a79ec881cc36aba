// SPDX-License-Identifier: Apache-2.0
// The few character classes that the token patterns tell apart, one byte of
// flags a code point, in two small tables made once from the Unicode data of
// pipeline/text/unicode.h.
#ifndef WINNOW_STATS_TOKENS_CHAR_CLASS_H_
#define WINNOW_STATS_TOKENS_CHAR_CLASS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace winnow {

// Every code point has exactly one of kClassLetter, kClassNumber, kClassWhite
// and kClassOther; the others refine them.
enum CharClassFlag : uint8_t {
  kClassLetter = 1,    // \p{L}
  kClassUpper = 2,     // [\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]
  kClassLower = 4,     // [\p{Ll}\p{Lm}\p{Lo}\p{M}]
  kClassNumber = 8,    // \p{N}
  kClassWhite = 16,    // \s, the 25 code points of White_Space
  kClassNewline = 32,  // CR and LF, white as well
  kClassOther = 64,    // [^\s\p{L}\p{N}], marks among them
  kClassMark = 128,    // \p{M}, other as well
};

class CharClasses {
 public:
  // Made at first use, then shared.
  static const CharClasses& Get();

  uint8_t of_ascii(unsigned char c) const { return ascii_[c]; }

  // Flags of any value; above U+10FFFF is kClassOther.
  uint8_t of(char32_t c) const {
    if (c > 0x10FFFF) return kClassOther;
    return blocks_[size_t{index_[c >> kBlockBits]} << kBlockBits |
                   (c & (kBlockSize - 1))];
  }

  // Flags of the character at text[pos]; *next is where the following one
  // begins. An ill-formed byte is kClassOther and one byte long.
  // REQUIRES: pos < text.size().
  uint8_t At(std::string_view text, size_t pos, size_t* next) const {
    const auto c = static_cast<unsigned char>(text[pos]);
    if (c < 0x80) {
      *next = pos + 1;
      return ascii_[c];
    }
    return AtMultibyte(text, pos, next);
  }

 private:
  static constexpr unsigned kBlockBits = 7;
  static constexpr size_t kBlockSize = size_t{1} << kBlockBits;

  CharClasses();
  uint8_t AtMultibyte(std::string_view text, size_t pos, size_t* next) const;

  std::array<uint8_t, 128> ascii_;
  std::array<uint8_t, 0x110000 / kBlockSize> index_;
  std::vector<uint8_t> blocks_;
};

inline uint8_t CharClasses::AtMultibyte(std::string_view text, size_t pos,
                                        size_t* next) const {
  const auto byte = [&](size_t i) {
    return static_cast<unsigned char>(text[pos + i]);
  };
  const auto continues = [&](size_t i) { return (byte(i) & 0xC0) == 0x80; };
  const size_t left = text.size() - pos;
  const unsigned lead = byte(0);
  if (lead >= 0xE0 && lead < 0xF0) {
    if (left >= 3 && continues(1) && continues(2)) {
      const char32_t c =
          (lead & 15U) << 12 | (byte(1) & 63U) << 6 | (byte(2) & 63U);
      if (c >= 0x800 && (c < 0xD800 || c > 0xDFFF)) {
        *next = pos + 3;
        return of(c);
      }
    }
  } else if (lead >= 0xC2 && lead < 0xE0) {
    if (left >= 2 && continues(1)) {
      *next = pos + 2;
      return of((lead & 31U) << 6 | (byte(1) & 63U));
    }
  } else if (lead >= 0xF0 && lead < 0xF5) {
    if (left >= 4 && continues(1) && continues(2) && continues(3)) {
      const char32_t c = (lead & 7U) << 18 | (byte(1) & 63U) << 12 |
                         (byte(2) & 63U) << 6 | (byte(3) & 63U);
      if (c >= 0x10000 && c <= 0x10FFFF) {
        *next = pos + 4;
        return of(c);
      }
    }
  }
  *next = pos + 1;
  return kClassOther;
}

}  // namespace winnow

#endif  // WINNOW_STATS_TOKENS_CHAR_CLASS_H_
