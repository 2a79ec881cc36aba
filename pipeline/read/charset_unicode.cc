// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/charset_unicode.h"

#include "pipeline/text/unicode.h"

namespace winnow {
namespace {

unsigned char Byte(std::string_view s, size_t i) {
  return static_cast<unsigned char>(s[i]);
}

// Length of the ill-formed sequence at s[at]: its lead and the continuation
// bytes that a well-formed one could have had there.
size_t BadLength(std::string_view s, size_t at) {
  const unsigned char lead = Byte(s, at);
  const unsigned length = Utf8Length(lead);
  size_t n = 1;
  for (; n < length && at + n < s.size(); ++n) {
    const unsigned char c = Byte(s, at + n);
    unsigned low = 0x80;
    unsigned high = 0xBF;
    if (n == 1) {
      if (lead == 0xE0) low = 0xA0;
      if (lead == 0xED) high = 0x9F;
      if (lead == 0xF0) low = 0x90;
      if (lead == 0xF4) high = 0x8F;
    }
    if (c < low || c > high) break;
  }
  return n;
}

void Append(char32_t c, std::string* out) {
  char buffer[4];
  out->append(buffer, EncodeUtf8(c, buffer));
}

}  // namespace

Utf8Damage RepairUtf8(std::string_view s, std::string* out) {
  Utf8Damage damage;
  out->clear();
  out->reserve(s.size() + s.size() / 8);
  for (size_t i = 0; i < s.size();) {
    const size_t begin = i;
    while (i < s.size() && Byte(s, i) < 0x80) ++i;
    out->append(s, begin, i - begin);
    if (i == s.size()) break;
    size_t next = i;
    const char32_t c = DecodeUtf8(s, &next);
    // A sound U+FFFD takes three bytes, a bad byte one.
    if (c == 0xFFFD && next == i + 1) {
      ++damage.errors;
      next = i + BadLength(s, i);
    } else {
      ++damage.sequences;
    }
    Append(c, out);
    i = next;
  }
  return damage;
}

uint64_t DecodeUtf16(std::string_view bytes, bool big_endian,
                     std::string* out) {
  uint64_t errors = 0;
  out->clear();
  out->reserve(bytes.size() * 3 / 2 + 3);
  const auto unit = [&](size_t i) {
    const unsigned a = Byte(bytes, i);
    const unsigned b = Byte(bytes, i + 1);
    return static_cast<char32_t>(big_endian ? a << 8 | b : b << 8 | a);
  };
  size_t i = 0;
  for (; i + 1 < bytes.size(); i += 2) {
    char32_t c = unit(i);
    if (c >= 0xD800 && c <= 0xDFFF) {
      const char32_t low = i + 3 < bytes.size() ? unit(i + 2) : 0;
      if (c < 0xDC00 && low >= 0xDC00 && low <= 0xDFFF) {
        c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
        i += 2;
      } else {
        c = 0xFFFD;
        ++errors;
      }
    }
    Append(c, out);
  }
  if (i < bytes.size()) {
    Append(0xFFFD, out);
    ++errors;
  }
  return errors;
}

uint64_t DecodeUtf32(std::string_view bytes, bool big_endian,
                     std::string* out) {
  uint64_t errors = 0;
  out->clear();
  out->reserve(bytes.size() + 3);
  size_t i = 0;
  for (; i + 3 < bytes.size(); i += 4) {
    char32_t c = 0;
    for (size_t k = 0; k < 4; ++k) {
      c |= static_cast<char32_t>(Byte(bytes, i + k))
           << (big_endian ? 24 - 8 * k : 8 * k);
    }
    if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) {
      c = 0xFFFD;
      ++errors;
    }
    Append(c, out);
  }
  if (i < bytes.size()) {
    Append(0xFFFD, out);
    ++errors;
  }
  return errors;
}

}  // namespace winnow
