// SPDX-License-Identifier: Apache-2.0
// Percent-encoding: which bytes each part of a URL may not hold (URL Standard,
// 1.3), and decoding.
#ifndef WINNOW_PIPELINE_URL_PERCENT_H_
#define WINNOW_PIPELINE_URL_PERCENT_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace winnow {

enum class PercentSet : uint8_t {
  kControl,
  kFragment,
  kQuery,
  kSpecialQuery,
  kPath,
  kUserinfo,
};

inline bool InPercentSet(unsigned char c, PercentSet set) {
  if (c < 0x20 || c > 0x7E) return true;
  const auto one_of = [c](std::string_view s) {
    return s.find(static_cast<char>(c)) != std::string_view::npos;
  };
  switch (set) {
    case PercentSet::kControl:
      return false;
    case PercentSet::kFragment:
      return one_of(" \"<>`");
    case PercentSet::kQuery:
      return one_of(" \"#<>");
    case PercentSet::kSpecialQuery:
      return one_of(" \"#<>'");
    case PercentSet::kPath:
      return one_of(" \"#<>?^`{}");
    case PercentSet::kUserinfo:
      return one_of(" \"#<>?`{}/:;=@[\\]^|");
  }
  return false;
}

inline void AppendPercent(unsigned char c, std::string* out) {
  constexpr char kHex[] = "0123456789ABCDEF";
  out->push_back('%');
  out->push_back(kHex[c >> 4]);
  out->push_back(kHex[c & 15]);
}

inline void AppendEncoded(std::string_view s, PercentSet set,
                          std::string* out) {
  for (const char c : s) {
    const auto byte = static_cast<unsigned char>(c);
    if (InPercentSet(byte, set)) {
      AppendPercent(byte, out);
    } else {
      out->push_back(c);
    }
  }
}

inline int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// The byte that `%XX` at s[i] stands for, or -1.
inline int PercentByte(std::string_view s, size_t i) {
  if (s[i] != '%' || i + 2 >= s.size()) return -1;
  const int high = HexDigit(s[i + 1]);
  const int low = HexDigit(s[i + 2]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

}  // namespace winnow

#endif  // WINNOW_PIPELINE_URL_PERCENT_H_
