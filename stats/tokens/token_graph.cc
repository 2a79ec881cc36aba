// SPDX-License-Identifier: Apache-2.0
#include "stats/tokens/token_graph.h"

#include <algorithm>

namespace winnow {

void TokenGraph::Build(const TokenTrie& trie, std::string_view span) {
  const auto byte = [&](size_t i) {
    return static_cast<unsigned char>(span[i]);
  };
  size_t used = 0;
  for (size_t i = 0; i + 1 < span.size(); ++i) {
    first_[i] = static_cast<uint16_t>(used);
    size_t end = i + 2;
    TokenTrie::Node node = trie.AfterTwo(byte(i), byte(i + 1));
    while (node != TokenTrie::kNoNode) {
      nodes_[used++] = node;
      if (end == span.size()) {
        ++end;
        break;
      }
      node = trie.Child(node, byte(end++));
    }
    reach_[i] = static_cast<uint8_t>(end - i - 1);
  }
}

size_t TokenGraph::Merge(unsigned v, size_t begin, size_t end, uint32_t limit) {
  // Parts lie between borders; joins_[i] is what parts i and i + 1 join into.
  size_t parts = end - begin;
  for (size_t i = 0; i <= parts; ++i) {
    borders_[i] = static_cast<uint8_t>(begin + i);
  }
  for (size_t i = 0; i + 1 < parts; ++i) {
    joins_[i] = Token(v, begin + i, begin + i + 2);
  }
  while (parts > 1) {
    // The lowest token first, the leftmost of equal ones.
    uint32_t best = limit << 8;
    for (uint32_t i = 0; i + 1 < parts; ++i) {
      best = std::min(best, joins_[i] << 8 | i);
    }
    if (best >> 8 == limit) break;
    const size_t at = best & 255;
    std::copy(&borders_[at + 2], &borders_[parts] + 1, &borders_[at + 1]);
    std::copy(&joins_[at + 1], &joins_[parts - 1], &joins_[at]);
    --parts;
    if (at + 1 < parts) {
      joins_[at] = Token(v, borders_[at], borders_[at + 2]);
    }
    if (at > 0) joins_[at - 1] = Token(v, borders_[at - 1], borders_[at + 1]);
  }
  return parts;
}

}  // namespace winnow
