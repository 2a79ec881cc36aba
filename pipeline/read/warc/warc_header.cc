// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/warc/warc_header.h"

#include <charconv>

#include "pipeline/read/warc/http_fields.h"

namespace winnow {
namespace {

constexpr std::string_view kMagic = "WARC/";

bool StartsRecord(std::string_view line) {
  return line.size() > kMagic.size() &&
         line.substr(0, kMagic.size()) == kMagic &&
         line[kMagic.size()] >= '0' && line[kMagic.size()] <= '9';
}

int64_t ParseLength(std::string_view value) {
  int64_t n = 0;
  const char* const end = value.data() + value.size();
  const auto [ptr, error] = std::from_chars(value.data(), end, n);
  if (error != std::errc() || ptr != end || n < 0 || n > kMaxWarcBlock) {
    return WarcFrame::kBadLength;
  }
  return n;
}

}  // namespace

WarcFrame ScanWarcFrame(std::string_view data) {
  constexpr std::string_view kName = "Content-Length";
  WarcFrame frame;
  const std::string_view window = data.substr(0, kMaxWarcHeader);
  for (size_t pos = 0; pos < window.size();) {
    const size_t begin = pos;
    if (window.find('\n', begin) == std::string_view::npos) break;
    const std::string_view line = NextHttpLine(window, &pos);
    if (line.empty()) {
      frame.status = WarcFrame::Status::kOk;
      frame.length = pos;
      return frame;
    }
    if (begin > 0 && StartsRecord(line)) {
      frame.status = WarcFrame::Status::kCut;
      frame.length = begin;
      return frame;
    }
    const size_t colon = line.find(':');
    if (frame.block_length == WarcFrame::kNoLength &&
        colon != std::string_view::npos &&
        EqualsIgnoreCase(TrimHttpSpace(line.substr(0, colon)), kName)) {
      frame.block_length = ParseLength(TrimHttpSpace(line.substr(colon + 1)));
    }
  }
  frame.status = data.size() >= kMaxWarcHeader ? WarcFrame::Status::kTooLong
                                               : WarcFrame::Status::kIncomplete;
  return frame;
}

size_t FindWarcLine(std::string_view data, size_t from) {
  size_t at = from;
  while ((at = data.find("\nWARC/", at)) != std::string_view::npos) {
    if (StartsRecord(data.substr(at + 1))) return at + 1;
    ++at;
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
  };
  for (const auto& field : wanted) *field.value = {};
  folded = false;
  unfolded.clear();
  unfolded.reserve(block.size());  // views into it must not move
  size_t pos = 0;
  NextHttpLine(block, &pos);  // the version
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

}  // namespace winnow
