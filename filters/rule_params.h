// SPDX-License-Identifier: Apache-2.0
// The kinds of parameter that heuristic rules share.
#ifndef WINNOW_FILTERS_RULE_PARAMS_H_
#define WINNOW_FILTERS_RULE_PARAMS_H_

#include <string_view>

#include "filters/rule_sequence.h"
#include "pipeline/params.h"
#include "pipeline/text/analysis.h"

namespace winnow {

// A threshold of at least 0, or null: the rule is off.
ParamSpec LimitParam(std::string_view key, std::string_view default_value,
                     std::string_view help);

// The same, a whole number.
// The same for a share: at most 1.
ParamSpec ShareParam(std::string_view key, std::string_view default_value,
                     std::string_view help);
ParamSpec CountParam(std::string_view key, std::string_view default_value,
                     std::string_view help);

ParamSpec SwitchParam(std::string_view key, bool default_value,
                      std::string_view help);

// `profile: spacy_en|space`: what a word (and a sentence) is.
ParamSpec ProfileParam();
Profile ProfileOf(const Params& params);

// Throws Error(kUsage) when both are set and no value could pass both.
void RequireOrder(std::string_view stage, const Params& params,
                  std::string_view min_key, std::string_view max_key);

}  // namespace winnow

#endif  // WINNOW_FILTERS_RULE_PARAMS_H_
