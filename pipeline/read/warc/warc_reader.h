// SPDX-License-Identifier: Apache-2.0
// WARC records to documents. A document is
//   conversion   its block is the text (WET)
//   response     of http(s), status 2xx, HTML, XHTML or plain text
//   resource     HTML, XHTML or plain text, except `metadata:` targets
// Every other sound record is counted by its type or by why HTTP made it none.
// The media type is that of WARC-Identified-Payload-Type, else of the HTTP head
// (of the record, for a resource), else sniffed.
// Metadata: `warc_type`, `mime`, `warc_language`, `warc_truncated`, and those
// of the page. WARC-Date becomes `created`.
#ifndef WINNOW_PIPELINE_READ_WARC_WARC_READER_H_
#define WINNOW_PIPELINE_READ_WARC_WARC_READER_H_

#include <string>

#include "pipeline/read/html_text_page.h"
#include "pipeline/read/record.h"
#include "pipeline/read/warc/http_body.h"
#include "pipeline/read/warc/warc_header.h"

namespace winnow {

class WarcReader {
 public:
  // `pages` is shared with the other readers of the worker and outlives this.
  WarcReader(const ReadOptions& options, PageReader* pages)
      : max_body_bytes_(options.max_record_bytes), pages_(pages) {}

  // Reads the record of a span (or all of them, if there are more).
  void Read(const RecordSpan& span, ReadSink* sink);

 private:
  enum class Media { kHtml, kText, kOther, kUnsaid };
  // What became of a record: a document, a type that is none, or a reason.
  struct Result {
    ReadReason reason = ReadReason::kCount;
    std::string_view non_document;
    std::string_view text;
  };

  Result ReadRecord(std::string_view block, bool has_length, ReadSink* sink);
  Result ReadResponse(std::string_view block, ReadSink* sink);
  Result ReadBody(std::string_view body, bool stable, std::string_view type,
                  ReadSink* sink);
  static Media MediaOf(std::string_view content_type);
  void AppendSafe(std::string_view name, std::string_view value);

  const uint64_t max_body_bytes_;
  PageReader* const pages_;
  HttpBodyDecoder body_;
  WarcHeader header_;
  std::string metadata_;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_WARC_WARC_READER_H_
