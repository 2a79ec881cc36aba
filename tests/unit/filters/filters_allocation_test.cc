// SPDX-License-Identifier: Apache-2.0
// A warm worker judges without touching the heap.
#include <gtest/gtest.h>

#include <memory>

#include "filters/c4.h"
#include "filters/fineweb_quality.h"
#include "filters/gopher_quality.h"
#include "filters/gopher_repetition.h"
#include "tests/allocation_count.h"
#include "tests/unit/filters/rule_text.h"

namespace winnow::testing {
namespace {

TEST(FilterAllocation, WarmWorkerDoesNotAllocate) {
  std::vector<std::string> texts;
  for (uint64_t seed = 1; seed <= 40; ++seed) {
    Random random(seed);
    texts.push_back(RuleText(&random, 400));
    // Kept by all, so that late rules and edits have their turn.
    std::string plain;
    for (uint64_t line = 0; line < 20; ++line) {
      plain += "A line of";
      for (int word = 0; word < 12; ++word) {
        plain += " that" + std::to_string(random.Below(100'000));
        plain += static_cast<char>('a' + random.Below(26));
      }
      plain += " and then the end[1].\n";
    }
    texts.push_back(plain);
  }
  constexpr AnalysisNeeds kNeeds =
      AnalysisNeeds::Words(Profile::kSpacyEn) | AnalysisNeeds::Lines();
  std::vector<Analysis> analyses;
  for (const std::string& text : texts) {
    Analyzer analyzer(kNeeds);
    analyses.push_back(analyzer.Analyze(text));
  }
  for (const auto* spec : {&GopherRepetitionSpec(), &GopherQualitySpec(),
                           &C4Spec(), &FinewebQualitySpec()}) {
    SCOPED_TRACE(std::string(spec->name));
    const auto stage = spec->make(DefaultParams(spec->params), {});
    const auto scratch = stage->NewScratch();
    std::vector<Edit> edits;
    Document document;
    int kept = 0;
    const auto judge_all = [&] {
      for (const Analysis& analysis : analyses) {
        edits.clear();
        StageContext context{nullptr, scratch.get(), &edits, nullptr};
        kept += stage->Judge(document, analysis, context).kept() ? 1 : 0;
      }
    };
    judge_all();
    EXPECT_GT(kept, 0);
    const size_t before = AllocationCount();
    judge_all();
    EXPECT_EQ(AllocationCount(), before);
  }
}

}  // namespace
}  // namespace winnow::testing
