// SPDX-License-Identifier: Apache-2.0
// What every heuristic filter declares, and how it behaves at the edges of its
// parameters.
#include <gtest/gtest.h>

#include <algorithm>

#include "filters/c4.h"
#include "filters/fineweb_quality.h"
#include "filters/gopher_quality.h"
#include "filters/gopher_repetition.h"
#include "pipeline/error.h"
#include "tests/unit/filters/stage_harness.h"

namespace winnow::testing {
namespace {

const StageSpec* const kSpecs[] = {&C4Spec(), &FinewebQualitySpec(),
                                   &GopherQualitySpec(),
                                   &GopherRepetitionSpec()};

TEST(RuleSpecs, AreComplete) {
  for (const StageSpec* spec : kSpecs) {
    SCOPED_TRACE(std::string(spec->name));
    const StageHarness harness(*spec);
    EXPECT_EQ(harness.stage().name(), spec->name);
    const auto codes = harness.stage().reasons();
    ASSERT_EQ(codes.size(), spec->reasons.size());
    for (size_t i = 0; i < codes.size(); ++i) {
      EXPECT_EQ(codes[i], spec->reasons[i].code);
      EXPECT_FALSE(spec->reasons[i].help.empty());
    }
    for (const ParamSpec& param : spec->params) {
      EXPECT_FALSE(param.help.empty()) << param.key;
    }
    EXPECT_FALSE(spec->source.empty());
  }
}

// With every rule off, only an empty text goes.
TEST(RuleSpecs, EveryThresholdCanBeOff) {
  Analyzer analyzer(kRuleNeeds);
  const std::string text = "a a a a\na a a a\n# ... # { lorem ipsum javascript";
  for (const StageSpec* spec : kSpecs) {
    SCOPED_TRACE(std::string(spec->name));
    Overrides off;
    for (const ParamSpec& param : spec->params) {
      if (param.nullable) off.emplace_back(param.key, "null");
      if (param.type == ParamType::kBool) off.emplace_back(param.key, "false");
    }
    StageHarness harness(*spec, off);
    const Outcome outcome = harness.Run(analyzer.Analyze(text));
    EXPECT_TRUE(outcome.kept) << outcome.reason;
    EXPECT_EQ(outcome.text, text);
    EXPECT_TRUE(outcome.rules.empty());
    EXPECT_EQ(harness.Run(analyzer.Analyze("")).reason, "empty");
  }
}

TEST(RuleSpecs, RefusesWhatNothingCouldPass) {
  EXPECT_THROW(StageHarness(GopherQualitySpec(),
                            {{"min_words", "10"}, {"max_words", "9"}}),
               Error);
  EXPECT_THROW(
      StageHarness(GopherQualitySpec(), {{"min_mean_word_length", "11"}}),
      Error);
  EXPECT_THROW(StageHarness(GopherQualitySpec(), {{"min_words", "-1"}}), Error);
  EXPECT_THROW(StageHarness(C4Spec(), {{"profile", "alnum"}}), Error);
}

TEST(RuleSpecs, ExplainsWithOperatorAndThreshold) {
  Analyzer analyzer(kRuleNeeds);
  StageHarness harness(GopherQualitySpec());
  const Outcome outcome =
      harness.Run(analyzer.Analyze("just four short words"));
  EXPECT_EQ(outcome.reason, "short_doc");
  const RuleSeen& rule = outcome.rules.at("short_doc");
  EXPECT_EQ(rule.value, 4);
  EXPECT_EQ(rule.op, "<");
  EXPECT_EQ(rule.threshold, 50);
  EXPECT_TRUE(rule.fired);
  EXPECT_EQ(outcome.rules.size(), 10U);
  EXPECT_FALSE(outcome.rules.at("hashes").fired);
}

TEST(RuleSpecs, C4TellsWhatBecameOfTheLines) {
  Analyzer analyzer(kRuleNeeds);
  StageHarness harness(C4Spec());
  const Outcome outcome = harness.Run(analyzer.Analyze(
      "A good line.\nshort.\nNo end to it\nWe like JavaScript a lot.\n"));
  EXPECT_EQ(outcome.reason, "few_sentences");
  EXPECT_EQ(outcome.notes.at("lines_kept"), "1");
  EXPECT_EQ(outcome.notes.at("lines_few_words"), "1");
  EXPECT_EQ(outcome.notes.at("lines_no_terminal"), "1");
  EXPECT_EQ(outcome.notes.at("lines_javascript"), "1");
}

}  // namespace
}  // namespace winnow::testing
