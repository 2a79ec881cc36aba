// SPDX-License-Identifier: Apache-2.0
// What `run` and `read` have in common: a recipe and inputs made ready to
// execute.
#ifndef WINNOW_CLI_SESSION_H_
#define WINNOW_CLI_SESSION_H_

#include <memory>
#include <string>
#include <vector>

#include "pipeline/executor.h"
#include "pipeline/memory_plan.h"
#include "pipeline/read/input_list.h"
#include "pipeline/read/table_codec.h"
#include "pipeline/recipe.h"
#include "pipeline/stage_chain.h"
#include "pipeline/token_meter.h"
#include "pipeline/write/shard_format.h"
#include "stats/ledger.h"

namespace winnow {

struct Session {
  Recipe recipe;
  InputList inputs;
  unsigned threads = 1;
  MemoryPlan memory;
  std::unique_ptr<Tokenizers> tokenizers;  // null: no tokens
  std::unique_ptr<StageChain> chain;
  std::unique_ptr<TableCodec> tables;         // null: no Parquet
  std::unique_ptr<ShardFormat> shard_format;  // null: JSONL
  TallyLayout layout;
  uint64_t limit = UINT64_MAX;
  uint64_t documents_that_fit = UINT64_MAX;
  bool inventory = false;  // count what records are like (Tally::traits)

  // `threads` 0: all cores this process may use; `memory` 0: the default.
  Session(Recipe recipe, InputList inputs, unsigned threads, uint64_t memory,
          uint64_t limit);

  // Piece sizes that keep the work in flight below one mark.
  SourceOptions source_options() const;
  ExecutorOptions executor_options() const;
  // Executes from `start` on.
  ExecutorTimes Run(const ExecutorOptions& options, const Cursor& start,
                    Tally* total, RunSink* sink);
  ReportHeader Header() const;
};

// Seconds of every part, by share of the CPU time.
ReportTiming Timing(const Session& session, const ExecutorTimes& times,
                    const Tally& tally);

}  // namespace winnow

#endif  // WINNOW_CLI_SESSION_H_
