// SPDX-License-Identifier: Apache-2.0
// All tokens of a vocabulary as a trie in one array of eight-byte nodes (a
// double array: Aoe, "An efficient digital search algorithm by using a
// double-array structure", 1989): one load a byte, no pointers.
#ifndef WINNOW_STATS_TOKENS_TOKEN_TRIE_H_
#define WINNOW_STATS_TOKENS_TOKEN_TRIE_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "stats/tokens/vocabulary_file.h"

namespace winnow {

inline constexpr uint32_t kNoToken = (1U << 18) - 1;

class TokenTrie {
 public:
  explicit TokenTrie(const TokenList& tokens);

  // Longest token that `text` begins with, or kNoToken.
  uint32_t Longest(std::string_view text) const {
    uint32_t found = kNoToken;
    uint64_t node = root_;
    for (const char c : text) {
      node = Child(node, static_cast<unsigned char>(c));
      if (node == kNoNode) break;
      if (const uint32_t token = Token(node); token != kNoToken) found = token;
    }
    return found;
  }

  // The token that is exactly `text`, or kNoToken.
  uint32_t Find(std::string_view text) const {
    uint64_t node = root_;
    for (const char c : text) {
      node = Child(node, static_cast<unsigned char>(c));
      if (node == kNoNode) return kNoToken;
    }
    return text.empty() ? kNoToken : Token(node);
  }

  // Longest token that is a proper prefix of `token`, or kNoToken.
  uint32_t NextPrefix(uint32_t token) const { return next_prefix_[token]; }

 private:
  // Node: base in bits 32-63, token in bits 8-25, the byte on the way here in
  // bits 0-7. A child by byte c stands at base ^ c; as every base belongs to
  // one node, the byte alone tells whether what stands there is this child.
  static constexpr uint64_t kNoNode = ~uint64_t{0};

  static uint32_t Token(uint64_t node) {
    return static_cast<uint32_t>(node >> 8) & kNoToken;
  }
  uint64_t Child(uint64_t node, unsigned char c) const {
    const uint64_t child = nodes_[(node >> 32) ^ c];
    return (child & 255) == c ? child : kNoNode;
  }

  std::vector<uint64_t> nodes_;
  std::vector<uint32_t> next_prefix_;
  uint64_t root_ = 0;

  friend class TokenTrieBuilder;
};

}  // namespace winnow

#endif  // WINNOW_STATS_TOKENS_TOKEN_TRIE_H_
