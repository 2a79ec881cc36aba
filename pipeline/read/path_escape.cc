// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/path_escape.h"

#include <algorithm>

#include "pipeline/text/utf8.h"

namespace winnow {
namespace {

constexpr std::string_view kHex = "0123456789ABCDEF";

// The byte that %XX at the front of `s` stands for: 0x80 to 0xFF or '%'; -1
// where it is no escape of ours.
int EscapedByte(std::string_view s) {
  if (s.size() < 3 || s[0] != '%') return -1;
  const size_t high = kHex.find(s[1]);
  const size_t low = kHex.find(s[2]);
  if (high == std::string_view::npos || low == std::string_view::npos) {
    return -1;
  }
  const auto value = static_cast<int>(high * 16 + low);
  return value >= 0x80 || value == '%' ? value : -1;
}

// Length of the valid character at the front; 0 if there is none.
size_t CharacterLength(std::string_view s) {
  for (size_t n = 1; n <= std::min<size_t>(4, s.size()); ++n) {
    if (IsValidUtf8(s.substr(0, n))) return n;
  }
  return 0;
}

}  // namespace

std::string EscapePath(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  while (!bytes.empty()) {
    const size_t n = CharacterLength(bytes);
    if (n == 0) {
      const auto byte = static_cast<unsigned char>(bytes[0]);
      out += {'%', kHex[byte >> 4], kHex[byte & 15]};
    } else if (EscapedByte(bytes) >= 0) {
      out += "%25";
    } else {
      out += bytes.substr(0, n);
    }
    bytes.remove_prefix(std::max<size_t>(n, 1));
  }
  return out;
}

std::string UnescapePath(std::string_view escaped) {
  std::string out;
  out.reserve(escaped.size());
  while (!escaped.empty()) {
    const int byte = EscapedByte(escaped);
    out += byte < 0 ? escaped[0] : static_cast<char>(byte);
    escaped.remove_prefix(byte < 0 ? 1 : 3);
  }
  return out;
}

}  // namespace winnow
