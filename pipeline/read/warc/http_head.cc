// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/warc/http_head.h"

#include <charconv>

#include "pipeline/read/warc/http_fields.h"

namespace winnow {

HttpHeadResult ParseHttpHead(std::string_view block, HttpHead* head) {
  *head = {};
  // `HTTP/1.1 200`; some servers leave the version out, and streaming ones say
  // ICY. A page may begin with such a word: only a status makes it a head.
  const bool sure = EqualsIgnoreCase(block.substr(0, 5), "HTTP/");
  if (!sure && !block.starts_with("HTTP ") && !block.starts_with("ICY ")) {
    return HttpHeadResult::kNone;
  }
  size_t pos = 0;
  const std::string_view line = NextHttpLine(block, &pos);
  const size_t space = line.find_first_of(" \t");
  if (space == std::string_view::npos) return HttpHeadResult::kInvalid;
  const std::string_view rest = TrimHttpSpace(line.substr(space));
  const char* const end = rest.data() + rest.size();
  const auto [ptr, error] = std::from_chars(rest.data(), end, head->status);
  if (error != std::errc() || head->status < 0 || head->status > 999 ||
      (ptr != end && *ptr != ' ' && *ptr != '\t')) {
    return sure ? HttpHeadResult::kInvalid : HttpHeadResult::kNone;
  }
  HttpFields fields(block.substr(pos));
  while (fields.Next()) {
    const auto take = [&](std::string_view name, std::string_view* value) {
      if (value->empty() && EqualsIgnoreCase(fields.name(), name)) {
        *value = fields.value();
      }
    };
    take("Content-Type", &head->content_type);
    take("Content-Encoding", &head->content_encoding);
    take("Transfer-Encoding", &head->transfer_encoding);
  }
  head->length = pos + fields.position();
  return HttpHeadResult::kOk;
}

size_t HttpHeadLength(std::string_view block) {
  for (size_t pos = 0; pos < block.size();) {
    if (NextHttpLine(block, &pos).empty()) return pos;
  }
  return block.size();
}

}  // namespace winnow
