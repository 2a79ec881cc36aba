// SPDX-License-Identifier: Apache-2.0
// One vocabulary, ready to count tokens: immutable, shared by all threads.
#ifndef WINNOW_STATS_TOKENS_VOCABULARY_H_
#define WINNOW_STATS_TOKENS_VOCABULARY_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "stats/tokens/piece_scanner.h"
#include "stats/tokens/token_merges.h"
#include "stats/tokens/token_trie.h"
#include "stats/tokens/vocabulary_file.h"

namespace winnow {

class Vocabulary {
 public:
  // Memory that encoding reuses; one for each thread.
  struct Scratch {
    std::vector<uint32_t> tokens;  // of the piece encoded last
    std::vector<uint64_t> dead;
  };

  // Loads DATA_DIR/vocab/NAME.tiktoken, about 0.1 s. Throws winnow::Error.
  Vocabulary(const VocabularySpec& spec, const std::string& data_dir);
  // For tests: tokens of any origin.
  Vocabulary(const VocabularySpec& spec, TokenList tokens);

  const VocabularySpec& spec() const { return spec_; }
  const TokenList& tokens() const { return tokens_; }
  const TokenMerges& merges() const { return merges_; }

  // Byte-pair encodes one piece (any bytes) into scratch->tokens and returns
  // their number. Linear in the length of the piece.
  size_t EncodePiece(std::string_view piece, Scratch* scratch) const;

  // Tokens of `text`, cut into pieces by this vocabulary's pattern.
  uint64_t CountText(std::string_view text, Scratch* scratch) const;

 private:
  VocabularySpec spec_;
  TokenList tokens_;
  TokenTrie trie_;
  TokenMerges merges_;
};

}  // namespace winnow

#endif  // WINNOW_STATS_TOKENS_VOCABULARY_H_
