// SPDX-License-Identifier: Apache-2.0
// From input files to record spans, in canonical order, one large file using
// every core. Three parts, made to be three filters of one pipeline:
//
//   Source source(list.files, options);            // or with a Cursor
//   Cutter cutter(&source, read_options, checkpoint_bytes);   // cut.h
//   PieceDecoder decoder(options);                 // one a worker, decode.h
//
//   source.Next(&piece)         serial, in order, on any thread; false: over
//   decoder.Decode(&piece)      parallel
//   cutter.Cut(&piece, &batch)  serial, in the order of Next(), on any thread
//
// Every piece gives exactly one CutBatch, which may be empty: pieces in flight
// when the cut finds a guess wrong, and those that only fill a long record.
// RawPiece and CutBatch are pooled by the caller and used again; their buffers
// come from the source's pool, so the source outlives them all.
//
// The source hands out parts of files with nothing known but where they lie.
// Decoders guess where gzip members begin in theirs. The cutter knows the true
// position and takes only what begins exactly there; for the rest (damage,
// giants, wrong guesses) it calls Report(), and the source goes back and reads
// serially, in a new epoch, up to the end of the part that failed. Pieces of
// an older epoch are dropped. What the cutter gives out is therefore that of a
// serial reader, whatever the threads did.
//
// Next() returns pieces without work at the end of the input until the last
// piece has been cut, for the cutter might still send it back. They end where
// the caller's limit of pieces in flight holds Next() back, so nothing spins,
// and nothing blocks. Next() must not be called again after it returned false.
//
// Threads: Next() by one caller at a time, each call after the one before, as
// serial filters do. Report() may run beside Next().
#ifndef WINNOW_PIPELINE_READ_SOURCE_H_
#define WINNOW_PIPELINE_READ_SOURCE_H_

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "pipeline/document.h"
#include "pipeline/read/codec.h"
#include "pipeline/read/piece.h"

namespace winnow {

class Source {
 public:
  // `files` in canonical order, as BuildInputList() makes them; it outlives
  // the source. Reads from `start` on; throws Error(kUsage) if that is not in
  // these files.
  explicit Source(const std::vector<SourceFile>& files,
                  const SourceOptions& options = {}, const Cursor& start = {});
  ~Source();

  // Fills `piece` and returns true, or false when all input has been cut.
  bool Next(RawPiece* piece);

  // What the cutter says when it is done with a piece.
  struct Rewind {
    Position from;   // a member boundary, or the start of a file
    Position until;  // read serially up to a boundary at or behind this
    uint64_t epoch;
  };
  void Report(uint64_t sequence, const std::optional<Rewind>& rewind);

  const std::vector<SourceFile>& files() const { return *context_.files; }
  const Cursor& start() const { return start_; }
  BufferPool* pool() { return &context_.pool; }

 private:
  void TakeRewind(const Rewind& rewind);
  bool Fill(RawPiece* piece);
  bool FillFiles(RawPiece* piece);
  bool Open(RawPiece* piece);
  void StartStream(uint64_t until);
  bool FillFromStream(RawPiece* piece);
  bool FillRange(RawPiece::Work work, uint64_t bytes, RawPiece* piece);
  bool FillZstd(RawPiece* piece);
  bool FillTable(RawPiece* piece);
  bool Finish(uint64_t stop, RawPiece* piece);
  uint64_t Weight(const SourceFile& file) const;

  SourceContext context_;
  const Cursor start_;

  // Used by Next() alone.
  Position at_;
  std::shared_ptr<OpenFile> open_;  // the file at at_, once it is open
  bool exact_ = true;               // a member begins at at_
  bool streaming_ = false;
  uint64_t stream_until_ = 0;
  Codec stream_codec_ = Codec::kPlain;
  std::unique_ptr<CodecStream> stream_;
  uint64_t sequence_ = 0;
  uint64_t epoch_ = 0;
  // Each rewind in a file reads twice as far serially as the one before.
  uint32_t rewound_file_ = 0;
  uint64_t patience_ = 0;

  std::mutex mutex_;  // guards what Report() leaves for Next()
  std::optional<Rewind> rewind_;
  uint64_t cut_ = 0;  // pieces that have been cut
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_SOURCE_H_
