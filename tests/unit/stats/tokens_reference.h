// SPDX-License-Identifier: Apache-2.0
// The slow twin of the token counter, written straight from the published
// definitions and from nothing of stats/tokens/: the patterns as lists of
// character sets with repetitions, matched with backtracking, and byte-pair
// encoding as "join the pair with the lowest rank, leftmost first" on strings.
#ifndef WINNOW_TESTS_UNIT_STATS_TOKENS_REFERENCE_H_
#define WINNOW_TESTS_UNIT_STATS_TOKENS_REFERENCE_H_

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace winnow::testing {

// Pieces of `text` for an encoding such as "o200k_base".
std::vector<std::string> ReferencePieces(const std::string& encoding,
                                         std::string_view text);

class ReferenceTokenizer {
 public:
  // Reads DATA_DIR/vocab/ENCODING.tiktoken without checks.
  ReferenceTokenizer(const std::string& encoding, const std::string& data_dir);

  std::vector<uint32_t> EncodePiece(const std::string& piece) const;
  std::vector<uint32_t> Encode(std::string_view text) const;
  // Remembers the counts of pieces, to get through a corpus.
  uint64_t Count(std::string_view text);

  const std::unordered_map<std::string, uint32_t>& ranks() const {
    return ranks_;
  }

 private:
  std::string encoding_;
  std::unordered_map<std::string, uint32_t> ranks_;
  std::unordered_map<std::string, uint64_t> counts_;
};

// `characters` characters drawn from every class that a pattern tells apart:
// apostrophes and contractions, cases, digits, kinds of white space, marks,
// kana, Hangul, emoji. The mix changes from text to text.
std::string RandomClassMix(std::mt19937_64* random, size_t characters);

}  // namespace winnow::testing

#endif  // WINNOW_TESTS_UNIT_STATS_TOKENS_REFERENCE_H_
