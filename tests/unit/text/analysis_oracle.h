// SPDX-License-Identifier: Apache-2.0
// A slow second opinion on the shared analysis: whole arrays of code points,
// categories from utf8proc, scripts from ICU, rules written out one by one.
#ifndef WINNOW_TESTS_UNIT_TEXT_ANALYSIS_ORACLE_H_
#define WINNOW_TESTS_UNIT_TEXT_ANALYSIS_ORACLE_H_

#include <string>
#include <string_view>
#include <vector>

#include "pipeline/text/analysis.h"

namespace winnow::testing {

std::u32string Decode(std::string_view utf8);
std::string Encode(std::u32string_view text);

// NFC, runs of more than 30 marks cut in canonical order, simple lower case.
std::string FoldOracle(std::string_view word);

TextCounts CountOracle(std::string_view text);
std::vector<Line> LinesOracle(std::string_view text);
std::vector<Line> SplitLinesOracle(std::string_view text);
Words SpaceOracle(std::string_view text);
Words AlnumOracle(std::string_view text);

// Fails the current test with the text's escape where `got` differs from the
// oracle in anything that `got.filled` asks for (kSpacyEn left out).
void ExpectSameAsOracle(const Analysis& got);

// "\u{1F600}" notation, cut after 400 characters.
std::string Escape(std::string_view text);

}  // namespace winnow::testing

#endif  // WINNOW_TESTS_UNIT_TEXT_ANALYSIS_ORACLE_H_
