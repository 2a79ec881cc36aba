// SPDX-License-Identifier: Apache-2.0
// The header block of a WARC record: how long it is and how long a block it
// announces (for the splitter), and its fields (for the reader).
// Source: WARC 1.1, iipc/warc-specifications : specifications/warc-format, and
// the leniency of readers in use: any `WARC/` version, LF or CRLF, names in any
// case, folded values.
#ifndef WINNOW_PIPELINE_READ_WARC_WARC_HEADER_H_
#define WINNOW_PIPELINE_READ_WARC_WARC_HEADER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace winnow {

// A header block longer than this is none.
inline constexpr size_t kMaxWarcHeader = size_t{128} << 10;
// A Content-Length above this (1 TiB) is a lie.
inline constexpr int64_t kMaxWarcBlock = int64_t{1} << 40;

struct WarcFrame {
  enum class Status : uint8_t {
    kOk,
    kIncomplete,  // no blank line yet
    kTooLong,     // no blank line within kMaxWarcHeader
    kCut,         // the next record's version line stands inside: at `length`
  };
  static constexpr int64_t kNoLength = -1;
  static constexpr int64_t kBadLength = -2;  // negative, huge, not a number

  Status status = Status::kIncomplete;
  size_t length = 0;  // of the header with its blank line
  int64_t block_length = kNoLength;
};

// REQUIRES: data begins with "WARC/".
WarcFrame ScanWarcFrame(std::string_view data);

// The position behind `from` where a line begins that starts a record
// (`WARC/` and a digit), or npos.
size_t FindWarcLine(std::string_view data, size_t from);

struct WarcHeader {
  // Views into the header, or into `unfolded`.
  std::string_view type;
  std::string_view target_uri;
  std::string_view date;
  std::string_view content_type;
  std::string_view payload_type;
  std::string_view language;
  std::string_view truncated;
  bool folded = false;
  std::string unfolded;  // keeps its memory from record to record

  void Parse(std::string_view block);
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_WARC_WARC_HEADER_H_
