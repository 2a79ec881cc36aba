// SPDX-License-Identifier: Apache-2.0
// A list of words, and how many different ones of them a document has. Looked
// up by the hash that the analysis made of each word, then by its bytes:
// exact, and case counts.
#ifndef WINNOW_FILTERS_STOP_WORDS_H_
#define WINNOW_FILTERS_STOP_WORDS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/text/analysis.h"

namespace winnow {

class StopWords {
 public:
  // Words given twice count once.
  explicit StopWords(const std::vector<std::string>& words);

  size_t size() const { return words_.size(); }

  // Different stop words among `words` (of `text`), counted until there are
  // `at_most`. `seen` is scratch.
  uint64_t CountDistinct(std::string_view text, const Words& words,
                         uint64_t at_most, std::vector<uint8_t>* seen) const;

 private:
  struct Slot {
    uint64_t hash = 0;
    uint32_t index = 0;  // into words_, plus 1; 0 is free
  };
  std::vector<std::string> words_;
  std::vector<Slot> slots_;  // a power of two, at most a quarter full
  unsigned shift_ = 0;       // the top bits of a hash are its home
};

}  // namespace winnow

#endif  // WINNOW_FILTERS_STOP_WORDS_H_
