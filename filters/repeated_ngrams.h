// SPDX-License-Identifier: Apache-2.0
// Word n-grams that occur more than once, for n = 2, 3, 4 ... in turn.
//
// An n-gram can only repeat where both (n-1)-grams in it repeat, so only pairs
// of words are looked up everywhere; each longer n looks at what is left, which
// in ordinary text is little. An n-gram is named by the position of its first
// occurrence, and an (n+1)-gram is the pair of the names of its two halves: no
// hash decides equality beyond the hashes of single words.
//
// Whether a word repeats is as good as random, so the loops over words have no
// branch on it.
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
  // n is at most this.
  static constexpr unsigned kMaxN = 255;

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
  bool any() const { return top_.count > 1; }

  // Characters in words of repeated n-grams, found by a walk: an n-gram met
  // before counts and is jumped over, another is remembered, and the walk goes
  // on with the next word.
  uint64_t WalkDuplicateChars();

  // Characters of the n words at `first`.
  uint64_t Chars(uint32_t first) const;

 private:
  // A later occurrence of the n-gram at `first`.
  struct Copy {
    uint32_t first;
    uint32_t position;
  };
  template <typename PairAt>
  void FindCopies(const PairAt& pair_at);
  void CountCopies(size_t copies);

  const Words* words_ = nullptr;
  unsigned n_ = 0;
  Top top_;
  FirstSeenTable table_;
  // Where n-grams may repeat, upwards: the first `candidates_` of `position_`.
  size_t candidates_ = 0;
  std::vector<uint32_t> position_;
  std::vector<Copy> copy_;
  // By position:
  std::vector<uint8_t> repeats_;    // the largest n whose n-gram here repeats
  std::vector<uint8_t> met_;        // by name: the n of the walk that met it
  std::vector<uint32_t> name_;      // of the n-gram here, where it repeats
  std::vector<uint32_t> old_name_;  // of the (n-1)-gram
  std::vector<uint32_t> count_;     // by name
};

}  // namespace winnow

#endif  // WINNOW_FILTERS_REPEATED_NGRAMS_H_
