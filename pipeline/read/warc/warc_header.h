// SPDX-License-Identifier: Apache-2.0
// The header block of a WARC record: how long it is and how long a block it
// announces (for the splitter), and its fields (for the reader).
// Source: WARC 1.1, iipc/warc-specifications : specifications/warc-format, and
// the leniency of readers in use: any `WARC/` version, LF or CRLF, names in any
// case, folded values.
#ifndef WINNOW_PIPELINE_READ_WARC_WARC_HEADER_H_
#define WINNOW_PIPELINE_READ_WARC_WARC_HEADER_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "pipeline/read/warc/archive_splitter.h"

namespace winnow {

// A header block longer than this is none.
inline constexpr size_t kMaxWarcHeader = size_t{128} << 10;
inline constexpr std::string_view kWarcMagic = "WARC/";

// `WARC/` in any case.
bool BeginsLikeWarc(std::string_view data);

// REQUIRES: BeginsLikeWarc(data).
ArchiveFrame ScanWarcFrame(std::string_view data);

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
  std::string_view block_digest;
  std::string_view payload_digest;
  std::string_view segment;
  bool folded = false;
  bool known_version = false;  // 0.17, 0.18, 1.0 or 1.1
  std::string unfolded;        // keeps its memory from record to record

  void Parse(std::string_view block);
};

// A file whose first line is no version line, but whose first lines are those
// of a record nevertheless.
bool LooksLikeDamagedWarc(std::string_view head);

// True for what W3C's profile of ISO 8601 allows at any granularity, with a
// zone or without: `2009`, `2009-03-14T08:43Z`, `2024-05-06T07:08:09.123456Z`.
bool IsWarcDate(std::string_view date);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_WARC_WARC_HEADER_H_
