// SPDX-License-Identifier: Apache-2.0
// Runs one stage on one text, as the executor would: makes the analysis, judges
// with and without an explainer, applies the edits.
#ifndef WINNOW_TESTS_UNIT_FILTERS_STAGE_HARNESS_H_
#define WINNOW_TESTS_UNIT_FILTERS_STAGE_HARNESS_H_

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pipeline/stage.h"

namespace winnow::testing {

// What the heuristic filters read, in either profile.
inline constexpr AnalysisNeeds kRuleNeeds =
    AnalysisNeeds::Words(Profile::kSpace) |
    AnalysisNeeds::Words(Profile::kSpacyEn) | AnalysisNeeds::Lines();

// What an explainer was told about one rule.
struct RuleSeen {
  double value = 0;
  std::string op;
  double threshold = 0;
  bool fired = false;
};

struct Outcome {
  bool kept = true;
  std::string reason;  // the code, empty where kept
  std::string text;    // with the edits applied
  std::map<std::string, RuleSeen> rules;
  std::map<std::string, std::string> notes;
};

using Overrides = std::vector<std::pair<std::string, std::string>>;

// Defaults of `spec` but for `overrides`, as a recipe would write them. Throws
// Error where a value is refused.
Params MakeParams(const StageSpec& spec, const Overrides& overrides);

std::string ApplyEdits(std::string_view text, const std::vector<Edit>& edits);

class StageHarness {
 public:
  explicit StageHarness(const StageSpec& spec, const Overrides& overrides = {});
  // Judges twice, with and without an explainer, and expects one verdict and
  // one text. Expects edits to be sorted, apart, and none for a dropped text.
  Outcome Run(const Analysis& analysis);
  const Stage& stage() const { return *stage_; }

 private:
  std::unique_ptr<Stage> stage_;
  std::unique_ptr<StageScratch> scratch_;
};

}  // namespace winnow::testing

#endif  // WINNOW_TESTS_UNIT_FILTERS_STAGE_HARNESS_H_
