// SPDX-License-Identifier: Apache-2.0
// Words and sentences of a line, as C4's rules count them.
#include <gtest/gtest.h>

#include <string>

#include "filters/c4_sentences.h"
#include "filters/c4_words.h"
#include "pipeline/text/unicode.h"
#include "tests/unit/filters/python_text.h"
#include "tests/unit/filters/rule_text.h"

namespace winnow::testing {
namespace {

TEST(C4Words, AgreeWithSplit) {
  for (uint64_t seed = 0; seed < 400; ++seed) {
    Random random(seed);
    const std::string line = random.Below(2) == 0
                                 ? RandomText(&random, random.Below(300))
                                 : RuleText(&random, random.Below(30));
    const std::vector<U32> words = PySplit(Decode(line));
    for (const uint64_t n : {0U, 1U, 2U, 3U, 7U}) {
      EXPECT_EQ(HasWords(line, n), words.size() >= n) << seed;
    }
    size_t longest = 0;
    for (const U32& word : words) longest = std::max(longest, word.size());
    for (const uint64_t chars : {0U, 1U, 2U, 5U, 20U, 1000U}) {
      EXPECT_EQ(HasLongWord(line, chars), longest > chars)
          << seed << " " << chars;
    }
    EXPECT_FALSE(HasLongWord(line, longest)) << seed;
    if (longest > 0) {
      EXPECT_TRUE(HasLongWord(line, longest - 1)) << seed;
    }
  }
}

TEST(C4Sentences, TerminalRuns) {
  const struct {
    const char* line;
    uint32_t sentences;
  } kCases[] = {
      {"", 1},
      {"No end", 1},
      {"One. Two! Three? tail", 3},
      {"Wait... what?! Yes", 2},
      {"He said \"no.\" She left.", 2},
      {"U.S. law", 1},  // nothing else ends it
      {"In the U.S. it is law.", 1},
      {"Plan B.", 1},
      {"Is it Plan B. or A. then?", 1},
      {".", 1},
      {"..", 1},
      {"...", 1},
      {"a. .b", 2},
      {"\uBC14\uB2E4\uB85C \uAC04\uB2E4. \uB098\uBB34\uB3C4 "
       "\uC790\uB780\uB2E4.",
       2},
      {"\u5DDD\u3002\u6D77\u3002", 2},
  };
  C4Sentences space(Profile::kSpace);
  for (const auto& one : kCases) {
    EXPECT_EQ(CountTerminalRuns(one.line, 1000), one.sentences) << one.line;
    EXPECT_EQ(space.Count(one.line, 1), 1U) << one.line;
    EXPECT_EQ(CountTerminalRuns(one.line, 0), 0U) << one.line;
  }
}

TEST(C4Sentences, SpacyProfile) {
  C4Sentences spacy(Profile::kSpacyEn);
  EXPECT_EQ(spacy.Count("Wait... what? Yes!! No.", 100), 3U);
  EXPECT_EQ(spacy.Count("Dr. Smith went to the U.S. in 1999. He left.", 100),
            2U);
  EXPECT_EQ(spacy.Count("One. Two. Three.", 2), 2U);
}

}  // namespace
}  // namespace winnow::testing
