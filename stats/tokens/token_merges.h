// SPDX-License-Identifier: Apache-2.0
// The merges of a byte-pair vocabulary. Byte-pair encoding joins, again and
// again, the leftmost adjacent pair whose joined token has the lowest id. A
// pair of bytes or tokens can only ever be joined into a token in the way in
// which the token's own bytes are joined last, so each token has one pair.
#ifndef WINNOW_STATS_TOKENS_TOKEN_MERGES_H_
#define WINNOW_STATS_TOKENS_TOKEN_MERGES_H_

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "stats/tokens/token_trie.h"
#include "stats/tokens/vocabulary_file.h"

namespace winnow {

class TokenMerges {
 public:
  // Throws Error(kCorruption), naming `name`, if a byte has no token, or if a
  // token's own bytes do not merge into it from tokens with lower ids: then
  // Compatible() would not hold.
  TokenMerges(std::string_view name, const TokenList& tokens);

  uint32_t OfByte(unsigned char c) const { return byte_token_[c]; }

  // The token that `left` and `right` join into, or kNoToken.
  uint32_t Join(uint32_t left, uint32_t right) const {
    const uint64_t key = uint64_t{left} << 18 | right;
    for (size_t i = Slot(key);; i = (i + 1) & mask_) {
      const uint64_t pair = pairs_[i];
      if (pair >> 18 == key) return static_cast<uint32_t>(pair) & kNoToken;
      if (pair == kEmpty) return kNoToken;
    }
  }

  // Whether byte-pair encoding of the bytes of `left` and `right` together
  // gives these two tokens.
  bool Compatible(uint32_t left, uint32_t right) const;

 private:
  static constexpr uint64_t kEmpty = ~uint64_t{0};

  struct Split {
    uint32_t left;
    uint32_t right;
  };

  size_t Slot(uint64_t key) const {
    return (key * 0x9E3779B97F4A7C15ULL) >> shift_;
  }
  void Add(uint32_t left, uint32_t right, uint32_t token);

  std::array<uint32_t, 256> byte_token_;
  std::vector<Split> splits_;    // of a one-byte token: itself, twice
  std::vector<uint64_t> pairs_;  // left, right, token, 18 bits each
  size_t mask_ = 0;
  unsigned shift_ = 0;
};

}  // namespace winnow

#endif  // WINNOW_STATS_TOKENS_TOKEN_MERGES_H_
