// SPDX-License-Identifier: Apache-2.0
// The splitters behind NewSplitter(). None holds a byte: what has to be seen
// again is left with the caller, and no more than `max_record_bytes` and a
// header ever is.
#ifndef WINNOW_PIPELINE_READ_SPLITTERS_H_
#define WINNOW_PIPELINE_READ_SPLITTERS_H_

#include <cstdint>
#include <memory>

#include "pipeline/read/record.h"

namespace winnow {

// One record a line; a line above the cap (without its LF) is unreadable and
// is passed over as it comes.
std::unique_ptr<RecordSplitter> NewJsonlSplitter(uint64_t max_record_bytes);

// One record a WARC record, header and block; blank lines between records are
// framing. A Content-Length that cannot be right costs the bytes up to the
// next line that begins with `WARC/`.
std::unique_ptr<RecordSplitter> NewWarcSplitter(uint64_t max_record_bytes);
// The same for ARC, whose records begin with a line of five fields.
std::unique_ptr<RecordSplitter> NewArcSplitter(uint64_t max_record_bytes);

// As many CSV rows as there are; the header is framing.
std::unique_ptr<RecordSplitter> NewCsvSplitter(uint64_t max_record_bytes);

// One record a <page> of a wiki dump; what lies between is framing.
std::unique_ptr<RecordSplitter> NewWikiSplitter(uint64_t max_record_bytes);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_SPLITTERS_H_
