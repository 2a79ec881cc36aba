// SPDX-License-Identifier: Apache-2.0
// The ledger: a run's tally as report.json, and the check that it adds up.
// The shape is stated in docs/formats.md; fields are added, never renamed,
// within a schema number.
#ifndef WINNOW_STATS_LEDGER_H_
#define WINNOW_STATS_LEDGER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "pipeline/document.h"
#include "pipeline/tally.h"

namespace winnow {

inline constexpr int kReportSchema = 1;

// Seconds and throughput: the one member of report.json that may differ
// between two equal runs.
struct StageTiming {
  std::string name;
  double seconds = 0;  // summed over workers
  uint64_t bytes = 0;  // text that went in
};
struct ReportTiming {
  double wall_seconds = 0;
  double cpu_seconds = 0;
  uint64_t peak_rss_bytes = 0;
  unsigned threads = 0;
  std::vector<StageTiming> parts;  // decode, read, ..., stages, write
};

struct ReportOutput {
  std::string path;
  uint64_t bytes = 0;
  uint64_t documents = 0;
  std::string xxh3;
};

struct ReportHeader {
  std::string version;
  std::string recipe_name;
  std::string recipe_hash;
  std::string recipe_resolved;
  std::string unicode;
  std::vector<std::string> vocabularies;
  std::vector<std::string> checksums;
  bool tokens_at_ends = false;
  uint64_t limit = UINT64_MAX;
  uint64_t files = 0;        // of the dump
  uint64_t input_bytes = 0;  // on disk, of the dump
  std::vector<ReportOutput> outputs;
  // The dump's, to name what is unreadable; null: it is not named.
  const std::vector<SourceFile>* inputs = nullptr;
};

// Throws Error(kInternal), naming the first line that does not add up:
//   decoded bytes = documents + non-documents + unreadable + framing
//   out of a stage = in of the next; in = out + reasons + removed - added
//   sum over labels = sum over languages = read, kept
// for every quantity; of tokens that are counted at the ends only, what was
// read. REQUIRES: the tally of a finished run.
void CheckLedger(const Tally& tally, bool tokens_at_ends);

std::string ReportJson(const ReportHeader& header, const Tally& tally,
                       const ReportTiming& timing);

}  // namespace winnow

#endif  // WINNOW_STATS_LEDGER_H_
