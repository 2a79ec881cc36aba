// SPDX-License-Identifier: Apache-2.0
#ifndef WINNOW_STATS_TOKENS_PAIR_COUNT_H_
#define WINNOW_STATS_TOKENS_PAIR_COUNT_H_

#include <cstdint>

namespace winnow {

// Tokens of one span of text, for the first and, if there is one, the second
// of the vocabularies that are counted together.
struct PairCount {
  uint64_t first = 0;
  uint64_t second = 0;

  PairCount& operator+=(PairCount other) {
    first += other.first;
    second += other.second;
    return *this;
  }
};

}  // namespace winnow

#endif  // WINNOW_STATS_TOKENS_PAIR_COUNT_H_
