// SPDX-License-Identifier: Apache-2.0
// Undoes what HTTP did to a body: chunks, then the codings, the last applied
// first. Crawlers often store the decoded body and keep the header, so a body
// that does not decode at all is taken as it is, if it could be text.
// Source of the leniency: warcio's buffered and chunked readers.
#ifndef WINNOW_PIPELINE_READ_WARC_HTTP_BODY_H_
#define WINNOW_PIPELINE_READ_WARC_HTTP_BODY_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "pipeline/read/reasons.h"
#include "pipeline/read/warc/http_coding.h"

namespace winnow {

struct HttpBody {
  // A view into what was given, or into the decoder until its next call.
  std::string_view bytes;
  bool decoded = false;  // `bytes` is the decoder's
  // What had to be mended, static; empty if nothing.
  std::string_view mended;
};

// One for each worker; keeps codec contexts and buffers.
class HttpBodyDecoder {
 public:
  // Returns kCount, kHttpBodyInvalid (nothing comes out), kHttpCodingUnknown,
  // or kExpansionLimit (more than `max_bytes` would).
  [[nodiscard]] ReadReason Decode(std::string_view body,
                                  std::string_view transfer_encoding,
                                  std::string_view content_encoding,
                                  uint64_t max_bytes, HttpBody* out);

 private:
  ReadReason UndoList(std::string_view codings, uint64_t max_bytes,
                      HttpBody* out);

  HttpCoding coding_;
  std::string buffers_[2];
  int next_ = 0;  // the buffer that `bytes` is not in
};

// Joins the chunks of a chunked body. False if it is not chunked at all; where
// the chunks go wrong later, the rest is appended as it is and *mended set.
bool JoinChunks(std::string_view body, std::string* out, bool* mended);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_WARC_HTTP_BODY_H_
