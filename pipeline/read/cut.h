// SPDX-License-Identifier: Apache-2.0
// Takes what the decoders gave in the order of the source, keeps what lies on
// the true chain of members, sends the source back where the chain breaks, and
// cuts the rest into records. Serial; source.h tells how the parts fit.
#ifndef WINNOW_PIPELINE_READ_CUT_H_
#define WINNOW_PIPELINE_READ_CUT_H_

#include <cstddef>
#include <cstdint>

#include "pipeline/read/cut_batch.h"
#include "pipeline/read/piece.h"
#include "pipeline/read/record.h"
#include "pipeline/read/record_cut.h"
#include "pipeline/read/source.h"

namespace winnow {

class Cutter {
 public:
  // A mark falls at the end of the record that holds decoded byte
  // k * checkpoint_bytes - 1, counted over all files in order, k >= 1; where
  // that byte is in no record, at the end of the next record, or of the file.
  // checkpoint_bytes 0: no marks. Begins where `source` does, which outlives
  // the cutter. `functions`: ReadFormats(options) but in tests.
  Cutter(Source* source, const ReadOptions& options, uint64_t checkpoint_bytes,
         CutFunctions functions);

  // Takes the pieces in the order of Source::Next(); fills `out` and clears
  // `piece`.
  void Cut(RawPiece* piece, CutBatch* out);

  // Where the cut has come to on disk; file == files().size() at the end.
  const Position& position() const { return expected_; }

 private:
  void TakeChunks(RawPiece* piece, CutBatch* out);
  void Flush(RawPiece* piece, bool end);

  Source* source_;
  RecordCut records_;
  Position expected_;
  uint64_t epoch_ = 0;
  uint64_t sequence_ = 0;
  // Decoded bytes of the piece that are on the chain and not yet cut.
  size_t run_begin_ = 0;
  size_t run_end_ = 0;
  bool lent_ = false;  // spans view the piece's buffer
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_CUT_H_
