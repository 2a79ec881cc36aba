// SPDX-License-Identifier: Apache-2.0
// WARC records to documents. A document is
//   conversion   its block is the text (WET)
//   response     of http(s), as web_payload.h says
//   resource     HTML, XHTML or plain text, except `metadata:` targets
// Every other sound record is counted by its type or by why HTTP made it none.
// Metadata: `warc_type`, `mime`, `warc_language`, `warc_truncated`,
// `warc_digest`, and those of the page. WARC-Date becomes `created`.
// Source: WARC 1.1, iipc/warc-specifications : specifications/warc-format.
#ifndef WINNOW_PIPELINE_READ_WARC_WARC_READER_H_
#define WINNOW_PIPELINE_READ_WARC_WARC_READER_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "pipeline/read/record.h"
#include "pipeline/read/warc/digest.h"
#include "pipeline/read/warc/warc_header.h"
#include "pipeline/read/warc/web_payload.h"

namespace winnow {

class WarcReader {
 public:
  // `payload` outlives it.
  WarcReader(const ReadOptions& options, WebPayloadReader* payload);

  // Reads the record of a span (or all of them, if there are more).
  void Read(const RecordSpan& span, ReadSink* sink);

 private:
  WebResult ReadRecord(std::string_view type, std::string_view block,
                       bool has_length, ReadSink* sink);
  // Notes of what is odd about a record that became a document.
  void Note(ReadSink* sink) const;
  void CheckDigests(std::string_view type, std::string_view block,
                    ReadSink* sink);
  void Count(DigestVerdict verdict, bool block, ReadSink* sink);

  const bool inventory_;
  WebPayloadReader* const payload_;
  std::unique_ptr<DigestChecker> digests_;  // null: not asked for
  std::string unchunked_;
  bool mismatch_ = false;  // of this record
  WarcHeader header_;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_WARC_WARC_READER_H_
