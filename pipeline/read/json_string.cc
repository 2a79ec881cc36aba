// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/json_string.h"

#include <cstring>
#include <string>

#include "pipeline/text/unicode.h"

namespace winnow {
namespace {

// 16 where c is no hexadecimal digit.
unsigned HexValue(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  const char lower = static_cast<char>(c | 0x20);
  if (lower < 'a' || lower > 'f') return 16;
  return static_cast<unsigned>(lower - 'a' + 10);
}

// The four digits of \uXXXX at raw[i], or ~0.
unsigned ReadHex4(std::string_view raw, size_t i) {
  if (i + 4 > raw.size()) return ~0U;
  unsigned v = 0;
  for (size_t k = i; k < i + 4; ++k) {
    const unsigned digit = HexValue(raw[k]);
    if (digit > 15) return ~0U;
    v = v << 4 | digit;
  }
  return v;
}

// Decodes \uXXXX whose digits begin at raw[*i], with the low half behind it.
// Moves *i past what was read; ~0 where the digits are wrong.
unsigned ReadUnicodeEscape(std::string_view raw, size_t* i, bool* mended) {
  const unsigned c = ReadHex4(raw, *i);
  if (c == ~0U) return c;
  *i += 4;
  if (c < 0xD800 || c > 0xDFFF) return c;
  if (c < 0xDC00 && raw.substr(*i, 2) == "\\u") {
    const unsigned low = ReadHex4(raw, *i + 2);
    if (low == ~0U) return low;
    if (low >= 0xDC00 && low <= 0xDFFF) {
      *i += 6;
      return 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
    }
  }
  *mended = true;
  return 0xFFFD;
}

}  // namespace

char* UnescapeJson(std::string_view raw, char* out, bool* mended) {
  size_t i = 0;
  while (i < raw.size()) {
    const char* slash = static_cast<const char*>(
        std::memchr(raw.data() + i, '\\', raw.size() - i));
    const size_t stop =
        slash == nullptr ? raw.size() : static_cast<size_t>(slash - raw.data());
    std::memmove(out, raw.data() + i, stop - i);
    out += stop - i;
    i = stop;
    if (i == raw.size()) break;
    if (i + 1 == raw.size()) return nullptr;
    const char c = raw[i + 1];
    i += 2;
    if (c == 'u') {
      const unsigned code = ReadUnicodeEscape(raw, &i, mended);
      if (code == ~0U) return nullptr;
      out = EncodeUtf8(code, out);
      continue;
    }
    static constexpr std::string_view kFrom = "\"\\/bfnrt";
    static constexpr std::string_view kTo = "\"\\/\b\f\n\r\t";
    const size_t at = kFrom.find(c);
    if (at == std::string_view::npos) return nullptr;
    *out++ = kTo[at];
  }
  return out;
}

bool JsonKeyIs(std::string_view raw_key, std::string_view name) {
  const std::string_view raw = raw_key.substr(1, raw_key.size() - 2);
  if (raw.find('\\') == std::string_view::npos) return raw == name;
  if (raw.size() > 6 * name.size()) return false;
  std::string value(raw.size(), '\0');  // escaped keys are rare
  bool mended = false;
  const char* end = UnescapeJson(raw, value.data(), &mended);
  return end != nullptr &&
         std::string_view(value.data(),
                          static_cast<size_t>(end - value.data())) == name;
}

}  // namespace winnow
