// SPDX-License-Identifier: Apache-2.0
// Encoding goes from left to right by backtracking, as in github/rust-gems :
// crates/bpe/README.md. An encoding is the one of byte-pair encoding exactly
// if all its neighbours are compatible, and there is only one such. So: take
// the longest token at the position that is compatible with the one before it;
// if there is none, the token before it was too long. A position from which no
// way leads on is marked and never tried again, which makes it linear.
#include "stats/tokens/vocabulary.h"

#include <utility>

#include "pipeline/error.h"

namespace winnow {

Vocabulary::Vocabulary(const VocabularySpec& spec, const std::string& data_dir)
    : Vocabulary(
          spec, ParseTiktoken(spec.name, ReadVocabularyFile(spec, data_dir))) {}

Vocabulary::Vocabulary(const VocabularySpec& spec, TokenList tokens)
    : spec_(spec),
      tokens_(std::move(tokens)),
      trie_(tokens_),
      merges_(spec.name, tokens_) {}

size_t Vocabulary::EncodePiece(std::string_view piece, Scratch* scratch) const {
  std::vector<uint32_t>& stack = scratch->tokens;
  std::vector<uint64_t>& dead = scratch->dead;
  stack.clear();
  if (piece.empty()) return 0;
  dead.assign(piece.size() / 64 + 1, 0);
  size_t pos = 0;
  uint32_t token = trie_.Longest(piece);
  for (;;) {
    const size_t end = pos + tokens_.LengthOf(token);
    if ((dead[end / 64] >> (end % 64) & 1) == 0 &&
        (stack.empty() || merges_.Compatible(stack.back(), token))) {
      stack.push_back(token);
      if (end == piece.size()) return stack.size();
      pos = end;
      token = trie_.Longest(piece.substr(pos));
      continue;
    }
    token = trie_.NextPrefix(token);
    while (token == kNoToken) {
      // Byte tokens always lead through: only a broken vocabulary ends here.
      WINNOW_CHECK(!stack.empty());
      dead[pos / 64] |= uint64_t{1} << (pos % 64);
      token = stack.back();
      stack.pop_back();
      pos -= tokens_.LengthOf(token);
      token = trie_.NextPrefix(token);
    }
  }
}

uint64_t Vocabulary::CountText(std::string_view text, Scratch* scratch) const {
  uint64_t count = 0;
  for (size_t pos = 0; pos < text.size();) {
    const size_t end = PieceEnd(spec_.pattern, text, pos);
    count += EncodePiece(text.substr(pos, end - pos), scratch);
    pos = end;
  }
  return count;
}

}  // namespace winnow
