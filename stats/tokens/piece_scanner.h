// SPDX-License-Identifier: Apache-2.0
// Pre-tokenisation: cuts text into token pieces exactly as the published
// regular expressions of the OpenAI encodings do, by hand-written rules
// (openai/tiktoken : tiktoken_ext/openai_public.py). No token crosses the
// border of a piece.
//
// One piece at a time, in order. A piece depends on the text from its
// beginning on and never on what stands before it. Linear: a character is read
// a small constant number of times.
#ifndef WINNOW_STATS_TOKENS_PIECE_SCANNER_H_
#define WINNOW_STATS_TOKENS_PIECE_SCANNER_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace winnow {

enum class TokenPattern : uint8_t {
  kGpt2,    // r50k_base, p50k_base
  kCl100k,  // cl100k_base
  kO200k,   // o200k_base
};

// End of the piece that begins at `pos`. REQUIRES: pos < text.size().
template <TokenPattern kPattern>
size_t PieceEnd(std::string_view text, size_t pos);

extern template size_t PieceEnd<TokenPattern::kGpt2>(std::string_view, size_t);
extern template size_t PieceEnd<TokenPattern::kCl100k>(std::string_view,
                                                       size_t);
extern template size_t PieceEnd<TokenPattern::kO200k>(std::string_view, size_t);

inline size_t PieceEnd(TokenPattern pattern, std::string_view text,
                       size_t pos) {
  switch (pattern) {
    case TokenPattern::kGpt2:
      return PieceEnd<TokenPattern::kGpt2>(text, pos);
    case TokenPattern::kCl100k:
      return PieceEnd<TokenPattern::kCl100k>(text, pos);
    case TokenPattern::kO200k:
      break;
  }
  return PieceEnd<TokenPattern::kO200k>(text, pos);
}

}  // namespace winnow

#endif  // WINNOW_STATS_TOKENS_PIECE_SCANNER_H_
