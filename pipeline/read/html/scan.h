// SPDX-License-Identifier: Apache-2.0
// Finds the bytes at which text stops being a plain copy. Vector kernels,
// chosen at run time, behind a short loop for what is found at once.
#ifndef WINNOW_PIPELINE_READ_HTML_SCAN_H_
#define WINNOW_PIPELINE_READ_HTML_SCAN_H_

#include <cstring>

#include "pipeline/read/html/chars.h"

namespace winnow::html {

// The first '<', '&', CR or NUL in [p, end), or end.
const char* FindTextSpecialFar(const char* p, const char* end);
// The first CR or NUL in [p, end), or end.
const char* FindCrOrNul(const char* p, const char* end);

// The first byte in [p, end) that collapsing white space may change, or end: a
// control character, DEL, 0xC2 (which begins U+00A0), a space before another.
const char* FindUneven(const char* p, const char* end);

inline const char* FindTextSpecial(const char* p, const char* end) {
  for (int i = 0; i < 8; ++i, ++p) {
    if (p == end || Has(*p, kTextSpecialBit)) return p;
  }
  return FindTextSpecialFar(p, end);
}

// memchr that gives `end` where there is none.
inline const char* FindByte(const char* p, const char* end, char c) {
  if (p == end) return end;
  const void* found = std::memchr(p, c, static_cast<size_t>(end - p));
  return found == nullptr ? end : static_cast<const char*>(found);
}

}  // namespace winnow::html

#endif  // WINNOW_PIPELINE_READ_HTML_SCAN_H_
