// SPDX-License-Identifier: Apache-2.0
// The slow twin of the spacy_en profile and of the sentencizer: chunk by chunk
// through the exact tokenizer, without scan, fast paths, word filter or cache;
// and hostile text for the comparison.
#ifndef WINNOW_TESTS_UNIT_TEXT_SPACY_TWIN_H_
#define WINNOW_TESTS_UNIT_TEXT_SPACY_TWIN_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pipeline/text/analysis.h"
#include "tests/unit/text/random_text.h"

namespace winnow::testing {

Words SlowSpacyWords(std::string_view text);

std::vector<std::pair<uint32_t, uint32_t>> SlowSentences(std::string_view text);

// About `parts` pieces: words, special cases, numbers, signs, foreign letters
// and, with a chance of one in `gap`, white space between them.
std::string HostileText(Random* random, size_t parts, uint64_t gap);

std::vector<std::string> Tokens(std::string_view text, const Words& words);

}  // namespace winnow::testing

#endif  // WINNOW_TESTS_UNIT_TEXT_SPACY_TWIN_H_
