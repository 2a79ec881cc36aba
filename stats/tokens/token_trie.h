// SPDX-License-Identifier: Apache-2.0
// All tokens of one or two vocabularies as one trie in an array of eight-byte
// nodes (a double array: Aoe, "An efficient digital search algorithm by using a
// double-array structure", 1989): one load a byte finds the tokens of both.
#ifndef WINNOW_STATS_TOKENS_TOKEN_TRIE_H_
#define WINNOW_STATS_TOKENS_TOKEN_TRIE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "stats/tokens/huge_array.h"
#include "stats/tokens/vocabulary_file.h"

namespace winnow {

inline constexpr uint32_t kNoToken = (1U << 18) - 1;

class TokenTrie {
 public:
  // The bits of a node: the byte on the way to it (8), its token in the first
  // and in the second vocabulary (18 each, kNoToken if it is none), its base
  // (20). A child by byte c stands at base ^ c; as every base belongs to one
  // node, the byte alone tells whether what stands there is this child.
  using Node = uint64_t;
  static constexpr Node kNoNode = ~uint64_t{0};

  // REQUIRES: one or two lists. Throws Error(kCorruption) for tokens that do
  // not fit, which no known vocabulary has.
  explicit TokenTrie(std::span<const TokenList* const> lists);

  // The token of vocabulary v (0 or 1) at `node`; kNoToken for kNoNode.
  static uint32_t Token(Node node, unsigned v) {
    return static_cast<uint32_t>(node >> (8 + 18 * v)) & kNoToken;
  }

  // The node below `node`, or kNoNode. REQUIRES: node is not kNoNode.
  Node Child(Node node, unsigned char c) const {
    const Node child = nodes_[(node >> 44) ^ c];
    return (child & 255) == c ? child : kNoNode;
  }
  Node AfterByte(unsigned char c) const { return Child(root_, c); }
  // The node after two bytes, or kNoNode, by one load.
  Node AfterTwo(unsigned char c0, unsigned char c1) const {
    return two_[size_t{c0} << 8 | c1];
  }

  // Longest token of vocabulary v that `text` begins with, or kNoToken.
  uint32_t Longest(unsigned v, std::string_view text) const;
  // Longest token of v that is a proper prefix of `token`, or kNoToken.
  uint32_t NextPrefix(unsigned v, uint32_t token) const {
    return next_prefix_[v][token];
  }

 private:
  friend class TokenTrieBuilder;

  HugeArray<Node> nodes_;
  HugeArray<Node> two_;
  std::vector<uint32_t> next_prefix_[2];
  Node root_ = 0;
};

}  // namespace winnow

#endif  // WINNOW_STATS_TOKENS_TOKEN_TRIE_H_
