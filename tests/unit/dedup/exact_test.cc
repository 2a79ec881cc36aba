// SPDX-License-Identifier: Apache-2.0
#include "dedup/exact.h"

#include <gtest/gtest.h>

#include <set>

#include "pipeline/error.h"
#include "tests/unit/dedup/random_prose.h"
#include "tests/unit/dedup/stage_harness.h"

namespace winnow {
namespace {

using testing::RandomProse;
using testing::StageHarness;

const std::string kHangulNfc = "\xED\x95\x9C\xEA\xB5\xAD\xEC\x96\xB4";
const std::string kHangulNfd =
    "\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB\xE1\x84\x80\xE1\x85\xAE\xE1\x86\xA8"
    "\xE1\x84\x8B\xE1\x85\xA5";

TEST(Exact, DropsTheSameWords) {
  StageHarness exact(ExactSpec());
  EXPECT_TRUE(exact.Decide("Hello, world!").kept());
  const Verdict verdict = exact.Decide("hello   WORLD");
  ASSERT_FALSE(verdict.kept());
  EXPECT_EQ(exact.stage().reasons()[verdict.reason], "duplicate");
  EXPECT_TRUE(exact.Decide("world hello").kept());
  EXPECT_TRUE(exact.Decide("helloworld").kept());
  EXPECT_TRUE(exact.Decide("hello world hello world").kept());
  EXPECT_TRUE(exact.Decide(kHangulNfc).kept());
  EXPECT_FALSE(exact.Decide(kHangulNfd).kept());
  EXPECT_EQ(exact.Counter("documents"), 7U);
  EXPECT_EQ(exact.Counter("duplicates"), 2U);
}

TEST(Exact, ComparesTextsWithoutWordsAsTheyAre) {
  StageHarness exact(ExactSpec());
  EXPECT_TRUE(exact.Decide("").kept());
  EXPECT_TRUE(exact.Decide("...").kept());
  EXPECT_TRUE(exact.Decide("!!!").kept());
  EXPECT_TRUE(exact.Decide(" ").kept());
  EXPECT_TRUE(exact.Decide("\xF0\x9F\x91\x8D").kept());
  EXPECT_TRUE(exact.Decide("\xF0\x9F\x91\x8E").kept());
  EXPECT_FALSE(exact.Decide("...").kept());
  EXPECT_FALSE(exact.Decide("").kept());
  EXPECT_EQ(exact.Counter("documents_without_words"), 8U);
}

TEST(Exact, ComparesBytesWhenAsked) {
  StageHarness exact(ExactSpec(), {{"normalize", "raw"}});
  EXPECT_EQ(exact.stage().needs(), AnalysisNeeds::None());
  EXPECT_TRUE(exact.Decide("Hello, world!").kept());
  EXPECT_TRUE(exact.Decide("hello world").kept());
  EXPECT_TRUE(exact.Decide(kHangulNfc).kept());
  EXPECT_TRUE(exact.Decide(kHangulNfd).kept());
  EXPECT_FALSE(exact.Decide("hello world").kept());
}

TEST(Exact, AgreesWithASet) {
  RandomProse prose(1);
  StageHarness exact(ExactSpec());
  std::set<RandomProse::Text> seen;
  std::vector<RandomProse::Text> texts;
  for (int i = 0; i < 20000; ++i) {
    if (texts.size() < 100 || prose.Below(2) == 0) {
      texts.push_back(prose.Words(1 + prose.Below(20)));
    } else {
      texts.push_back(texts[prose.Below(texts.size())]);
    }
    EXPECT_EQ(exact.Decide(RandomProse::Join(texts.back())).kept(),
              seen.insert(texts.back()).second);
  }
}

TEST(Exact, StopsWhenFull) {
  StageHarness exact(ExactSpec(), {}, 2);
  exact.Decide("one");
  EXPECT_FALSE(exact.stage().Full());
  exact.Decide("two");
  EXPECT_TRUE(exact.stage().Full());
  // What needs no room still goes through.
  EXPECT_FALSE(exact.Decide("one").kept());
  try {
    exact.Decide("three");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kMemory);
  }
}

}  // namespace
}  // namespace winnow
