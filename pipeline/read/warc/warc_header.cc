// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/warc/warc_header.h"

#include <algorithm>

#include "pipeline/read/warc/http_fields.h"

namespace winnow {
namespace {

bool StartsRecord(std::string_view line) {
  return BeginsLikeWarc(line) && line.size() > kWarcMagic.size() &&
         line[kWarcMagic.size()] >= '0' && line[kWarcMagic.size()] <= '9';
}

}  // namespace

bool BeginsLikeWarc(std::string_view data) {
  return EqualsIgnoreCase(data.substr(0, kWarcMagic.size()), kWarcMagic);
}

ArchiveFrame ScanWarcFrame(std::string_view data) {
  constexpr std::string_view kName = "Content-Length";
  ArchiveFrame frame;
  const std::string_view window = data.substr(0, kMaxWarcHeader);
  for (size_t pos = 0; pos < window.size();) {
    const size_t begin = pos;
    if (window.find('\n', begin) == std::string_view::npos) break;
    const std::string_view line = NextHttpLine(window, &pos);
    if (line.empty()) {
      frame.status = ArchiveFrame::Status::kOk;
      frame.length = pos;
      return frame;
    }
    if (begin > 0 && StartsRecord(line)) {
      frame.status = ArchiveFrame::Status::kCut;
      frame.length = begin;
      return frame;
    }
    if (frame.block_length != ArchiveFrame::kNoLength) continue;
    const size_t colon = line.find(':');
    if (colon == std::string_view::npos ||
        !EqualsIgnoreCase(TrimHttpSpace(line.substr(0, colon)), kName)) {
      continue;
    }
    std::string_view value = TrimHttpSpace(line.substr(colon + 1));
    if (value.empty() && pos < window.size() &&
        (window[pos] == ' ' || window[pos] == '\t')) {
      size_t next = pos;  // folded
      value = TrimHttpSpace(NextHttpLine(window, &next));
    }
    frame.block_length = ParseArchiveLength(value);
  }
  frame.status = data.size() >= kMaxWarcHeader
                     ? ArchiveFrame::Status::kTooLong
                     : ArchiveFrame::Status::kIncomplete;
  return frame;
}

size_t FindWarcLine(std::string_view data, size_t from) {
  for (size_t at = from;
       (at = data.find('\n', at)) != std::string_view::npos;) {
    if (StartsRecord(data.substr(++at, kWarcMagic.size() + 1))) return at;
  }
  return std::string_view::npos;
}

void WarcHeader::Parse(std::string_view block) {
  const struct {
    std::string_view name;
    std::string_view* value;
  } wanted[] = {
      {"WARC-Type", &type},
      {"WARC-Target-URI", &target_uri},
      {"WARC-Date", &date},
      {"Content-Type", &content_type},
      {"WARC-Identified-Payload-Type", &payload_type},
      {"WARC-Identified-Content-Language", &language},
      {"WARC-Truncated", &truncated},
      {"WARC-Block-Digest", &block_digest},
      {"WARC-Payload-Digest", &payload_digest},
      {"WARC-Segment-Number", &segment},
  };
  for (const auto& field : wanted) *field.value = {};
  folded = false;
  unfolded.clear();
  unfolded.reserve(block.size());  // views into it must not move
  size_t pos = 0;
  const std::string_view version =
      TrimHttpSpace(NextHttpLine(block, &pos).substr(kWarcMagic.size()));
  known_version = version == "1.0" || version == "1.1" || version == "0.18" ||
                  version == "0.17";
  for (HttpFields fields(block.substr(pos)); fields.Next();) {
    for (const auto& field : wanted) {
      if (!field.value->empty() ||
          !EqualsIgnoreCase(fields.name(), field.name)) {
        continue;
      }
      *field.value = fields.value();
      if (!fields.folded()) continue;
      folded = true;
      const size_t begin = unfolded.size();
      AppendUnfolded(fields.value(), &unfolded);
      *field.value = std::string_view(unfolded).substr(begin);
    }
  }
}

bool LooksLikeDamagedWarc(std::string_view head) {
  constexpr size_t kLines = 24;
  size_t named = 0;
  size_t pos = 0;
  for (size_t i = 0; i < kLines && pos < head.size(); ++i) {
    const std::string_view line = NextHttpLine(head, &pos);
    if (line.empty()) break;
    named += EqualsIgnoreCase(line.substr(0, 10), "WARC-Type:") ||
             EqualsIgnoreCase(line.substr(0, 15), "WARC-Record-ID:") ||
             EqualsIgnoreCase(line.substr(0, 10), "WARC-Date:");
  }
  return named >= 2;
}

bool IsWarcDate(std::string_view date) {
  constexpr std::string_view kShape = "dddd-dd-ddTdd:dd:dd";
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  size_t n = 0;
  while (n < date.size() && n < kShape.size() &&
         (kShape[n] == 'd' ? digit(date[n]) : date[n] == kShape[n])) {
    ++n;
  }
  if (n != 4 && n != 7 && n != 10 && n != 16 && n != 19) return false;
  const auto in_range = [&](size_t at, int least, int most) {
    if (at + 2 > n) return true;
    const int value = (date[at] - '0') * 10 + date[at + 1] - '0';
    return value >= least && value <= most;
  };
  if (!in_range(5, 1, 12) || !in_range(8, 1, 31) || !in_range(11, 0, 24) ||
      !in_range(14, 0, 59) || !in_range(17, 0, 60)) {
    return false;
  }
  std::string_view rest = date.substr(n);
  if (n == kShape.size() && rest.starts_with('.')) {
    const size_t fraction =
        std::min(rest.find_first_not_of("0123456789", 1), rest.size()) - 1;
    if (fraction < 1 || fraction > 9) return false;
    rest.remove_prefix(1 + fraction);
  }
  if (rest.empty() || rest == "Z") return true;
  // +09:00 or -0800
  if (n < 16 || (rest[0] != '+' && rest[0] != '-')) return false;
  rest.remove_prefix(1);
  const bool colon = rest.size() == 5 && rest[2] == ':';
  if (rest.size() != 4 && !colon) return false;
  return std::all_of(rest.begin(), rest.end(),
                     [&](char c) { return digit(c) || c == ':'; });
}

}  // namespace winnow
