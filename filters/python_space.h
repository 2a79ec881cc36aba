// SPDX-License-Identifier: Apache-2.0
// White space as Python's str.isspace() has it, found in UTF-8 from either
// end, and the strip(), lstrip() and rstrip() that the published rules use:
// U+0009-000D, 001C-0020, 0085, 00A0, 1680, 2000-200A, 2028, 2029, 202F, 205F,
// 3000. Text is valid UTF-8.
#ifndef WINNOW_FILTERS_PYTHON_SPACE_H_
#define WINNOW_FILTERS_PYTHON_SPACE_H_

#include <cstddef>
#include <string_view>

namespace winnow {

inline bool IsAsciiSpace(char c) {
  const auto u = static_cast<unsigned char>(c);
  return u == 0x20 || u - 0x09U < 5U || u - 0x1CU < 4U;
}

// Whether a white-space character may begin with this byte: a quick no.
inline bool MayBeginSpace(char c) {
  const auto u = static_cast<unsigned char>(c);
  return u <= 0x20 || u == 0xC2 || u - 0xE1U < 3U;
}

// Bytes of the white-space character that `s` begins with, or 0.
inline size_t SpaceAtFront(std::string_view s) {
  if (s.empty()) return 0;
  const auto at = [s](size_t i) { return static_cast<unsigned char>(s[i]); };
  const unsigned char lead = at(0);
  if (lead < 0x80) return IsAsciiSpace(s[0]) ? 1 : 0;
  if (lead == 0xC2) {
    return s.size() >= 2 && (at(1) == 0x85 || at(1) == 0xA0) ? 2 : 0;
  }
  if (lead < 0xE1 || lead > 0xE3 || s.size() < 3) return 0;
  const unsigned tail = at(1) * 256U + at(2);
  const bool space = lead == 0xE2 ? (tail >= 0x8080 && tail <= 0x808A) ||
                                        tail == 0x80A8 || tail == 0x80A9 ||
                                        tail == 0x80AF || tail == 0x819F
                                  : tail == (lead == 0xE1 ? 0x9A80U : 0x8080U);
  return space ? 3 : 0;
}

// Bytes of the white-space character that `s` ends with, or 0.
inline size_t SpaceAtBack(std::string_view s) {
  if (s.empty()) return 0;
  if (static_cast<unsigned char>(s.back()) < 0x80) {
    return IsAsciiSpace(s.back()) ? 1 : 0;
  }
  for (size_t bytes = 2; bytes <= 3 && bytes <= s.size(); ++bytes) {
    if (SpaceAtFront(s.substr(s.size() - bytes)) == bytes) return bytes;
  }
  return 0;
}

inline std::string_view StripLeft(std::string_view s) {
  while (const size_t bytes = SpaceAtFront(s)) s.remove_prefix(bytes);
  return s;
}

inline std::string_view StripRight(std::string_view s) {
  while (const size_t bytes = SpaceAtBack(s)) s.remove_suffix(bytes);
  return s;
}

inline std::string_view Strip(std::string_view s) {
  return StripRight(StripLeft(s));
}

}  // namespace winnow

#endif  // WINNOW_FILTERS_PYTHON_SPACE_H_
