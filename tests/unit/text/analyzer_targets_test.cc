// SPDX-License-Identifier: Apache-2.0
// The analysis on every instruction set that this machine can run, the scalar
// twin among them.
#include <gtest/gtest.h>
#include <hwy/targets.h>

#include <memory>
#include <string>
#include <vector>

#include "pipeline/text/analysis.h"
#include "pipeline/text/range_analyzer.h"
#include "pipeline/text/unicode.h"
#include "tests/unit/text/analysis_oracle.h"
#include "tests/unit/text/random_text.h"

namespace winnow::testing {
namespace {

constexpr AnalysisNeeds kAll = AnalysisNeeds::Lines() |
                               AnalysisNeeds::Words(Profile::kSpace) |
                               AnalysisNeeds::Words(Profile::kAlnum);

std::vector<int64_t> Targets() {
  std::vector<int64_t> targets = hwy::SupportedAndGeneratedTargets();
  if ((hwy::SupportedTargets() & HWY_SCALAR) == 0)
    targets.push_back(HWY_SCALAR);
  return targets;
}

class TargetTest : public ::testing::TestWithParam<int64_t> {
 protected:
  void SetUp() override {
    hwy::SetSupportedTargetsForTest(GetParam());
    hwy::GetChosenTarget().Update(GetParam());
  }
  void TearDown() override {
    hwy::SetSupportedTargetsForTest(0);
    hwy::GetChosenTarget().DeInit();
  }
};

TEST_P(TargetTest, EveryLengthAndAlignment) {
  Analyzer analyzer(kAll);
  Random random(7);
  for (size_t size = 0; size <= 300; ++size) {
    const size_t at = (size * 7) % 64;
    // Exactly as long as needed, so that sanitizers see a read beyond.
    const std::unique_ptr<char[]> memory(new char[at + size]);
    const std::string text = RandomText(&random, size);
    text.copy(memory.get() + at, size);
    const std::string_view view(memory.get() + at, size);
    ExpectSameAsOracle(analyzer.Analyze(view));
    EXPECT_EQ(CountCodePoints(view), Decode(view).size());
    if (HasFailure()) return;
  }
}

TEST_P(TargetTest, RandomText) {
  Analyzer analyzer(kAll);
  for (uint64_t seed = 100001; seed <= 112000; ++seed) {
    Random random(seed);
    const std::string text = RandomText(&random, random.Below(260));
    ExpectSameAsOracle(analyzer.Analyze(text));
    if (HasFailure()) FAIL() << "seed " << seed;
  }
}

TEST_P(TargetTest, TextOfSeveralChunks) {
  Analyzer analyzer(kAll);
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    Random random(seed);
    const std::string text = RandomText(&random, 3900 + random.Below(9000));
    ExpectSameAsOracle(analyzer.Analyze(text));
    EXPECT_EQ(CountCodePoints(text), Decode(text).size());
    if (HasFailure()) FAIL() << "seed " << seed;
  }
}

// Blocks full of one kind of character, a different one behind it: every way
// in which a block depends on the one before.
TEST_P(TargetTest, BlockBorders) {
  constexpr std::string_view kUnits[] = {
      "a",      " ",      ".",          "#",         "\n",
      "\r",     "\u0085", "\u2028",     "\u00A0",    "\u00E9",
      "\u00C9", "\uAC00", "\u6F22",     "\u0301",    "\u0E01",
      "\u0E34", "\u2026", "\U0001F600", "\U00010400"};
  Analyzer analyzer(kAll);
  for (const std::string_view first : kUnits) {
    for (const std::string_view second : kUnits) {
      for (size_t at = 58; at <= 66; ++at) {
        std::string text(at, 'x');
        text += first;
        text += second;
        text += first;
        text += std::string(60, '-');
        text += second;
        text += first;
        ExpectSameAsOracle(analyzer.Analyze(text));
        if (HasFailure()) return;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Targets, TargetTest, ::testing::ValuesIn(Targets()),
                         [](const auto& target) {
                           return std::string(hwy::TargetName(target.param));
                         });

TEST(RangeAnalyzerTest, RangesAddUpToTheWhole) {
  for (uint64_t seed = 1; seed <= 3000; ++seed) {
    Random random(seed);
    const std::string text = RandomText(&random, random.Below(600));
    RangeAnalyzer ranges;
    Analysis analysis;
    analysis.text = text;
    analysis.filled = kAll;
    uint32_t begin = 0;
    for (uint32_t at = 0; at < text.size(); ++at) {
      if (text[at] != '\n' || random.Below(2) == 0) continue;
      if (at + 1 == text.size()) break;
      ranges.Append({text, begin, at + 1}, kAll, &analysis);
      begin = at + 1;
    }
    ranges.Append({text, begin, static_cast<uint32_t>(text.size())}, kAll,
                  &analysis);
    ExpectSameAsOracle(analysis);
    if (HasFailure()) FAIL() << "seed " << seed;
  }
}

}  // namespace
}  // namespace winnow::testing
