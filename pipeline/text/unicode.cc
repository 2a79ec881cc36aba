// SPDX-License-Identifier: Apache-2.0
#include "pipeline/text/unicode.h"

#include "pipeline/text/code_point_table.h"

namespace winnow {

#include "unicode_tables.inc"

std::string_view UnicodeVersion() { return kUnicodeVersion; }

CodePointInfo CodePoint(char32_t c) {
  if (c > 0x10FFFF) return {Category::kCn, 0};
  const uint16_t v = CodePointBits(c);
  return {static_cast<Category>(v & 31),
          static_cast<uint8_t>(v >> kCpFlagShift)};
}

char32_t ToLower(char32_t c) {
  if (c > 0x10FFFF) return c;
  const int32_t delta = kLowerBlocks[kLowerIndex[c >> 8]][c & 255];
  return static_cast<char32_t>(static_cast<int32_t>(c) + delta);
}

char32_t DecodeUtf8(std::string_view text, size_t* pos) {
  const auto byte = [&](size_t i) {
    return static_cast<unsigned char>(text[i]);
  };
  const size_t at = *pos;
  const unsigned char lead = byte(at);
  *pos = at + 1;
  if (lead < 0x80) return lead;
  const unsigned length = Utf8Length(lead);
  if (length == 1 || at + length > text.size()) return 0xFFFD;
  char32_t c = lead & (0x7FU >> length);
  for (unsigned i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) return 0xFFFD;
    c = c << 6 | (byte(at + i) & 0x3F);
  }
  const bool overlong =
      (length == 3 && c < 0x800) || (length == 4 && c < 0x10000);
  if (overlong || (c >= 0xD800 && c <= 0xDFFF) || c > 0x10FFFF) return 0xFFFD;
  *pos = at + length;
  return c;
}

char* EncodeUtf8(char32_t c, char* out) {
  const auto put = [&](char32_t v) { *out++ = static_cast<char>(v); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | c >> 6);
    put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | c >> 12);
    put(0x80 | (c >> 6 & 0x3F));
    put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | c >> 18);
    put(0x80 | (c >> 12 & 0x3F));
    put(0x80 | (c >> 6 & 0x3F));
    put(0x80 | (c & 0x3F));
  }
  return out;
}

}  // namespace winnow
