// SPDX-License-Identifier: Apache-2.0
// Seeded texts that come near the thresholds of the heuristic rules: few words
// in many combinations, repeated lines and paragraphs, and everything that a
// rule names.
#ifndef WINNOW_TESTS_UNIT_FILTERS_RULE_TEXT_H_
#define WINNOW_TESTS_UNIT_FILTERS_RULE_TEXT_H_

#include <string>

#include "tests/unit/text/random_text.h"

namespace winnow::testing {

// About `pieces` words, marks and separators.
std::string RuleText(Random* random, size_t pieces);

}  // namespace winnow::testing

#endif  // WINNOW_TESTS_UNIT_FILTERS_RULE_TEXT_H_
