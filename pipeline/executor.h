// SPDX-License-Identifier: Apache-2.0
// Moves batches through a run:
//
//   source -> [decode] -> cut -> [read, stages] -> decide -> ... -> [late
//   stages, serialise] -> frame -> [compress] -> commit
//
// Brackets are parallel, the rest serial and in input order. The scheduler is
// oneTBB's parallel_pipeline; its token limit is the back-pressure. Nothing
// that reaches the sink depends on threads or timing.
#ifndef WINNOW_PIPELINE_EXECUTOR_H_
#define WINNOW_PIPELINE_EXECUTOR_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "pipeline/batch.h"
#include "pipeline/read/source.h"
#include "pipeline/stage_chain.h"
#include "pipeline/token_meter.h"
#include "pipeline/write/shard_format.h"

namespace winnow {

enum class Dropped : uint8_t { kNone, kSample, kAll };

// Where a run's results go. Called serially, in order, from the commit.
class RunSink {
 public:
  virtual ~RunSink() = default;
  virtual void WriteFrame(const Frame& frame) = 0;
  // A mark: everything so far must be safe before this returns. `total` is
  // the tally of the whole run so far, `segments` the dedup log since the last
  // mark, by ordered stage.
  virtual void Checkpoint(const Cursor& cursor, const Tally& total,
                          const std::vector<std::string>& segments) = 0;
};

// What a terminal wants to know, at the latest commit.
struct ProgressSample {
  uint64_t disk_bytes = 0;
  uint64_t decoded_bytes = 0;
  uint64_t documents = 0;
  uint64_t kept = 0;
};

struct ExecutorOptions {
  unsigned threads = 1;
  uint64_t token_cache_bytes = uint64_t{32} << 20;  // for each worker
  bool tokens_at_ends = false;
  Dropped dropped = Dropped::kNone;
  bool compress = true;
  int level = 3;
  const ShardFormat* shard_format = nullptr;  // null: JSONL; outlives the run
  uint64_t frame_bytes = uint64_t{4} << 20;
  uint64_t limit = UINT64_MAX;  // documents
  // A batch with a record this large is judged only while fewer than `giants`
  // others are, and the worker's scratch goes back behind it.
  uint64_t giant_bytes = UINT64_MAX;
  unsigned giants = 1;
  // Set by a signal handler: stop, and discard what follows the last mark.
  const std::atomic<bool>* interrupted = nullptr;
  std::function<void(const ProgressSample&)> progress;  // from the commit
  // Decoded bytes cut so far in this session, from the cut; for the run's log.
  std::function<void(uint64_t)> on_cut;
};

// Cycles by stage and part, summed over workers; for the report's timing.
struct ExecutorTimes {
  double wall_seconds = 0;
  double cpu_seconds = 0;
  uint64_t decode_cycles = 0;
  uint64_t read_cycles = 0;
  uint64_t measure_cycles = 0;
  uint64_t analyse_cycles = 0;
  uint64_t write_cycles = 0;  // serialise and compress
  uint64_t decide_cycles = 0;
  std::vector<uint64_t> stage_cycles;
};

// Runs everything `source` delivers. `total` holds the tally of earlier
// sessions on entry and of the whole run on return. Throws the error of the
// earliest batch that failed; Error(kInterrupted) if interrupted. Then
// everything up to the last Checkpoint() stands.
ExecutorTimes Execute(const ExecutorOptions& options, const StageChain& chain,
                      const Tokenizers* tokenizers,
                      const ReadOptions& read_options, Source* source,
                      Cutter* cutter, Tally* total, RunSink* sink);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_EXECUTOR_H_
