// SPDX-License-Identifier: Apache-2.0
// How many sentences a line has, for C4's rule of five.
#ifndef WINNOW_FILTERS_C4_SENTENCES_H_
#define WINNOW_FILTERS_C4_SENTENCES_H_

#include <cstdint>
#include <memory>
#include <string_view>

#include "pipeline/text/analysis.h"
#include "pipeline/text/sentences.h"

namespace winnow {

// Counts by runs of terminal punctuation, as huggingface/datatrove's fallback
// for languages without a sentence splitter does
// (src/datatrove/utils/word_tokenizers.py, WhitespaceTokenizer): a full stop
// after an upper-case letter ends nothing, unless nothing else ends the rest.
// At least 1; counts no further than `at_most`.
uint32_t CountTerminalRuns(std::string_view line, uint32_t at_most);

// Counts as the profile has it: spaCy's sentencizer, or terminal runs. One for
// each worker.
class C4Sentences {
 public:
  explicit C4Sentences(Profile profile);
  uint32_t Count(std::string_view line, uint32_t at_most);

 private:
  std::unique_ptr<Sentencizer> sentencizer_;  // null: by terminal runs
};

}  // namespace winnow

#endif  // WINNOW_FILTERS_C4_SENTENCES_H_
