// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/cut.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "pipeline/error.h"

namespace winnow {

Cutter::Cutter(Source* source, const ReadOptions& options,
               uint64_t checkpoint_bytes, CutFunctions functions)
    : source_(source),
      records_(source->files(), source->pool(), options, checkpoint_bytes,
               std::move(functions), source->start()),
      expected_{source->start().file, source->start().member_offset} {}

void Cutter::Cut(RawPiece* piece, CutBatch* out) {
  WINNOW_CHECK(piece->sequence == sequence_++);
  out->Clear();
  std::optional<Source::Rewind> rewind;
  if (piece->epoch == epoch_) {
    TakeChunks(piece, out);
    if (expected_ < piece->end) {
      const Position next_file{expected_.file + 1, 0};
      rewind = {expected_, std::min(piece->end, next_file), ++epoch_};
    }
  }
  source_->Report(piece->sequence, rewind);
  piece->Clear();
}

void Cutter::TakeChunks(RawPiece* piece, CutBatch* out) {
  records_.SetBatch(out);
  run_begin_ = 0;
  run_end_ = 0;
  lent_ = false;
  for (const Chunk& chunk : piece->chunks) {
    const Position begin{chunk.file, chunk.begin};
    if (begin < expected_) continue;  // a wrong guess
    if (begin != expected_) break;    // what comes before is missing
    out->disk_bytes += chunk.end - chunk.begin;
    switch (chunk.kind) {
      case Chunk::Kind::kData:
        if (chunk.size != 0) {
          if (run_begin_ == run_end_) run_begin_ = run_end_ = chunk.offset;
          WINNOW_DCHECK(run_end_ == chunk.offset);
          run_end_ += chunk.size;
          run_begin_ += records_.Announce(chunk);
        }
        expected_.at = chunk.end;
        break;
      case Chunk::Kind::kLost:
        Flush(piece, true);
        records_.Gap(chunk);
        expected_.at = chunk.end;
        break;
      case Chunk::Kind::kEnd:
        Flush(piece, true);
        records_.EndFile();
        expected_ = {expected_.file + 1, 0};
        break;
    }
  }
  Flush(piece, false);
  if (lent_) out->buffers.push_back(piece->decoded.Release());
}

void Cutter::Flush(RawPiece* piece, bool end) {
  const size_t size = run_end_ - run_begin_;
  char* data = size != 0 ? piece->decoded.At(run_begin_) : nullptr;
  // Behind spans of this piece only nothing is free; there is no carry then.
  const size_t front = lent_ || size == 0 ? 0 : Decoded::kFront + run_begin_;
  if (records_.Feed(data, size, front, end)) lent_ = true;
  run_begin_ = run_end_;
}

}  // namespace winnow
