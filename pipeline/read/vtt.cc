// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/vtt.h"

#include "pipeline/read/warc/http_fields.h"

namespace winnow {
namespace {

constexpr std::string_view kArrow = "-->";

bool HasArrow(std::string_view line) {
  return line.find(kArrow) != std::string_view::npos;
}

// Reads the block at *pos, which ends at an empty line or before a line with an
// arrow that cannot be its timing line. Only a really empty line ends a block.
bool ReadBlock(std::string_view text, size_t* pos, Cue* cue) {
  bool arrow_seen = false;
  bool valid = false;
  size_t payload = 0;
  size_t payload_end = 0;
  for (int lines = 0; *pos < text.size(); ++lines) {
    const size_t begin = *pos;
    const std::string_view line = NextHttpLine(text, pos);
    if (line.empty()) break;
    if (HasArrow(line)) {
      if (arrow_seen || lines > 1) {
        *pos = begin;
        break;
      }
      arrow_seen = true;
      valid = ParseCueTimes(line, cue);
      payload = payload_end = *pos;
      continue;
    }
    payload_end = *pos;
  }
  if (!valid) return false;
  cue->payload = text.substr(payload, payload_end - payload);
  return true;
}

}  // namespace

bool LooksLikeVtt(std::string_view head) {
  constexpr std::string_view kSignature = "WEBVTT";
  if (!head.starts_with(kSignature)) return false;
  return head.size() == kSignature.size() ||
         std::string_view(" \t\r\n").find(head[kSignature.size()]) !=
             std::string_view::npos;
}

bool ParseVtt(std::string_view text, std::vector<Cue>* cues) {
  if (!LooksLikeVtt(text)) return false;
  size_t pos = 0;
  NextHttpLine(text, &pos);
  // The header goes on to an empty line, or to a first timing line.
  while (pos < text.size()) {
    const size_t begin = pos;
    const std::string_view line = NextHttpLine(text, &pos);
    if (line.empty()) break;
    if (HasArrow(line)) {
      pos = begin;
      break;
    }
  }
  while (pos < text.size()) {
    if (text[pos] == '\n') {
      ++pos;
      continue;
    }
    Cue cue{};
    if (ReadBlock(text, &pos, &cue)) cues->push_back(cue);
  }
  return true;
}

}  // namespace winnow
