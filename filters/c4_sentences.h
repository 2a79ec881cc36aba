// SPDX-License-Identifier: Apache-2.0
// How many sentences a line has, for C4's rule of five.
#ifndef WINNOW_FILTERS_C4_SENTENCES_H_
#define WINNOW_FILTERS_C4_SENTENCES_H_

#include <cstdint>
#include <string_view>

#include "pipeline/text/analysis.h"

namespace winnow {

// Counts by runs of terminal punctuation, as huggingface/datatrove's fallback
// for languages without a sentence splitter does
// (src/datatrove/utils/word_tokenizers.py, WhitespaceTokenizer): a full stop
// after an upper-case letter ends nothing, unless nothing else ends the rest.
// At least 1; counts no further than `at_most`.
uint32_t CountTerminalRuns(std::string_view line, uint32_t at_most);

// Counts as the profile has it. One for each worker.
class C4Sentences {
 public:
  explicit C4Sentences(Profile profile) : profile_(profile) {}
  uint32_t Count(std::string_view line, uint32_t at_most);

 private:
  Profile profile_;
};

}  // namespace winnow

#endif  // WINNOW_FILTERS_C4_SENTENCES_H_
