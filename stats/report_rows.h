// SPDX-License-Identifier: Apache-2.0
// report.json as rows of numbers, for the funnel and the page: what both show,
// computed once.
#ifndef WINNOW_STATS_REPORT_ROWS_H_
#define WINNOW_STATS_REPORT_ROWS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/json_reader.h"

namespace winnow {

// What a share is of: the first vocabulary's tokens where every stage counted
// them, else words.
struct ReportUnit {
  std::string name;  // "o200k_base", "words"
  std::string noun;  // "tokens", "words"
  bool tokens = false;
  std::optional<uint64_t> Of(const JsonValue& quantity) const;
};
// For stages.
ReportUnit StageUnit(const JsonValue& report);
// For what was read and what was kept, which count tokens always.
ReportUnit EndsUnit(const JsonValue& report);

// An absent number was not measured.
struct ReportAmount {
  uint64_t documents = 0;
  std::optional<uint64_t> bytes;
  std::optional<uint64_t> unit;
};
struct GroupRow {
  std::string name;
  ReportAmount in;
  ReportAmount kept;
};

// `group`: "source" or "language", largest first. Of languages `und` is what
// the language stage could not name; what an earlier stage dropped is `not
// determined`.
std::vector<GroupRow> GroupRows(const JsonValue& report,
                                const std::string& group,
                                const ReportUnit& unit);

// "removed 1.2 MB, 20 k words, 30 k o200k_base; added 12 B"; empty if the stage
// rewrote nothing.
std::string RewrittenText(const JsonValue& stage, const ReportUnit& unit);

// Seconds summed over workers and MB/s; "-" where too little time was measured
// for a rate to mean anything.
struct StageCost {
  std::string seconds = "-";
  std::string rate = "-";
};
StageCost CostOf(const JsonValue& report, const std::string& part);

// The first places of an unreadable reason, up to three, where the report has
// them: "a/b.gz#120, a/c.gz#0".
std::string FirstPlaces(const JsonValue& reason);

}  // namespace winnow

#endif  // WINNOW_STATS_REPORT_ROWS_H_
