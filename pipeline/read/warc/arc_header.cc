// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/warc/arc_header.h"

#include <algorithm>

#include "pipeline/read/warc/http_fields.h"

namespace winnow {
namespace {

// Lines of the block of a `filedesc://` record that say what fields there are.
constexpr int kVersionLines = 2;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsArcDate(std::string_view field) {
  return field.size() >= 8 && field.size() <= 20 &&
         std::all_of(field.begin(), field.end(), IsDigit);
}

bool IsArcAddress(std::string_view field) {
  return field == "-" || (!field.empty() &&
                          field.find_first_not_of("0123456789abcdefABCDEF.:") ==
                              std::string_view::npos);
}

// `http:`, `dns:`, `alexa/dat` aside: letters and then a colon.
bool HasUrlScheme(std::string_view url) {
  const size_t colon = url.find(':');
  if (colon == std::string_view::npos || colon == 0) return false;
  return std::all_of(
      url.begin(), url.begin() + static_cast<int>(colon), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || IsDigit(c) ||
               c == '+' || c == '-' || c == '.';
      });
}

}  // namespace

bool ArcHeader::Parse(std::string_view line) {
  line = TrimHttpSpace(line);
  // Cheap first: most lines are text.
  if (line.size() < 12 || line.size() > kMaxArcLine || !HasUrlScheme(line)) {
    return false;
  }
  // What lies in front of the fields taken so far is the URL.
  constexpr size_t kMost = 9;
  std::string_view fields[kMost];  // from the right
  std::string_view before[kMost];
  std::string_view rest = line;
  size_t n = 0;
  for (; n < kMost; ++n) {
    const size_t space = rest.rfind(' ');
    if (space == std::string_view::npos) break;
    fields[n] = rest.substr(space + 1);
    before[n] = rest = rest.substr(0, space);
  }
  // Version 2 first: its offset may look like a date.
  for (const size_t last : {kMost - 1, size_t{3}}) {
    if (n <= last || !IsArcDate(fields[last - 1]) ||
        !IsArcAddress(fields[last])) {
      continue;
    }
    url = TrimHttpSpace(before[last]);
    date = fields[last - 1];
    mime = fields[last - 2];
    length = fields[0];
    return !url.empty();
  }
  return false;
}

ArchiveFrame ScanArcFrame(std::string_view data) {
  ArchiveFrame frame;
  size_t pos = 0;
  ArcHeader header;
  if (!header.Parse(NextHttpLine(data, &pos))) return frame;
  frame.status = ArchiveFrame::Status::kOk;
  frame.length = pos;
  frame.block_length = ParseArchiveLength(header.length);
  if (frame.block_length < 0 && header.url.starts_with(kArcMagic)) {
    // Some writers leave the length of the description open.
    for (int i = 0; i < kVersionLines; ++i) {
      if (data.find('\n', pos) == std::string_view::npos) {
        frame.status = ArchiveFrame::Status::kIncomplete;
        return frame;
      }
      NextHttpLine(data, &pos);
    }
    frame.block_length = static_cast<int64_t>(pos - frame.length);
  }
  return frame;
}

size_t FindArcLine(std::string_view data, size_t from) {
  for (size_t at = from;
       (at = data.find('\n', at)) != std::string_view::npos;) {
    const size_t begin = ++at;
    size_t end = data.find('\n', begin);
    // A line that was cut is none yet.
    if (end == std::string_view::npos) break;
    ArcHeader header;
    if (header.Parse(data.substr(begin, end - begin))) return begin;
  }
  return std::string_view::npos;
}

bool LooksLikeArc(std::string_view head) {
  if (head.starts_with(kArcMagic)) return true;
  size_t pos = 0;
  const std::string_view line = NextHttpLine(head, &pos);
  if (pos >= head.size()) return false;
  ArcHeader header;
  return header.Parse(line) && header.date.size() == 14 &&
         ParseArchiveLength(header.length) >= 0 &&
         (header.url.starts_with("http:") || header.url.starts_with("https:") ||
          header.url.starts_with("dns:"));
}

}  // namespace winnow
