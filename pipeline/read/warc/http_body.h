// SPDX-License-Identifier: Apache-2.0
// Undoes what HTTP did to a body: chunks, then gzip, deflate or zstd. Crawlers
// often store the decoded body and keep the header, so a body that does not
// decode at all is taken as it is, if it could be text.
// Source of the leniency: warcio's buffered and chunked readers.
#ifndef WINNOW_PIPELINE_READ_WARC_HTTP_BODY_H_
#define WINNOW_PIPELINE_READ_WARC_HTTP_BODY_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "pipeline/read/reasons.h"

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
  HttpBodyDecoder();
  ~HttpBodyDecoder();
  HttpBodyDecoder(const HttpBodyDecoder&) = delete;
  HttpBodyDecoder& operator=(const HttpBodyDecoder&) = delete;

  // Returns kCount, kHttpBodyInvalid (nothing comes out), or kExpansionLimit
  // (more than `max_bytes` would).
  [[nodiscard]] ReadReason Decode(std::string_view body,
                                  std::string_view transfer_encoding,
                                  std::string_view content_encoding,
                                  uint64_t max_bytes, HttpBody* out);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Joins the chunks of a chunked body. False if it is not chunked at all; where
// the chunks go wrong later, the rest is appended as it is and *mended set.
bool JoinChunks(std::string_view body, std::string* out, bool* mended);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_WARC_HTTP_BODY_H_
