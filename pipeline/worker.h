// SPDX-License-Identifier: Apache-2.0
// What one worker thread keeps: decoder, reader, judge, codec context. Made
// once, reused for every batch.
#ifndef WINNOW_PIPELINE_WORKER_H_
#define WINNOW_PIPELINE_WORKER_H_

#include <memory>

#include "pipeline/batch.h"
#include "pipeline/executor.h"
#include "pipeline/judge.h"
#include "pipeline/read/decode.h"
#include "pipeline/url/site.h"
#include "pipeline/write/frame_encoder.h"
#include "pipeline/write/shard_format.h"

namespace winnow {

// One for each thread. Every method handles one batch and leaves exceptions
// to its caller.
class Worker {
 public:
  Worker(const ExecutorOptions& options, const StageChain& chain,
         const Tokenizers* tokenizers, const ReadOptions& read_options);

  void Decode(Batch* batch);
  // Records to documents.
  void Read(Batch* batch);
  // Counts, then the stages of the first section.
  void MeasureAndJudge(Batch* batch);
  // The per-document stages of a later section, behind a decision.
  void JudgeSection(size_t section, Batch* batch);
  // Counts final verdicts and serialises what is to be written.
  void Serialise(Batch* batch);
  void Encode(Batch* batch);

  // Gives back the scratch that a giant document made grow, caches with it.
  void Shed();

  void AddTimes(ExecutorTimes* times) const;

 private:
  bool WantsDropped(const Document& document);
  void AddJudgeTimes(ExecutorTimes* times) const;

  const ExecutorOptions& options_;
  const StageChain& chain_;
  const Tokenizers* const tokenizers_;
  const ReadOptions& read_options_;
  PieceDecoder decoder_;
  std::unique_ptr<RecordReader> reader_;
  SiteFinder sites_;
  std::unique_ptr<Judge> judge_;
  FrameEncoder encoder_;
  std::unique_ptr<ShardFormat::Encoder> shard_encoder_;  // null: JSONL
  ExecutorTimes shed_;                                   // of judges that went
  std::string identity_;                                 // scratch
  std::string reason_;                                   // scratch
  uint64_t decode_cycles_ = 0;
  uint64_t read_cycles_ = 0;
  uint64_t write_cycles_ = 0;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_WORKER_H_
