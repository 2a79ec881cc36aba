// SPDX-License-Identifier: Apache-2.0
#include "filters/repeated_lines.h"

#include <string_view>

#include "filters/python_space.h"
#include "pipeline/text/hash.h"
#include "pipeline/text/unicode.h"

namespace winnow {

void RepeatedLines::Start(const Analysis& analysis) {
  analysis_ = &analysis;
  line_hashes_.clear();
  for (const Line& line : analysis.lines) {
    line_hashes_.push_back(Hash64(analysis.Slice(line.begin, line.end)));
  }
}

void RepeatedLines::Enter(uint64_t hash, uint64_t chars, Repeats* repeats) {
  const auto index = static_cast<uint32_t>(repeats->all++);
  entered_.push_back(hash);
  const uint32_t first = entries_.Enter(
      hash, index, [&](uint32_t i) { return entered_[i] == hash; });
  if (first == index) return;
  ++repeats->copies;
  repeats->chars += chars;
}

Repeats RepeatedLines::Lines() {
  Repeats repeats;
  entered_.clear();
  const std::vector<Line>& lines = analysis_->lines;
  entries_ = table_.Start(lines.size(), lines.size());
  for (size_t i = 0; i < lines.size(); ++i) {
    const Line& line = lines[i];
    if (line.begin == line.end && i > 0 && i + 1 < lines.size()) continue;
    Enter(line_hashes_[i], line.chars, &repeats);
  }
  return repeats;
}

Repeats RepeatedLines::Paragraphs() {
  Repeats repeats;
  entered_.clear();
  const std::string_view text = analysis_->text;
  const std::string_view body = Strip(text);
  if (body.empty()) return {.all = 1};
  const auto begin = static_cast<uint32_t>(body.data() - text.data());
  const auto end = begin + static_cast<uint32_t>(body.size());
  const std::vector<Line>& lines = analysis_->lines;
  entries_ = table_.Start(lines.size(), lines.size());
  uint64_t hash = 0;
  uint64_t chars = 0;
  bool open = false;
  for (size_t i = 0; i < lines.size() && lines[i].begin < end; ++i) {
    const Line& line = lines[i];
    if (line.end <= begin) continue;
    if (line.begin == line.end) {
      if (open) Enter(hash, chars, &repeats);
      open = false;
      continue;
    }
    uint64_t line_hash = line_hashes_[i];
    uint64_t line_chars = line.chars;
    if (line.begin < begin || line.end > end) {
      const uint32_t from = line.begin < begin ? begin : line.begin;
      const uint32_t to = line.end > end ? end : line.end;
      line_hash = Hash64(analysis_->Slice(from, to));
      line_chars = CountCodePoints(analysis_->Slice(from, to));
    }
    hash = HashCombine(open ? hash : 0, line_hash);
    chars = open ? chars + 1 + line_chars : line_chars;
    open = true;
  }
  if (open) Enter(hash, chars, &repeats);
  return repeats;
}

}  // namespace winnow
