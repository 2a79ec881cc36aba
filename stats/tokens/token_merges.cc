// SPDX-License-Identifier: Apache-2.0
#include "stats/tokens/token_merges.h"

#include <algorithm>
#include <bit>
#include <string>

#include "pipeline/error.h"

namespace winnow {

TokenMerges::TokenMerges(std::string_view name, const TokenList& tokens) {
  const auto corrupt = [&](const std::string& what) {
    return Error(ErrorKind::kCorruption,
                 "vocabulary " + std::string(name) + ": " + what +
                     ": it is not a byte-pair vocabulary that can be counted");
  };
  byte_token_.fill(kNoToken);
  splits_.resize(tokens.size(), {kNoToken, kNoToken});
  const size_t slots = std::bit_ceil(tokens.size() * 2 + 2);
  pairs_.assign(slots, kEmpty);
  mask_ = slots - 1;
  shift_ = 64 - static_cast<unsigned>(std::bit_width(mask_));
  for (uint32_t id = 0; id < tokens.size(); ++id) {
    if (tokens[id].size() != 1) continue;
    byte_token_[static_cast<unsigned char>(tokens[id][0])] = id;
    splits_[id] = {id, id};
  }
  if (std::ranges::count(byte_token_, kNoToken) != 0) {
    throw corrupt("a byte has no token");
  }
  // Tokens in the order of their ids: by the time a token comes, every token
  // that it can be made of has its pair.
  std::vector<uint32_t> parts;
  for (uint32_t id = 0; id < tokens.size(); ++id) {
    if (tokens[id].size() < 2) continue;
    parts.clear();
    for (const char c : tokens[id]) {
      parts.push_back(OfByte(static_cast<unsigned char>(c)));
    }
    while (parts.size() > 2) {
      uint32_t best = kNoToken;
      size_t at = 0;
      for (size_t i = 0; i + 1 < parts.size(); ++i) {
        const uint32_t joined = Join(parts[i], parts[i + 1]);
        if (joined < best) {
          best = joined;
          at = i;
        }
      }
      if (best == kNoToken) break;
      parts[at] = best;
      parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(at) + 1);
    }
    if (parts.size() != 2 || parts[0] >= tokens.size() ||
        (tokens[parts[0]].size() > 1 && parts[0] >= id) ||
        (tokens[parts[1]].size() > 1 && parts[1] >= id) ||
        Join(parts[0], parts[1]) != kNoToken) {
      throw corrupt("token " + std::to_string(id) + " cannot be reached");
    }
    Add(parts[0], parts[1], id);
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
