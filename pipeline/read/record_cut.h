// SPDX-License-Identifier: Apache-2.0
// Cuts the decoded bytes of one file after another into records: tells the
// format, joins records that straddle pieces, counts offsets and marks. The
// half of the cut that knows no codec.
//
// What it gives depends on the bytes and gaps it is fed, not on the runs they
// come in, as far as the splitter keeps that promise too.
#ifndef WINNOW_PIPELINE_READ_RECORD_CUT_H_
#define WINNOW_PIPELINE_READ_RECORD_CUT_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/document.h"
#include "pipeline/read/buffer_pool.h"
#include "pipeline/read/cut_batch.h"
#include "pipeline/read/member_map.h"
#include "pipeline/read/piece.h"
#include "pipeline/read/record.h"

namespace winnow {

// What tests replace.
struct CutFunctions {
  std::function<Format(std::string_view head, bool end)> detect;
  std::function<std::unique_ptr<RecordSplitter>(Format format,
                                                const ReadOptions& options)>
      splitter;
};
// DetectFormat() with the options' text field, and NewSplitter().
CutFunctions ReadFormats(const ReadOptions& options);

class RecordCut {
 public:
  // `files` and `pool` outlive it. `start` as Cursor says.
  RecordCut(const std::vector<SourceFile>& files, BufferPool* pool,
            const ReadOptions& options, uint64_t checkpoint_bytes,
            CutFunctions functions, const Cursor& start);

  // Everything found goes to `out` from now on.
  void SetBatch(CutBatch* out) { out_ = out; }

  // The codec gave this chunk of data, which Feed() will bring. Returns how
  // many of its first bytes lie before the start cursor: not to be fed.
  size_t Announce(const Chunk& chunk);

  // The next decoded bytes of the file, with `front` bytes before them that
  // may be overwritten. `end`: nothing follows directly. True if spans view
  // the memory, which then belongs into the batch.
  bool Feed(char* data, size_t size, size_t front, bool end);

  // After Feed(..., end): compressed bytes that gave nothing.
  void Gap(const Chunk& chunk);
  // After Feed(..., end): the next file begins.
  void EndFile();

 private:
  size_t Cut(std::string_view data, bool end);
  size_t Apply(std::string_view data);
  void Records(std::string_view bytes);
  void Span(std::string_view bytes);
  void Unreadable(ReadReason reason, uint64_t bytes, bool continues);
  void FlushUnreadable();
  void Mark(const Cursor& cursor);
  Cursor Here() const;
  void AppendToCarry(std::string_view bytes);
  void Restart();

  const std::vector<SourceFile>& files_;
  BufferPool* pool_;
  const ReadOptions options_;
  const uint64_t checkpoint_bytes_;
  const size_t most_shown_;  // a record that needs more is too large
  const CutFunctions functions_;
  CutBatch* out_ = nullptr;

  uint32_t file_;
  Format format_;
  bool detected_;
  bool too_large_ = false;  // the rest of the file, up to a gap
  bool plain_ = true;       // no codec
  bool lost_ = false;       // something could not be decoded
  std::unique_ptr<RecordSplitter> splitter_;
  std::shared_ptr<const std::string> header_;
  MemberMap members_;
  uint64_t given_;       // decoded bytes announced
  uint64_t skip_until_;  // those before it were delivered before the start
  uint64_t cut_;         // those before it are in the batches
  uint64_t total_;       // the same over all files
  uint64_t next_mark_;   // a mark is due when total_ has reached this

  Buffer carry_;  // bytes behind the last record: [begin, end)
  size_t carry_begin_ = 0;
  size_t carry_end_ = 0;
  UnreadableSpan pending_;  // may grow
  std::vector<Piece> pieces_;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_RECORD_CUT_H_
