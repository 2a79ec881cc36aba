// SPDX-License-Identifier: Apache-2.0
#include "filters/c4_words.h"

#include "filters/python_space.h"

namespace winnow {

bool HasWords(std::string_view line, uint64_t n) {
  for (; n > 0; --n) {
    line = StripLeft(line);
    if (line.empty()) return false;
    while (!line.empty() &&
           (!MayBeginSpace(line.front()) || SpaceAtFront(line) == 0)) {
      line.remove_prefix(1);
    }
  }
  return true;
}

bool HasLongWord(std::string_view line, uint64_t chars) {
  // A long word takes more than `chars` bytes, so a window of that size after
  // a word's begin holds white space, or it is worth a closer look.
  while (line.size() > chars) {
    size_t last = static_cast<size_t>(chars);
    while (last > 0 && !IsAsciiSpace(line[last])) --last;
    if (IsAsciiSpace(line[last])) {
      line.remove_prefix(last + 1);
      continue;
    }
    uint64_t run = 0;
    size_t pos = 0;
    while (pos < line.size() && !IsAsciiSpace(line[pos])) {
      if (const size_t space = SpaceAtFront(line.substr(pos))) {
        pos += space;
        run = 0;
        continue;
      }
      const auto byte = static_cast<unsigned char>(line[pos++]);
      if ((byte & 0xC0U) != 0x80 && ++run > chars) return true;
    }
    line.remove_prefix(pos);
  }
  return false;
}

}  // namespace winnow
