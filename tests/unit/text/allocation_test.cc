// SPDX-License-Identifier: Apache-2.0
// A warm analyser does not allocate.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "pipeline/text/analysis.h"
#include "tests/allocation_count.h"
#include "tests/unit/text/random_text.h"

namespace winnow::testing {
namespace {

TEST(AllocationTest, WarmAnalyzerDoesNotAllocate) {
  Analyzer analyzer(AnalysisNeeds::Lines() |
                    AnalysisNeeds::Words(Profile::kSpace) |
                    AnalysisNeeds::Words(Profile::kAlnum));
  std::vector<std::string> texts;
  for (uint64_t seed = 1; seed <= 200; ++seed) {
    Random random(seed);
    texts.push_back(RandomText(&random, random.Below(20000)));
  }
  // What each kind of row needs most: words, lines, marks, NFD.
  std::string words, lines, marks, jamo;
  while (words.size() < 20000) words += "a \u6F22";
  while (lines.size() < 20000) lines += "\r\n";
  while (marks.size() < 20000) marks += "a\u0301\u0323";
  while (jamo.size() < 20000) jamo += "\u1112\u1161\u11AB";
  marks += std::string(marks.begin() + 1, marks.end());
  texts.insert(texts.end(), {words, lines, marks, jamo});
  for (const std::string& text : texts) analyzer.Analyze(text);
  const size_t before = AllocationCount();
  EXPECT_GT(before, 0U);
  uint64_t sum = 0;
  for (const std::string& text : texts) {
    sum += analyzer.Analyze(text).counts.words;
    sum += analyzer.Count(text).words;
  }
  EXPECT_EQ(AllocationCount(), before);
  EXPECT_GT(sum, 0U);
}

}  // namespace
}  // namespace winnow::testing
