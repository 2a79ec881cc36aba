// SPDX-License-Identifier: Apache-2.0
// The analyser against its oracle and against cases written by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/text/analysis.h"
#include "pipeline/text/hash.h"
#include "tests/unit/text/analysis_oracle.h"
#include "tests/unit/text/corpus_text.h"
#include "tests/unit/text/random_text.h"

namespace winnow::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr AnalysisNeeds kAll = AnalysisNeeds::Lines() |
                               AnalysisNeeds::Words(Profile::kSpace) |
                               AnalysisNeeds::Words(Profile::kAlnum);

std::vector<std::string> Strings(const Analysis& a, Profile p) {
  std::vector<std::string> words;
  for (size_t i = 0; i < a.word(p).size(); ++i) {
    words.emplace_back(a.Slice(a.word(p).begin[i], a.word(p).end[i]));
  }
  return words;
}

std::vector<std::string> Alnum(std::string_view text) {
  Analyzer analyzer(kAll);
  return Strings(analyzer.Analyze(text), Profile::kAlnum);
}

std::vector<std::string> Space(std::string_view text) {
  Analyzer analyzer(kAll);
  return Strings(analyzer.Analyze(text), Profile::kSpace);
}

std::vector<std::string> SplitLines(std::string_view text) {
  Analyzer analyzer(kAll);
  const Analysis& a = analyzer.Analyze(text);
  std::vector<std::string> lines;
  for (const Line& line : a.split_lines) {
    lines.emplace_back(a.Slice(line.begin, line.end));
  }
  return lines;
}

std::vector<uint64_t> Folded(std::string_view text) {
  Analyzer analyzer(kAll);
  return analyzer.Analyze(text).word(Profile::kAlnum).folded;
}

TEST(AnalyzerTest, EmptyText) {
  Analyzer analyzer(kAll);
  const Analysis& a = analyzer.Analyze("");
  EXPECT_EQ(a.counts.bytes, 0U);
  EXPECT_EQ(a.counts.words, 0U);
  ASSERT_THAT(a.lines, SizeIs(1));
  EXPECT_EQ(a.lines[0].next, 0U);
  EXPECT_THAT(a.split_lines, IsEmpty());
  EXPECT_EQ(a.word(Profile::kSpace).size(), 0U);
  EXPECT_EQ(a.word(Profile::kAlnum).size(), 0U);
}

TEST(AnalyzerTest, SpaceWordsFollowPython) {
  EXPECT_THAT(Space(" a\tb\x1c"
                    "c\u00a0d\u2003e\u3000f\u200bg\x7f "),
              ElementsAre("a", "b", "c", "d", "e", "f\u200bg\x7f"));
}

TEST(AnalyzerTest, AlnumWords) {
  EXPECT_THAT(Alnum("Don't stop_me 3.14 x2"),
              ElementsAre("Don", "t", "stop", "me", "3", "14", "x2"));
}

TEST(AnalyzerTest, HangulFormsWordsAndHanDoesNot) {
  EXPECT_THAT(Alnum("\uD55C\uAD6D\uC5B4 text\u6F22\u5B57\uC758 \u304B\u3099x"),
              ElementsAre("\uD55C\uAD6D\uC5B4", "text", "\u6F22", "\u5B57",
                          "\uC758", "\u304B\u3099", "x"));
}

TEST(AnalyzerTest, MarksStayWithTheirBase) {
  // Thai KO KAI with two marks; a mark after a space and after an emoji.
  EXPECT_THAT(Alnum("\u0E01\u0E34\u0E48\u0E01 e\u0301a \u0301 \u2764\uFE0Fb"),
              ElementsAre("\u0E01\u0E34\u0E48", "\u0E01", "e\u0301a", "b"));
}

TEST(AnalyzerTest, SplitLinesFollowPython) {
  EXPECT_THAT(SplitLines("a\r\nb\rc\n\nd\x0b"
                         "e\x1c"
                         "f\u0085g\u2028h\u2029"),
              ElementsAre("a", "b", "c", "", "d", "e", "f", "g", "h"));
  EXPECT_THAT(SplitLines("\n"), ElementsAre(""));
  EXPECT_THAT(SplitLines("\n\r"), ElementsAre("", ""));
  EXPECT_THAT(SplitLines("a\x1f"
                         "b"),
              ElementsAre("a\x1f"
                          "b"));
}

TEST(AnalyzerTest, EllipsesFollowPythonsCount) {
  Analyzer analyzer(AnalysisNeeds::None());
  const auto count = [&](std::string_view text) {
    EXPECT_EQ(analyzer.Count(text).ellipses,
              analyzer.Analyze(text).counts.ellipses);
    return analyzer.Count(text).ellipses;
  };
  EXPECT_EQ(count(".."), 0U);
  EXPECT_EQ(count("....."), 1U);
  EXPECT_EQ(count("......"), 2U);
  EXPECT_EQ(count("..\n...."), 1U);
  EXPECT_EQ(count("\u2026...\u2026"), 3U);
  // A run over block borders counts as one run.
  for (size_t at = 0; at < 140; ++at) {
    EXPECT_EQ(count(std::string(at, 'x') + "......." + std::string(70, 'x')),
              2U);
  }
  EXPECT_EQ(count(std::string(100000, '.')), 33333U);
}

TEST(AnalyzerTest, FlagsTellLettersAndPunctuation) {
  Analyzer analyzer(kAll);
  const auto& flags =
      analyzer.Analyze("ab 12 -- a1 \u2022 \uFF11 \u00E9 ##\u00E9")
          .word(Profile::kSpace)
          .flags;
  EXPECT_THAT(flags,
              ElementsAre(kWordHasAlpha | kWordHasNonPunct, kWordHasNonPunct, 0,
                          kWordHasAlpha | kWordHasNonPunct, kWordHasNonPunct, 0,
                          kWordHasAlpha | kWordHasNonPunct,
                          kWordHasAlpha | kWordHasNonPunct));
}

TEST(AnalyzerTest, NfcAndNfdFoldAlike) {
  EXPECT_EQ(Folded("\uD55C\uAE00 Caf\u00C9 \u1E69 \u304C\u212B"),
            Folded("\u1112\u1161\u11AB\u1100\u1173\u11AF cafe\u0301 "
                   "s\u0307\u0323 \u304B\u3099A\u030A"));
  EXPECT_THAT(Folded("ABC"), ElementsAre(Hash64("abc")));
}

// One block after another of the same document must not depend on where the
// text lies in memory or in the block.
TEST(AnalyzerTest, EveryLengthAndAlignment) {
  Analyzer analyzer(kAll);
  Random random(7);
  for (size_t size = 0; size <= 300; ++size) {
    const size_t at = size % 64;
    // Exactly as long as needed, so that sanitizers see a read beyond.
    const std::unique_ptr<char[]> memory(new char[at + size]);
    const std::string text = RandomText(&random, size);
    text.copy(memory.get() + at, size);
    ExpectSameAsOracle(analyzer.Analyze({memory.get() + at, size}));
    if (HasFailure()) return;
  }
}

TEST(AnalyzerTest, RandomTextAgreesWithOracle) {
  Analyzer analyzer(kAll);
  for (uint64_t seed = 1; seed <= 20000; ++seed) {
    Random random(seed);
    const std::string text = RandomText(&random, random.Below(220));
    ExpectSameAsOracle(analyzer.Analyze(text));
    if (HasFailure()) FAIL() << "seed " << seed;
  }
}

TEST(AnalyzerTest, LongRandomTextAgreesWithOracle) {
  Analyzer analyzer(kAll);
  for (uint64_t seed = 1; seed <= 12; ++seed) {
    Random random(seed);
    const std::string text = RandomText(&random, 20000 + random.Below(50000));
    ExpectSameAsOracle(analyzer.Analyze(text));
    if (HasFailure()) FAIL() << "seed " << seed;
  }
}

TEST(AnalyzerTest, HugeWordsAndLines) {
  Analyzer analyzer(kAll);
  for (const std::string_view unit :
       {"a", "A", "1", "\uAC00", "\u6F22", "\u00E9", "a\u0301", "\u0301\u0323",
        " ", "\n", "\r\n", "\u2028", ".", "\U0001F600", "\u0E01\u0E34"}) {
    std::string text;
    while (text.size() < 70000) text += unit;
    ExpectSameAsOracle(analyzer.Analyze(text + " x"));
    ExpectSameAsOracle(analyzer.Analyze("y" + text));
  }
}

TEST(AnalyzerTest, NeedsAreObeyed) {
  const std::string text = "One two.\nThree \u6F22";
  for (const AnalysisNeeds needs :
       {AnalysisNeeds::None(), AnalysisNeeds::Lines(),
        AnalysisNeeds::Words(Profile::kSpace),
        AnalysisNeeds::Words(Profile::kAlnum)}) {
    Analyzer analyzer(needs);
    const Analysis& a = analyzer.Analyze(text);
    ExpectSameAsOracle(a);
    EXPECT_EQ(a.filled, needs);
    EXPECT_EQ(a.lines.empty(), !needs.has(AnalysisNeeds::Lines()));
  }
}

// Whatever was asked for before, in one text or the one before it.
TEST(AnalyzerTest, RequireInSteps) {
  constexpr AnalysisNeeds kSteps[] = {
      AnalysisNeeds::Lines(), AnalysisNeeds::Words(Profile::kSpace),
      AnalysisNeeds::Words(Profile::kAlnum),
      AnalysisNeeds::Words(Profile::kSpacyEn), AnalysisNeeds::None()};
  Analyzer steps(kAll);
  Analyzer whole(kAll | AnalysisNeeds::Words(Profile::kSpacyEn));
  for (uint64_t seed = 1; seed <= 500; ++seed) {
    Random random(seed);
    const std::string text = RandomText(&random, random.Below(300));
    const Words& want = whole.Analyze(text).word(Profile::kSpacyEn);
    steps.Begin(text);
    for (uint64_t n = 1 + random.Below(6); n > 0; --n) {
      const Analysis& a =
          steps.Require(kSteps[random.Below(5)] | kSteps[random.Below(5)]);
      if (a.filled == AnalysisNeeds::None()) continue;
      ExpectSameAsOracle(a);
      if (a.filled.has(AnalysisNeeds::Words(Profile::kSpacyEn))) {
        EXPECT_EQ(a.word(Profile::kSpacyEn).raw, want.raw);
      }
    }
    if (HasFailure()) FAIL() << "seed " << seed;
  }
}

TEST(AnalyzerTest, CountAloneLeavesTheAnalysis) {
  Analyzer analyzer(kAll);
  const Analysis& a = analyzer.Analyze("one two\nthree");
  const TextCounts counts = analyzer.Count("x # y");
  EXPECT_EQ(counts.words, 3U);
  EXPECT_EQ(counts.hashes, 1U);
  ExpectSameAsOracle(a);
}

class RealText
    : public ::testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(RealText, AgreesWithOracle) {
  const std::vector<std::string> texts =
      CorpusText(GetParam().first, GetParam().second, 1 << 21);
  if (texts.empty()) GTEST_SKIP() << "no corpus " << GetParam().first;
  Analyzer analyzer(kAll);
  for (const std::string& text : texts) {
    ExpectSameAsOracle(analyzer.Analyze(text));
    if (HasFailure()) return;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Corpora, RealText,
    ::testing::Values(std::pair("docs_ko", ".md"),
                      std::pair("subtitles_multilingual", ".srt"),
                      std::pair("html_mdn", ".html"),
                      std::pair("ota_versions", ".jsonl")),
    [](const auto& part) { return std::string(part.param.first); });

}  // namespace
}  // namespace winnow::testing
