// SPDX-License-Identifier: Apache-2.0
// Word n-grams that occur more than once, for n = 2, 3, 4 ... in turn.
//
// An n-gram can only repeat where both (n-1)-grams in it repeat, so only pairs
// of words are looked up everywhere; each longer n looks at what is left, which
// in ordinary text is little. An n-gram is named by the position of its first
// occurrence, and an (n+1)-gram is the pair of the names of its two halves: no
// hash decides equality beyond the hashes of single words.
#ifndef WINNOW_FILTERS_REPEATED_NGRAMS_H_
#define WINNOW_FILTERS_REPEATED_NGRAMS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "filters/first_seen_table.h"
#include "pipeline/text/analysis.h"

namespace winnow {

// Keeps and reuses its memory; one for each worker.
class RepeatedNgrams {
 public:
  // The most common n-gram; of several, the one seen first. Overlapping
  // occurrences count. In a text without repeats it is the first one.
  struct Top {
    uint32_t first = 0;  // index of the first word of its first occurrence
    uint32_t count = 1;
  };

  // Begins with the pairs of `words`, which must stay as they are.
  void Start(const Words& words);
  // Goes from n to n + 1.
  void Lengthen();

  unsigned n() const { return n_; }
  const Top& top() const { return top_; }
  // Whether an n-gram occurs twice. If not, no longer one does.
  bool any() const { return any_; }

  // Characters in words of repeated n-grams, found by a walk: an n-gram met
  // before counts and is jumped over, another is remembered, and the walk goes
  // on with the next word.
  uint64_t WalkDuplicateChars();

  // Characters of the n words at `first`.
  uint64_t Chars(uint32_t first) const;

 private:
  bool IsRepeated(uint32_t position) const {
    return (repeated_[position / 64] >> (position % 64) & 1) != 0;
  }
  void Count(uint32_t first, uint32_t position);

  const Words* words_ = nullptr;
  unsigned n_ = 0;
  bool any_ = false;
  Top top_;
  FirstSeenTable table_;
  // Bit i: the n-gram at word i repeats. A word more than needed, so that bit
  // i + 1 can be read.
  std::vector<uint64_t> repeated_;
  std::vector<uint64_t> candidates_;
  std::vector<uint64_t> met_;       // by name, in the walk
  std::vector<uint32_t> name_;      // of the n-gram at i, where it repeats
  std::vector<uint32_t> old_name_;  // of the (n-1)-gram
  std::vector<uint32_t> count_;     // by name, of those that repeat
};

}  // namespace winnow

#endif  // WINNOW_FILTERS_REPEATED_NGRAMS_H_
