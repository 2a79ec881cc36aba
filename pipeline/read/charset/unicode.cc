// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/charset/unicode.h"

#include "pipeline/text/unicode.h"

namespace winnow {
namespace {

unsigned char Byte(std::string_view s, size_t i) {
  return static_cast<unsigned char>(s[i]);
}

void Append(char32_t c, std::string* out) {
  char buffer[4];
  out->append(buffer, EncodeUtf8(c, buffer));
}

}  // namespace

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
