// SPDX-License-Identifier: Apache-2.0
// The cases of tests/data/filters/*.jsonl: `text` in parts with a repeat count,
// `params` that differ from the defaults, what is expected, and the values of
// some rules as n/d.
#include <gtest/gtest.h>
#include <simdjson.h>

#include <charconv>
#include <fstream>

#include "filters/c4.h"
#include "filters/fineweb_quality.h"
#include "filters/gopher_quality.h"
#include "filters/gopher_repetition.h"
#include "tests/unit/filters/stage_harness.h"

namespace winnow::testing {
namespace {

namespace dom = simdjson::dom;

double Number(std::string_view s) {
  double value = 0;
  std::from_chars(s.data(), s.data() + s.size(), value);
  return value;
}

// "3/5" or "3".
double Fraction(std::string_view s) {
  const size_t slash = s.find('/');
  const double n = Number(s.substr(0, slash));
  return slash == s.npos ? n : n / Number(s.substr(slash + 1));
}

std::string Text(const dom::element& parts) {
  std::string text;
  for (const dom::element part : parts.get_array()) {
    const dom::array pair = part.get_array();
    const std::string_view piece = pair.at(0).get_string();
    for (int64_t i = 0; i < pair.at(1).get_int64(); ++i) text += piece;
  }
  return text;
}

void RunCase(const StageSpec& spec, const dom::element& test) {
  Overrides overrides;
  dom::object object;
  if (test["params"].get(object) == simdjson::SUCCESS) {
    for (const auto [key, value] : object) {
      overrides.emplace_back(key, std::string_view(value.get_string()));
    }
  }
  StageHarness harness(spec, overrides);
  Analyzer analyzer(kRuleNeeds);
  const std::string text = Text(test["text"]);
  const Outcome outcome = harness.Run(analyzer.Analyze(text));
  const bool keep = std::string_view(test["expect"].get_string()) == "keep";
  EXPECT_EQ(outcome.kept, keep);
  std::string_view expected;
  if (test["reason"].get(expected) == simdjson::SUCCESS) {
    EXPECT_EQ(outcome.reason, expected);
  }
  if (test["output"].get(expected) == simdjson::SUCCESS) {
    EXPECT_EQ(outcome.text, expected);
  }
  if (test["values"].get(object) == simdjson::SUCCESS) {
    for (const auto [key, value] : object) {
      const auto rule = outcome.rules.find(std::string(key));
      ASSERT_TRUE(rule != outcome.rules.end()) << key;
      EXPECT_EQ(rule->second.value, Fraction(value.get_string())) << key;
    }
  }
}

void RunFile(const StageSpec& spec) {
  const std::string path = std::string(WINNOW_SOURCE_DIR) +
                           "/tests/data/filters/" + std::string(spec.name) +
                           ".jsonl";
  std::ifstream in(path);
  dom::parser parser;
  std::string line;
  int cases = 0;
  while (std::getline(in, line)) {
    const dom::element test = parser.parse(line);
    SCOPED_TRACE(std::string(std::string_view(test["name"].get_string())));
    RunCase(spec, test);
    ++cases;
  }
  EXPECT_GT(cases, 10) << path;
}

TEST(FilterVectors, GopherQuality) { RunFile(GopherQualitySpec()); }
TEST(FilterVectors, GopherRepetition) { RunFile(GopherRepetitionSpec()); }
TEST(FilterVectors, C4) { RunFile(C4Spec()); }
TEST(FilterVectors, FinewebQuality) { RunFile(FinewebQualitySpec()); }

}  // namespace
}  // namespace winnow::testing
