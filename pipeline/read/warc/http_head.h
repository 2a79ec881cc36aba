// SPDX-License-Identifier: Apache-2.0
// The head of an HTTP response inside a WARC record: what decides about its
// body. Lenient: LF or CRLF, no version, no reason phrase, status 0, lines
// without colon, folds.
// Source: what jwarc, warcio and FastWARC had to learn to accept.
#ifndef WINNOW_PIPELINE_READ_WARC_HTTP_HEAD_H_
#define WINNOW_PIPELINE_READ_WARC_HTTP_HEAD_H_

#include <cstddef>
#include <string_view>

namespace winnow {

struct HttpHead {
  int status = 0;
  size_t length = 0;  // with the blank line; all of it where there is none
  // Views into the block, as written.
  std::string_view content_type;
  std::string_view content_encoding;
  std::string_view transfer_encoding;
};

enum class HttpHeadResult {
  kOk,
  kNone,     // the block does not begin with an HTTP head
  kInvalid,  // it begins like one, and has no status
};

HttpHeadResult ParseHttpHead(std::string_view block, HttpHead* head);

// How long the head of a request or a response is, with its blank line: up to
// the first one, or all of it.
size_t HttpHeadLength(std::string_view block);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_WARC_HTTP_HEAD_H_
