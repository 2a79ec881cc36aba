// SPDX-License-Identifier: Apache-2.0
#include "filters/subwords.h"

namespace winnow {

int Subwords::Symbol(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'z' ? lower - 'a' + 10 : -1;
}

Subwords::Subwords(const std::vector<std::string>& words) : next_(1), ends_(1) {
  for (const std::string& word : words) {
    uint32_t at = 0;
    for (const char c : word) {
      const int symbol = Symbol(c);
      if (symbol < 0) continue;
      const auto s = static_cast<size_t>(symbol);
      if (next_[at][s] == 0) {
        next_[at][s] = static_cast<uint32_t>(next_.size());
        next_.emplace_back();
        ends_.push_back(0);
      }
      at = next_[at][s];
    }
    if (at != 0) ends_[at] = 1;
  }
  // By breadth: a missing step is that of the longest proper suffix.
  std::vector<uint32_t> suffix(next_.size());
  std::vector<uint32_t> queue;
  for (const uint32_t child : next_[0]) {
    if (child != 0) queue.push_back(child);
  }
  for (size_t i = 0; i < queue.size(); ++i) {
    const uint32_t at = queue[i];
    ends_[at] |= ends_[suffix[at]];
    for (size_t s = 0; s < kSymbols; ++s) {
      const uint32_t child = next_[at][s];
      const uint32_t other = next_[suffix[at]][s];
      if (child == 0) {
        next_[at][s] = other;
      } else {
        suffix[child] = other;
        queue.push_back(child);
      }
    }
  }
}

bool Subwords::FoundIn(std::string_view text) const {
  uint32_t at = 0;
  for (const char c : text) {
    const int symbol = Symbol(c);
    if (symbol < 0) continue;
    at = next_[at][static_cast<size_t>(symbol)];
    if (ends_[at] != 0) return true;
  }
  return false;
}

}  // namespace winnow
