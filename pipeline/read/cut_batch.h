// SPDX-License-Identifier: Apache-2.0
// What the cut gives for a piece: records in canonical order with the memory
// that they view, and an account of every byte that is in no record.
#ifndef WINNOW_PIPELINE_READ_CUT_BATCH_H_
#define WINNOW_PIPELINE_READ_CUT_BATCH_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "pipeline/document.h"
#include "pipeline/read/buffer_pool.h"
#include "pipeline/read/piece.h"
#include "pipeline/read/reasons.h"
#include "pipeline/read/record.h"

namespace winnow {

// Bytes that gave no record.
struct UnreadableSpan {
  ReadReason reason = ReadReason::kCount;
  const SourceFile* file = nullptr;
  uint64_t decoded_offset = 0;  // in the file: where it begins, or is missing
  // Decoded bytes; or, if `undecoded`, compressed bytes that gave none.
  uint64_t bytes = 0;
  bool undecoded = false;
};

// Everything up to here may be made safe, and resumed from `cursor`. The
// counts are those of this batch up to the mark.
struct MarkPoint {
  size_t after_span = 0;        // so many spans lie before it
  size_t after_unreadable = 0;  // and so many unreadable spans
  uint64_t framing_bytes = 0;
  uint64_t decoded_bytes = 0;
  Cursor cursor;
};

// What lies before a span in its batch.
struct SpanPlace {
  size_t unreadable = 0;  // so many unreadable spans
  uint64_t framing_bytes = 0;
};

struct CutBatch {
  // Views into `buffers`, which may be read kSpanPadding bytes further.
  std::vector<RecordSpan> spans;
  std::vector<SpanPlace> places;  // one for each span
  std::vector<Buffer> buffers;
  std::vector<UnreadableSpan> unreadable;
  uint64_t framing_bytes = 0;
  // Spans + framing + unreadable that is not `undecoded`.
  uint64_t decoded_bytes = 0;
  // How far this moved in the files: for progress only.
  uint64_t disk_bytes = 0;
  std::vector<MarkPoint> marks;

  // Gives the buffers back; keeps the vectors' memory.
  void Clear() {
    spans.clear();
    places.clear();
    buffers.clear();
    unreadable.clear();
    framing_bytes = 0;
    decoded_bytes = 0;
    disk_bytes = 0;
    marks.clear();
  }
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_CUT_BATCH_H_
