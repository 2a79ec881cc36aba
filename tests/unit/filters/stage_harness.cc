// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/filters/stage_harness.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "pipeline/error.h"

namespace winnow::testing {
namespace {

class Recorder : public Explainer {
 public:
  explicit Recorder(Outcome* outcome) : outcome_(outcome) {}
  void Rule(std::string_view rule, double value, std::string_view op,
            double threshold, bool fired) override {
    const bool fresh =
        outcome_->rules
            .emplace(rule, RuleSeen{value, std::string(op), threshold, fired})
            .second;
    EXPECT_TRUE(fresh) << rule << " told twice";
  }
  void Note(std::string_view key, std::string_view value) override {
    outcome_->notes[std::string(key)] = value;
  }

 private:
  Outcome* outcome_;
};

}  // namespace

Params MakeParams(const StageSpec& spec, const Overrides& overrides) {
  Params params = DefaultParams(spec.params);
  for (const auto& [key, text] : overrides) {
    const auto found =
        std::find_if(spec.params.begin(), spec.params.end(),
                     [&k = key](const ParamSpec& p) { return p.key == k; });
    std::string why = "unknown parameter " + key;
    std::optional<Params::Value> value;
    if (found != spec.params.end()) value = ParseParam(*found, text, &why);
    if (!value) throw Error(ErrorKind::kUsage, why);
    params.Set(key, *value);
  }
  return params;
}

std::string ApplyEdits(std::string_view text, const std::vector<Edit>& edits) {
  std::string out;
  uint32_t at = 0;
  for (const Edit& edit : edits) {
    EXPECT_LE(at, edit.begin);
    EXPECT_LE(edit.begin, edit.end);
    EXPECT_LE(edit.end, text.size());
    EXPECT_NE(text.substr(edit.begin, edit.end - edit.begin), edit.replacement);
    out.append(text.substr(at, edit.begin - at));
    out.append(edit.replacement);
    at = edit.end;
  }
  out.append(text.substr(at));
  return out;
}

StageHarness::StageHarness(const StageSpec& spec, const Overrides& overrides)
    : stage_(spec.make(MakeParams(spec, overrides), {})),
      scratch_(stage_->NewScratch()) {}

Outcome StageHarness::Run(const Analysis& analysis) {
  Outcome outcome;
  Document document;
  document.text = analysis.text;
  Arena arena;
  std::vector<Edit> edits;
  StageContext context{&arena, scratch_.get(), &edits, nullptr};
  const Verdict verdict = stage_->Judge(document, analysis, context);
  outcome.kept = verdict.kept();
  if (!verdict.kept()) {
    EXPECT_TRUE(edits.empty());
    outcome.reason = stage_->reasons()[verdict.reason];
  }
  outcome.text = ApplyEdits(analysis.text, edits);

  edits.clear();
  Recorder recorder(&outcome);
  context.explain = &recorder;
  const Verdict again = stage_->Judge(document, analysis, context);
  EXPECT_EQ(verdict.reason, again.reason);
  EXPECT_EQ(outcome.text, ApplyEdits(analysis.text, edits));
  if (!outcome.kept && outcome.reason != "empty") {
    const auto rule = outcome.rules.find(outcome.reason);
    EXPECT_TRUE(rule != outcome.rules.end() && rule->second.fired)
        << outcome.reason;
  }
  for (const auto& [name, rule] : outcome.rules) {
    EXPECT_TRUE(!rule.fired || !outcome.kept) << name;
  }
  return outcome;
}

}  // namespace winnow::testing
