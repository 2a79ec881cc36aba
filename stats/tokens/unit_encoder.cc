// SPDX-License-Identifier: Apache-2.0
// Long pieces are encoded from left to right by backtracking, as in
// github/rust-gems : crates/bpe/README.md. An encoding is the one of byte-pair
// encoding exactly if all its neighbours are compatible, and there is only one
// such. So: take the longest token at the position that is compatible with the
// one before it; if there is none, the token before it was too long. A position
// from which no way leads on is marked and never tried again, which makes it
// linear.
#include "stats/tokens/unit_encoder.h"

#include <utility>

#include "pipeline/error.h"

namespace winnow {

UnitEncoder::UnitEncoder(std::vector<Vocabulary> vocabularies)
    : vocabularies_(std::move(vocabularies)) {
  WINNOW_CHECK(size() == 1 || size() == 2);
  std::vector<const TokenList*> lists;
  for (const Vocabulary& each : vocabularies_) lists.push_back(&each.tokens);
  trie_.emplace(lists);
  for (unsigned v = 0; v < size(); ++v) {
    merges_.emplace_back(vocabularies_[v].spec.name, vocabularies_[v].tokens,
                         *trie_, v);
  }
}

PairCount UnitEncoder::Count(std::string_view span, Scratch* scratch) const {
  uint64_t counts[2] = {};
  if (span.size() <= kShortBytes) {
    scratch->graph.Build(*trie_, span);
    for (unsigned v = 0; v < size(); ++v) {
      counts[v] = CountShort(v, span, &scratch->graph);
    }
    return {counts[0], counts[1]};
  }
  for (unsigned v = 0; v < size(); ++v) {
    for (size_t pos = 0; pos < span.size();) {
      const size_t end = PieceEnd(vocabularies_[v].spec.pattern, span, pos);
      EncodePiece(v, span.substr(pos, end - pos), scratch);
      counts[v] += scratch->tokens.size();
      pos = end;
    }
  }
  return {counts[0], counts[1]};
}

uint64_t UnitEncoder::CountShort(unsigned v, std::string_view span,
                                 TokenGraph* graph) const {
  uint64_t count = 0;
  for (size_t pos = 0; pos < span.size();) {
    const size_t end = PieceEnd(vocabularies_[v].spec.pattern, span, pos);
    if (end - pos == 1 || graph->Token(v, pos, end) != kNoToken) {
      ++count;
    } else {
      count += graph->Merge(v, pos, end);
    }
    pos = end;
  }
  return count;
}

void UnitEncoder::EncodePiece(size_t v, std::string_view piece,
                              Scratch* scratch, bool long_way) const {
  const auto which = static_cast<unsigned>(v);
  scratch->tokens.clear();
  if (piece.empty()) return;
  if (piece.size() > kShortBytes || long_way) {
    return EncodeLong(which, piece, scratch);
  }
  TokenGraph& graph = scratch->graph;
  graph.Build(*trie_, piece);
  const size_t parts = graph.Merge(which, 0, piece.size());
  for (size_t i = 0; i < parts; ++i) {
    const size_t begin = graph.border(i);
    const size_t end = graph.border(i + 1);
    scratch->tokens.push_back(end - begin == 1
                                  ? ByteToken(which, piece[begin])
                                  : graph.Token(which, begin, end));
  }
}

void UnitEncoder::EncodeLong(unsigned v, std::string_view piece,
                             Scratch* scratch) const {
  const TokenList& tokens = vocabularies_[v].tokens;
  std::vector<uint32_t>& stack = scratch->tokens;
  std::vector<uint64_t>& dead = scratch->dead;
  dead.assign(piece.size() / 64 + 1, 0);
  size_t pos = 0;
  uint32_t token = trie_->Longest(v, piece);
  for (;;) {
    const size_t end = pos + tokens.LengthOf(token);
    if ((dead[end / 64] >> (end % 64) & 1) == 0 &&
        (stack.empty() || merges_[v].Compatible(stack.back(), token))) {
      stack.push_back(token);
      if (end == piece.size()) return;
      pos = end;
      token = trie_->Longest(v, piece.substr(pos));
      continue;
    }
    token = trie_->NextPrefix(v, token);
    while (token == kNoToken) {
      // Byte tokens always lead through: only a broken vocabulary ends here.
      WINNOW_CHECK(!stack.empty());
      dead[pos / 64] |= uint64_t{1} << (pos % 64);
      token = stack.back();
      stack.pop_back();
      pos -= tokens.LengthOf(token);
      token = trie_->NextPrefix(v, token);
    }
  }
}

}  // namespace winnow
