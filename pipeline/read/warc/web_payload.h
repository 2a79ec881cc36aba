// SPDX-License-Identifier: Apache-2.0
// The payload of a web record, whatever archive held it: an HTTP response, or
// bare bytes of some type, to text. Says which documents it makes:
//   response   status 2xx, HTML, XHTML or plain text
//   bytes      HTML, XHTML or plain text
// The type is what the archive found out, else what HTTP (or the record) says,
// else what the body looks like.
#ifndef WINNOW_PIPELINE_READ_WARC_WEB_PAYLOAD_H_
#define WINNOW_PIPELINE_READ_WARC_WEB_PAYLOAD_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "pipeline/read/html/html_text_page.h"
#include "pipeline/read/record.h"
#include "pipeline/read/warc/http_body.h"
#include "pipeline/read/warc/http_head.h"

namespace winnow {

// What became of a record: a document's text, a type that is none, or a reason.
struct WebResult {
  ReadReason reason = ReadReason::kCount;
  std::string_view non_document;  // static
  std::string_view text;
};

class WebPayloadReader {
 public:
  // `pages` is shared with the other readers of the worker and outlives this.
  WebPayloadReader(const ReadOptions& options, PageReader* pages)
      : max_body_bytes_(options.max_record_bytes),
        inventory_(options.inventory),
        pages_(pages) {}

  // A new record.
  void Begin() { metadata_.clear(); }

  // `identified` is the type that the archive found out, `declared` the one to
  // believe where HTTP says none.
  WebResult ReadResponse(std::string_view block, std::string_view identified,
                         std::string_view declared, ReadSink* sink);
  // `stable` bytes live as long as the batch.
  WebResult ReadBody(std::string_view body, bool stable,
                     std::string_view identified, std::string_view declared,
                     ReadSink* sink);

  // Appends to the metadata what is plain ASCII: others come from strangers.
  void AppendSafe(std::string_view name, std::string_view value);
  // JSON members, valid until Begin().
  std::string_view metadata() const { return metadata_; }

 private:
  const uint64_t max_body_bytes_;
  const bool inventory_;
  PageReader* const pages_;
  HttpBodyDecoder body_;
  std::string metadata_;
};

// ASCII letters in either case; `<` before it is passed over.
bool HasScheme(std::string_view uri, std::string_view scheme);
bool IsPlainAscii(std::string_view s);
// The charset that PageReader wrote into a page's metadata, else `utf-8`, as a
// static name.
std::string_view CharsetTrait(std::string_view metadata);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_WARC_WEB_PAYLOAD_H_
