// SPDX-License-Identifier: Apache-2.0
#include "stats/tokens/token_merges.h"

#include <algorithm>
#include <bit>
#include <memory>
#include <string>

#include "pipeline/error.h"
#include "stats/tokens/token_graph.h"

namespace winnow {

TokenMerges::TokenMerges(std::string_view name, const TokenList& tokens,
                         const TokenTrie& trie, unsigned v)
    : splits_(tokens.size()), pairs_(std::bit_ceil(tokens.size() * 2 + 2)) {
  const auto corrupt = [&](const std::string& what) {
    return Error(ErrorKind::kCorruption,
                 "vocabulary " + std::string(name) + ": " + what +
                     ": it is not a byte-pair vocabulary that can be counted");
  };
  mask_ = pairs_.size() - 1;
  shift_ = 64 - static_cast<unsigned>(std::bit_width(mask_));
  std::fill_n(&pairs_[0], pairs_.size(), kEmpty);
  for (unsigned c = 0; c < 256; ++c) {
    const TokenTrie::Node node = trie.AfterByte(static_cast<unsigned char>(c));
    if (TokenTrie::Token(node, v) == kNoToken) {
      throw corrupt("a byte has no token");
    }
  }
  const auto graph = std::make_unique<TokenGraph>();
  for (uint32_t id = 0; id < tokens.size(); ++id) {
    const std::string_view token = tokens[id];
    if (token.empty()) continue;
    if (token.size() == 1) {
      splits_[id] = {id, id};
      continue;
    }
    const auto half = [&](size_t begin, size_t end) {
      if (end - begin > 1) return graph->Token(v, begin, end);
      const auto c = static_cast<unsigned char>(token[begin]);
      return TokenTrie::Token(trie.AfterByte(c), v);
    };
    size_t parts = 0;
    if (token.size() <= TokenGraph::kMaxBytes) {
      graph->Build(trie, token);
      parts = graph->Merge(v, 0, token.size(), id);
    }
    if (parts != 2) {
      throw corrupt("token " + std::to_string(id) + " cannot be reached");
    }
    Add(half(0, graph->border(1)), half(graph->border(1), token.size()), id);
  }
}

void TokenMerges::Add(uint32_t left, uint32_t right, uint32_t token) {
  splits_[token] = {left, right};
  const uint64_t key = uint64_t{left} << 18 | right;
  size_t i = Slot(key);
  while (pairs_[i] != kEmpty) i = (i + 1) & mask_;
  pairs_[i] = key << 18 | token;
}

// Plays the encoding of both tokens backwards. `left` and `right` are always
// the tokens on both sides of the border; the one that was made last (the
// higher id, or the right one of two equal ones, as merges go from left to
// right) is taken apart. The border would have been crossed if its two tokens
// join earlier than what was taken apart last: with a lower id, or with an
// equal one if the part taken apart lies to the right of the border.
bool TokenMerges::Compatible(uint32_t left, uint32_t right) const {
  uint32_t limit = kNoToken;
  for (;;) {
    if (Join(left, right) < limit) return false;
    const Split l = splits_[left];
    const Split r = splits_[right];
    // A byte is taken apart no further.
    const bool left_whole = l.right == left;
    const bool right_whole = r.left == right;
    if (left_whole && right_whole) return true;
    if (!left_whole && (right_whole || left > right)) {
      limit = left;
      left = l.right;
    } else {
      limit = right + 1;
      right = r.left;
    }
  }
}

}  // namespace winnow
