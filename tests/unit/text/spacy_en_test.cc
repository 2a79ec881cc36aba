// SPDX-License-Identifier: Apache-2.0
#include "pipeline/text/spacy_en.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

#include "pipeline/json_reader.h"
#include "pipeline/text/hash.h"
#include "tests/corpora.h"
#include "tests/unit/text/spacy_twin.h"

namespace winnow {
namespace {

using ::testing::ElementsAre;
using testing::HostileText;
using ::testing::IsEmpty;
using testing::Random;
using testing::SlowSpacyWords;
using testing::Tokens;

std::vector<std::string> Tokenize(std::string_view text) {
  SpacyEnTokenizer tokenizer;
  Words words;
  tokenizer.Tokenize(text, &words);
  return Tokens(text, words);
}

void ExpectSame(const Words& a, const Words& b, std::string_view text) {
  ASSERT_EQ(Tokens(text, a), Tokens(text, b)) << text.substr(0, 2000);
  ASSERT_EQ(a.begin, b.begin);
  ASSERT_EQ(a.end, b.end);
  ASSERT_EQ(a.chars, b.chars);
  ASSERT_EQ(a.flags, b.flags);
  ASSERT_EQ(a.raw, b.raw);
  ASSERT_THAT(a.folded, IsEmpty());
}

// What spaCy gave for our own texts: tests/oracle/spacy_oracle.py --vectors.
TEST(SpacyEnTest, Vectors) {
  std::ifstream in(WINNOW_SOURCE_DIR "/tests/data/text/spacy_tokens.jsonl");
  SpacyEnTokenizer tokenizer;
  Words words;
  size_t lines = 0;
  for (std::string line; std::getline(in, line); ++lines) {
    const JsonValue value = JsonValue::Parse(line, "spacy_tokens.jsonl");
    const std::string& text = value.at("text").String();
    std::vector<std::string> expected;
    for (const JsonValue& token : value.at("tokens").elements()) {
      expected.push_back(token.String());
    }
    tokenizer.Tokenize(text, &words);
    EXPECT_EQ(Tokens(text, words), expected) << text;
  }
  EXPECT_EQ(lines, 320U);
}

// A match across one space is not merged, but hides those inside the chunks.
TEST(SpacyEnTest, MatchAcrossOneSpaceHidesOthers) {
  EXPECT_THAT(Tokenize("x:) y"), ElementsAre("x", ":)", "y"));
  EXPECT_THAT(Tokenize("x:) )"), ElementsAre("x", ":", ")", ")"));
  EXPECT_THAT(Tokenize("x:)  )"), ElementsAre("x", ":)", ")"));
  EXPECT_THAT(Tokenize("x:)\n)"), ElementsAre("x", ":)", ")"));
  EXPECT_THAT(Tokenize("x' ''y"), ElementsAre("x", "'", "'", "'", "y"));
}

// The cache must not remember a chunk without what stood around it.
TEST(SpacyEnTest, ContextIsNotCached) {
  SpacyEnTokenizer tokenizer;
  Words words;
  for (int i = 0; i < 3; ++i) {
    tokenizer.Tokenize("x:) )", &words);
    EXPECT_EQ(words.size(), 4U);
    tokenizer.Tokenize("x:) y", &words);
    EXPECT_EQ(words.size(), 3U);
  }
}

TEST(SpacyEnTest, Flags) {
  SpacyEnTokenizer tokenizer;
  Words words;
  tokenizer.Tokenize(
      "Word, 12 \xC2\xA3"
      "5 :D ... \u00E9 \u2605 \uFF11",
      &words);
  EXPECT_THAT(words.flags, ElementsAre(3, 0, 2, 2, 2, 3, 0, 3, 2, 0));
  EXPECT_THAT(words.chars, ElementsAre(4, 1, 2, 1, 1, 2, 3, 1, 1, 1));
}

TEST(SpacyEnTest, Counts) {
  SpacyEnTokenizer tokenizer;
  Words words;
  tokenizer.Tokenize("Plain words, don't don't x:) )", &words);
  EXPECT_EQ(tokenizer.counts().chunks, 6U);
  EXPECT_EQ(tokenizer.counts().simple, 2U);
  EXPECT_EQ(tokenizer.counts().cached, 1U);
}

// Nothing reaches over a line feed: an analyser may keep tokens by line.
TEST(SpacyEnTest, LinesAreIndependent) {
  SpacyEnTokenizer tokenizer;
  Words words;
  for (uint64_t seed = 1; seed <= 300; ++seed) {
    Random random(seed);
    const std::string text = HostileText(&random, 150, 3);
    std::vector<std::string> by_line;
    for (size_t pos = 0; pos <= text.size();) {
      const size_t end = std::min(text.find('\n', pos), text.size());
      const std::string line = text.substr(pos, end - pos);
      tokenizer.Tokenize(line, &words);
      for (std::string& token : Tokens(line, words)) by_line.push_back(token);
      pos = end + 1;
    }
    tokenizer.Tokenize(text, &words);
    ASSERT_EQ(Tokens(text, words), by_line) << text;
  }
}

TEST(SpacyEnTest, EmptyAndWhite) {
  for (const char* text : {"", " ", "\n\n", " \u3000\t", "\xC2\xA0"}) {
    EXPECT_THAT(Tokenize(text), IsEmpty());
  }
}

TEST(SpacyEnTest, EqualsSlowTwinOnHostileText) {
  SpacyEnTokenizer tokenizer;
  SpacyEnTokenizer small_cache(0);
  Words words;
  for (uint64_t seed = 1; seed <= 1500; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const std::string text =
        HostileText(&random, random.Below(400), 2 + random.Below(8));
    const Words expected = SlowSpacyWords(text);
    tokenizer.Tokenize(text, &words);
    ASSERT_NO_FATAL_FAILURE(ExpectSame(words, expected, text));
    small_cache.Tokenize(text, &words);
    ASSERT_NO_FATAL_FAILURE(ExpectSame(words, expected, text));
  }
}

// Words of every length at every place of the scanner's blocks.
TEST(SpacyEnTest, EqualsSlowTwinAcrossBlocks) {
  SpacyEnTokenizer tokenizer;
  Words words;
  for (size_t size = 1; size <= 150; ++size) {
    for (const char* behind : {"", ",", ".", "..", "\u2019s", "\u3000x"}) {
      std::string text(size % 67, ' ');
      while (text.size() < 9000) {
        text.append(size, 'w');
        text += behind;
        text += text.size() % 3 == 0 ? "\n" : " ";
      }
      tokenizer.Tokenize(text, &words);
      ASSERT_NO_FATAL_FAILURE(ExpectSame(words, SlowSpacyWords(text), text));
    }
  }
}

// A megabyte without white space, made of what the rules look at: all of it in
// linear time, or this test does not end.
TEST(SpacyEnTest, HugeChunks) {
  SpacyEnTokenizer tokenizer;
  Words words;
  for (const std::string_view part :
       {"a",     "(",       ")",        ".",      "a.",     "a.a",     "@",
        "@a.bc", ":",       "'",        "''",     ":)",     "-",       "a-",
        "a--",   "http://", "1",        "1km",    "\u2026", "\u2019s", "a,",
        "U",     "US$",     "\u00B0C.", "\u4E2D", "'s"}) {
    std::string text;
    while (text.size() < (1 << 20)) text += part;
    tokenizer.Tokenize(text, &words);
    ASSERT_FALSE(words.begin.empty());
    EXPECT_EQ(words.begin.front(), 0U);
    EXPECT_EQ(words.end.back(), text.size());
  }
}

// The same between chunks that the second pass looks at together.
TEST(SpacyEnTest, HugeRunsOfContext) {
  SpacyEnTokenizer tokenizer;
  Words words;
  for (const std::string_view part : {"x'' ", "x:) ", ":)) ) ", "' ' "}) {
    std::string text;
    while (text.size() < (1 << 20)) text += part;
    tokenizer.Tokenize(text, &words);
    EXPECT_GT(words.size(), text.size() / 4);
  }
}

TEST(SpacyEnTest, EqualsSlowTwinOnRealText) {
  const auto folder = testing::CorpusDir("versioned_docs");
  if (!folder) GTEST_SKIP() << "corpus versioned_docs is absent";
  SpacyEnTokenizer tokenizer;
  Words words;
  size_t bytes = 0;
  for (const auto& file : testing::FilesBelow(*folder, ".md")) {
    const std::string text = testing::ReadWholeFile(file);
    tokenizer.Tokenize(text, &words);
    ASSERT_NO_FATAL_FAILURE(ExpectSame(words, SlowSpacyWords(text), text));
    bytes += text.size();
    if (bytes > (2 << 20)) return;
  }
}

}  // namespace
}  // namespace winnow
