// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/srt.h"

#include "pipeline/read/warc/http_fields.h"

namespace winnow {
namespace {

bool IsIndex(std::string_view line) {
  line = TrimHttpSpace(line);
  return !line.empty() &&
         line.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

bool LooksLikeSrt(std::string_view head) {
  Cue cue{};
  size_t pos = 0;
  for (int lines = 0; pos < head.size() && lines < 2;) {
    const std::string_view line = TrimHttpSpace(NextHttpLine(head, &pos));
    if (line.empty()) continue;
    if (ParseCueTimes(line, &cue)) return true;
    if (!IsIndex(line)) return false;
    ++lines;
  }
  return false;
}

void ParseSrt(std::string_view text, std::vector<Cue>* cues) {
  Cue cue{};
  bool open = false;
  size_t payload = 0;
  bool index_before = false;  // the line before this one is an index
  size_t line_before = 0;
  const auto close = [&](size_t end) {
    if (!open) return;
    cue.payload = text.substr(payload, end - payload);
    cues->push_back(cue);
  };
  for (size_t pos = 0; pos < text.size();) {
    const size_t begin = pos;
    const std::string_view line = NextHttpLine(text, &pos);
    Cue next{};
    if (ParseCueTimes(line, &next)) {
      // Numbers right above the times are the index, elsewhere dialogue.
      close(index_before && line_before >= payload ? line_before : begin);
      cue = next;
      open = true;
      payload = pos;
      index_before = false;
      continue;
    }
    index_before = IsIndex(line);
    line_before = begin;
  }
  close(text.size());
}

}  // namespace winnow
