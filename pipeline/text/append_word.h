// SPDX-License-Identifier: Apache-2.0
// Describes one word by reading its bytes: the plain way, for profiles that
// find their words one by one and for the rare word a kernel cannot take.
#ifndef WINNOW_PIPELINE_TEXT_APPEND_WORD_H_
#define WINNOW_PIPELINE_TEXT_APPEND_WORD_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "pipeline/text/analysis.h"

namespace winnow {

struct WordFacts {
  uint32_t chars = 0;
  uint8_t flags = 0;  // WordFlag
};

WordFacts DescribeWord(std::string_view word);

// Empties every array and keeps its memory.
void ClearWords(Words* words);

// Appends text[begin, end) with all arrays but `folded`; nothing when empty.
void AppendWord(std::string_view text, size_t begin, size_t end, Words* words);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_TEXT_APPEND_WORD_H_
