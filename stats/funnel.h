// SPDX-License-Identifier: Apache-2.0
// The funnel: report.json read from top to bottom, for a terminal. Works from
// the report alone, so that a run folder can be read anywhere.
#ifndef WINNOW_STATS_FUNNEL_H_
#define WINNOW_STATS_FUNNEL_H_

#include <cstddef>
#include <string>

#include "pipeline/json_reader.h"

namespace winnow {

// A row a stage, reasons, what could not be read, sources and languages where
// there are several, and last the sentence that says the yield in words.
// `width`: columns of the terminal; 0: any.
std::string FunnelText(const JsonValue& report, size_t width = 0);

// "2.31 M of 9.87 M o200k tokens survive (23.4 %)"; words where no tokens were
// counted.
std::string YieldSentence(const JsonValue& report);

}  // namespace winnow

#endif  // WINNOW_STATS_FUNNEL_H_
