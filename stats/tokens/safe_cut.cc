// SPDX-License-Identifier: Apache-2.0
#include "stats/tokens/safe_cut.h"

#include <algorithm>

#include "stats/tokens/char_class.h"

namespace winnow {
namespace {

constexpr size_t kMinPart = 64;
// Beyond this a part ends at the next word.
constexpr size_t kMaxPart = 512;

bool IsNewline(char c) { return c == '\n' || c == '\r'; }
bool IsVisibleAscii(char c) { return c > ' ' && c < '\x7F'; }

bool IsWhite(std::string_view text, size_t pos) {
  size_t next = 0;
  return (CharClasses::Get().At(text, pos, &next) & kClassWhite) != 0;
}

}  // namespace

bool IsSafeCut(CutSafety safety, std::string_view text, size_t pos) {
  if (pos == 0 || pos == text.size()) return true;
  const char c = text[pos];
  if (c == ' ' || c == '\t' || c == '\v' || c == '\f') {
    return pos + 1 < text.size() && !IsWhite(text, pos + 1);
  }
  if (!IsNewline(text[pos - 1]) || c == '/' || IsWhite(text, pos)) {
    return false;
  }
  return safety == CutSafety::kModern || pos == 1 ||
         IsVisibleAscii(text[pos - 2]);
}

void AppendSafeCuts(CutSafety safety, std::string_view text, size_t begin,
                    size_t end, std::vector<uint32_t>* cuts) {
  const std::string_view upto = text.substr(0, end);
  size_t last = begin;
  size_t pos = begin;
  const auto cut = [&](size_t at) {
    if (at >= end || !IsSafeCut(safety, text, at)) return false;
    cuts->push_back(static_cast<uint32_t>(at));
    last = at;
    return true;
  };
  for (;;) {
    pos = std::max(pos, last + kMinPart);
    if (pos >= end) return;
    const size_t newline = std::min(upto.find('\n', pos), end);
    // Words of a long line, one at a time.
    pos = std::max(pos, last + kMaxPart);
    while (pos < newline) {
      const size_t space = std::min(upto.find(' ', pos), newline);
      pos = space + 1;
      if (space < newline && cut(space)) pos = last + kMaxPart;
    }
    pos = newline + 1;
    if (pos >= end) return;
    // The first character of the next line that is not white, or the blank
    // before it.
    size_t first = pos;
    while (first < end && (text[first] == ' ' || text[first] == '\t' ||
                           IsNewline(text[first]))) {
      ++first;
    }
    if (first - last >= kMinPart && !cut(first)) cut(first - 1);
    pos = std::max(pos, first);
  }
}

}  // namespace winnow
