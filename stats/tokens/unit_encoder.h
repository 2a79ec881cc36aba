// SPDX-License-Identifier: Apache-2.0
// Counts the tokens of a span of text, exactly and without a cache, for one or
// two vocabularies of one family. Immutable, shared by all threads.
#ifndef WINNOW_STATS_TOKENS_UNIT_ENCODER_H_
#define WINNOW_STATS_TOKENS_UNIT_ENCODER_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "stats/tokens/pair_count.h"
#include "stats/tokens/token_graph.h"
#include "stats/tokens/token_merges.h"
#include "stats/tokens/token_trie.h"
#include "stats/tokens/vocabulary_file.h"

namespace winnow {

class UnitEncoder {
 public:
  // Memory that encoding reuses; one for each thread.
  struct Scratch {
    TokenGraph graph;
    std::vector<uint32_t> tokens;
    std::vector<uint64_t> dead;
  };

  // REQUIRES: one or two vocabularies. Throws Error(kCorruption) for one that
  // is not made by byte-pair merges.
  explicit UnitEncoder(std::vector<Vocabulary> vocabularies);

  size_t size() const { return vocabularies_.size(); }
  const Vocabulary& vocabulary(size_t v) const { return vocabularies_[v]; }

  // Tokens of `span`, taken as a whole text.
  PairCount Count(std::string_view span, Scratch* scratch) const;

  // Byte-pair encodes one piece (any bytes) with vocabulary v into
  // scratch->tokens; linear in the length of the piece. Pieces of up to
  // kShortBytes go another way than longer ones, and `long_way` takes the long
  // one for all.
  void EncodePiece(size_t v, std::string_view piece, Scratch* scratch,
                   bool long_way = false) const;

 private:
  // Above this the square of the length begins to show.
  static constexpr size_t kShortBytes = 64;

  uint64_t CountShort(unsigned v, std::string_view span,
                      TokenGraph* graph) const;
  void EncodeLong(unsigned v, std::string_view piece, Scratch* scratch) const;
  uint32_t ByteToken(unsigned v, char c) const {
    return TokenTrie::Token(trie_->AfterByte(static_cast<unsigned char>(c)), v);
  }

  std::vector<Vocabulary> vocabularies_;
  std::optional<TokenTrie> trie_;
  std::vector<TokenMerges> merges_;
};

}  // namespace winnow

#endif  // WINNOW_STATS_TOKENS_UNIT_ENCODER_H_
