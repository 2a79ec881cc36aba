// SPDX-License-Identifier: Apache-2.0
// `winnow read`: dumps to JSONL documents on stdout, nothing judged.
#include <string>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/read_stats.h"
#include "cli/recipes.h"
#include "cli/registry.h"
#include "cli/session.h"
#include "cli/signals.h"
#include "cli/stream_sink.h"

namespace winnow {
namespace {

// Reads, and nothing else.
constexpr std::string_view kReadRecipe =
    "version: 1\ntokens: {vocab: []}\nwrite: {compression: none}\n";
constexpr std::string_view kCheckDigests = "read: {digests: check}\n";

}  // namespace

int ReadCommand(const ReadArguments& a) {
  InterruptFlag();
  std::string recipe(kReadRecipe);
  if (a.digests) recipe += kCheckDigests;
  Session session(ParseRecipe(recipe, "read", AllStages()),
                  BuildInputList(a.inputs), a.threads, 0, a.limit);
  session.inventory = a.stats;
  ExecutorOptions options = session.executor_options();
  options.frame_bytes = uint64_t{1} << 20;
  StreamSink sink(a.stats);
  Tally total(&session.layout);
  session.Run(options, {}, &total, &sink);
  CheckLedger(total, session.Header().tokens_at_ends);
  if (a.stats) {
    PrintText(a.json ? ReadStatsJson(session, total)
                     : ReadStatsTable(session, total));
  }
  return 0;
}

}  // namespace winnow
