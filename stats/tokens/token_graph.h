// SPDX-License-Identifier: Apache-2.0
// Byte-pair encoding of short spans. First all tokens that stand anywhere in
// the span are found, by a walk of the trie from each of its bytes; the walks
// do not depend on each other, so their cache misses overlap. Then the merges
// are played as they are defined, and touch nothing but this small graph.
#ifndef WINNOW_STATS_TOKENS_TOKEN_GRAPH_H_
#define WINNOW_STATS_TOKENS_TOKEN_GRAPH_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "stats/tokens/token_trie.h"

namespace winnow {

// One for each thread.
class TokenGraph {
 public:
  static constexpr size_t kMaxBytes = 128;

  // REQUIRES: span.size() <= kMaxBytes.
  void Build(const TokenTrie& trie, std::string_view span);

  // The token of vocabulary v that is [begin, end) of the span, or kNoToken.
  // REQUIRES: begin + 2 <= end.
  uint32_t Token(unsigned v, size_t begin, size_t end) const {
    const size_t length = end - begin;
    if (length > reach_[begin]) return kNoToken;
    return TokenTrie::Token(nodes_[first_[begin] + length - 2], v);
  }

  // Encodes [begin, end), joining into tokens below `limit` alone. Returns the
  // number of tokens; they begin at border(0), border(1) ... and the last one
  // ends at `end`.
  size_t Merge(unsigned v, size_t begin, size_t end, uint32_t limit = kNoToken);
  size_t border(size_t i) const { return borders_[i]; }

 private:
  // A walk from byte i went through reach_[i] bytes; its nodes after two bytes
  // and more are nodes_[first_[i]] and on.
  std::array<uint8_t, kMaxBytes> reach_;
  std::array<uint16_t, kMaxBytes> first_;
  std::array<TokenTrie::Node, kMaxBytes*(kMaxBytes + 1) / 2> nodes_;
  std::array<uint8_t, kMaxBytes + 1> borders_;
  std::array<uint32_t, kMaxBytes> joins_;
};

}  // namespace winnow

#endif  // WINNOW_STATS_TOKENS_TOKEN_GRAPH_H_
