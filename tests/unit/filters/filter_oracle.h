// SPDX-License-Identifier: Apache-2.0
// The rules of the heuristic filters written down a second time: strings, maps
// and copies, in the order of the published Python, every rule evaluated.
#ifndef WINNOW_TESTS_UNIT_FILTERS_FILTER_ORACLE_H_
#define WINNOW_TESTS_UNIT_FILTERS_FILTER_ORACLE_H_

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/params.h"

namespace winnow::testing {

struct OracleResult {
  std::string reason;  // of the first rule that fires; empty: kept
  std::string text;    // after rewriting
  std::map<std::string, double> values;
};

// `words` are the tokens of `text`. REQUIRES: text is not empty.
OracleResult GopherQualityOracle(std::string_view text,
                                 const std::vector<std::string>& words,
                                 const Params& params);
OracleResult GopherRepetitionOracle(std::string_view text,
                                    const std::vector<std::string>& words,
                                    const Params& params);
OracleResult FinewebQualityOracle(std::string_view text,
                                  const std::vector<std::string>& words,
                                  const Params& params);
// `sentences` counts the sentences of a line.
OracleResult C4Oracle(
    std::string_view text,
    const std::function<uint32_t(const std::string&)>& sentences,
    const Params& params);

}  // namespace winnow::testing

#endif  // WINNOW_TESTS_UNIT_FILTERS_FILTER_ORACLE_H_
