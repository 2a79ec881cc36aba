// SPDX-License-Identifier: Apache-2.0
// The line that begins an ARC record, version 1 (five fields) and 2 (ten):
//   URL IP date MIME length
//   URL IP date MIME code checksum location offset file length
// Fields are counted from the right, because URLs hold spaces. The first record
// of a file (`filedesc://`) describes it in its block.
// Source: the Internet Archive's "Arc File Format"; warcio's ARC parser;
// sample files of iipc/webarchive-commons and webrecorder/warcio.
#ifndef WINNOW_PIPELINE_READ_WARC_ARC_HEADER_H_
#define WINNOW_PIPELINE_READ_WARC_ARC_HEADER_H_

#include <cstddef>
#include <string_view>

#include "pipeline/read/warc/archive_splitter.h"

namespace winnow {

inline constexpr std::string_view kArcMagic = "filedesc://";
// A longer line begins no record.
inline constexpr size_t kMaxArcLine = size_t{32} << 10;

// Views into the line.
struct ArcHeader {
  std::string_view url;
  std::string_view date;  // 14 digits where it is sound
  std::string_view mime;
  std::string_view length;

  // False if `line` begins no record. The length may be anything.
  [[nodiscard]] bool Parse(std::string_view line);
};

// REQUIRES: the first line of `data` parses.
ArchiveFrame ScanArcFrame(std::string_view data);

// The position behind `from` where a line begins that starts a record, or npos.
size_t FindArcLine(std::string_view data, size_t from);

// A head of a file that is ARC: a `filedesc://` line, or a record line with
// everything in its place.
bool LooksLikeArc(std::string_view head);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_WARC_ARC_HEADER_H_
