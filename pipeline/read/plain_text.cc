// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/plain_text.h"

#include <cstdint>
#include <cstring>

namespace winnow {
namespace {

bool IsUnclean(unsigned char c) {
  return (c < 0x20 && c != '\n' && c != '\t') || c == 0x7F;
}

// True if one of eight bytes may be unclean: below 0x20 but for TAB and LF, or
// 0x7F. Exact per byte for ASCII; bytes from 0x80 never count.
bool MayBeUnclean(const char* p) {
  constexpr uint64_t kOnes = 0x0101010101010101U;
  constexpr uint64_t kHigh = 0x80 * kOnes;
  uint64_t v;
  std::memcpy(&v, p, sizeof v);
  const uint64_t ascii = ~v & kHigh;
  const uint64_t low7 = v & ~kHigh;
  // High bit set where the byte is below 0x20, or equals what is subtracted.
  const uint64_t below = ~(low7 + (0x80 - 0x20) * kOnes) & ascii;
  const uint64_t feed = ~((low7 ^ ('\n' * kOnes)) + 0x7F * kOnes) & ascii;
  const uint64_t tab = ~((low7 ^ ('\t' * kOnes)) + 0x7F * kOnes) & ascii;
  const uint64_t del = ~((low7 ^ (0x7F * kOnes)) + 0x7F * kOnes) & ascii;
  return ((below & ~feed & ~tab) | del) != 0;
}

size_t FirstUnclean(std::string_view s) {
  size_t i = 0;
  while (i + 8 <= s.size() && !MayBeUnclean(s.data() + i)) i += 8;
  while (i < s.size() && !IsUnclean(static_cast<unsigned char>(s[i]))) ++i;
  return i;
}

}  // namespace

std::string_view CleanText(std::string_view text, bool stable, Arena* arena,
                           bool* dropped) {
  *dropped = false;
  size_t stop = FirstUnclean(text);
  if (stop == text.size()) return stable ? text : arena->Copy(text);
  char* const begin = arena->Allocate(text.size());
  char* out = begin;
  for (size_t i = 0;;) {
    std::memcpy(out, text.data() + i, stop - i);
    out += stop - i;
    i = stop;
    if (i == text.size()) break;
    const char c = text[i];
    if (c == '\r' || c == '\v' || c == '\f') {
      *out++ = '\n';
      if (c == '\r' && i + 1 < text.size() && text[i + 1] == '\n') ++i;
    } else {
      *dropped = true;
    }
    ++i;
    stop = i + FirstUnclean(text.substr(i));
  }
  const auto size = static_cast<size_t>(out - begin);
  arena->ShrinkLast(begin, size);
  return {begin, size};
}

bool IsBlankText(std::string_view text) {
  return text.find_first_not_of(" \t\n\r\f\v") == std::string_view::npos;
}

}  // namespace winnow
