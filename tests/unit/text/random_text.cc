// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/text/random_text.h"

#include <iterator>
#include <string_view>
#include <vector>

#include "pipeline/text/unicode.h"

namespace winnow::testing {
namespace {

struct Class {
  char32_t first;
  char32_t last;
};

// One letter, digit or space class is drawn, then some characters of it.
constexpr Class kAscii[] = {{'a', 'z'}, {'A', 'Z'},  {'0', '9'}, {' ', ' '},
                            {' ', '/'}, {':', '@'},  {'.', '.'}, {'\n', '\n'},
                            {'#', '#'}, {0x00, 0x7F}};
constexpr Class kBreaks[] = {
    {0x09, 0x0D},     {0x1B, 0x20},     {0x84, 0x86},     {0xA0, 0xA0},
    {0x1680, 0x1680}, {0x2000, 0x200B}, {0x2026, 0x202F}, {0x205F, 0x205F},
    {0x3000, 0x3002}, {0x0D, 0x0D}};
constexpr Class kWide[] = {
    {0xC0, 0x17F},       // Latin with accents
    {0x1E00, 0x1EFF},    // more of it
    {0x386, 0x3CE},      // Greek
    {0x1F00, 0x1FFF},    // Greek with up to three accents
    {0x400, 0x45F},      // Cyrillic
    {0x5D0, 0x5EA},      // Hebrew
    {0x591, 0x5C7},      // its points
    {0x610, 0x660},      // Arabic with marks and digits
    {0x905, 0x94D},      // Devanagari
    {0xE01, 0xE5B},      // Thai
    {0xE81, 0xEDF},      // Lao
    {0x1000, 0x109F},    // Myanmar
    {0x1100, 0x11FF},    // Hangul jamo
    {0x1780, 0x17FF},    // Khmer
    {0xAC00, 0xD7A3},    // Hangul syllables
    {0x3041, 0x30FF},    // Kana with voice marks
    {0x4E00, 0x9FFF},    // Han
    {0x3400, 0x4DBF},    // Han A
    {0xF900, 0xFAFF},    // Han for compatibility: all change under NFC
    {0x20000, 0x20100},  // Han B
    {0x2F800, 0x2FA1D},  // and its compatibility forms
    {0xFF10, 0xFF9F},    // full and half width
    {0x2010, 0x205F},    // punctuation
    {0x2190, 0x2300},    // symbols that decompose to symbol and mark
    {0x10400, 0x10427},  // letters with lower case outside the BMP
    {0x1D400, 0x1D7FF},  // mathematical letters and digits
    {0x1F300, 0x1F64F},  // emoji
    {0xFE00, 0xFE0F},    // variation selectors
    {0x80, 0x7FF},      {0x800, 0xFFFF}, {0x10000, 0x10FFFF}, {0xE000, 0xE010}};
constexpr Class kMarks[] = {{0x300, 0x36F},   {0x3099, 0x309A},
                            {0x20D0, 0x20F0}, {0x93C, 0x94D},
                            {0xE31, 0xE3A},   {0x1D165, 0x1D172}};

template <size_t kSize>
Class Pick(Random* random, const Class (&classes)[kSize]) {
  return classes[random->Below(kSize)];
}

}  // namespace

std::string RandomText(Random* random, size_t bytes) {
  std::string text;
  while (text.size() < bytes) {
    const uint64_t kind = random->Below(16);
    const Class c = kind < 8    ? Pick(random, kAscii)
                    : kind < 10 ? Pick(random, kBreaks)
                    : kind < 14 ? Pick(random, kWide)
                                : Pick(random, kMarks);
    // Mostly short runs, now and then one that fills a block.
    uint64_t run = 1 + random->Below(6);
    if (random->Below(40) == 0) run += random->Below(100);
    for (; run > 0 && text.size() < bytes; --run) {
      auto point =
          static_cast<char32_t>(c.first + random->Below(c.last - c.first + 1));
      if (point >= 0xD800 && point <= 0xDFFF) point = 0xD7FB;
      char buffer[4];
      const auto size = static_cast<size_t>(EncodeUtf8(point, buffer) - buffer);
      if (text.size() + size > bytes) {
        text += 'x';
      } else {
        text.append(buffer, size);
      }
    }
  }
  return text;
}

}  // namespace winnow::testing
