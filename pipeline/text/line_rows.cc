// SPDX-License-Identifier: Apache-2.0
#include "pipeline/text/line_rows.h"

#include <algorithm>
#include <array>

#include "pipeline/error.h"
#include "pipeline/text/unicode.h"
#include "pipeline/text/word_kernel.h"

namespace winnow {

struct LineRows::Scratch {
  // A chunk may be full of breaks; positions are listed some at a time.
  static constexpr size_t kMax = ChunkMasks::kBytes + 32;
  std::array<uint64_t, ChunkMasks::kBlocks> breaks;
  std::array<uint32_t, kMax> at;
  std::array<uint32_t, kMax> trail;
};

LineRows::LineRows() : scratch_(new Scratch) {}

LineRows::~LineRows() = default;

void LineRows::Start(const TextRange& range, std::vector<Line>* lines,
                     std::vector<Line>* split_lines) {
  range_ = range;
  lines_ = lines;
  split_lines_ = split_lines;
  first_ = lines->size();
  split_ = false;
  trail_ = 0;
  line_ = split_line_ = {};
}

void LineRows::Close(Point* begin, Point end, Point next,
                     std::vector<Line>* lines) const {
  Line line;
  line.begin = begin->at + range_.begin;
  line.end = end.at + range_.begin;
  line.next = next.at + range_.begin;
  line.chars = end.at - begin->at - (end.trail - begin->trail);
  lines->push_back(line);
  *begin = next;
}

void LineRows::CopyLines() {
  split_line_ = line_;
  split_lines_->insert(split_lines_->end(),
                       lines_->begin() + static_cast<ptrdiff_t>(first_),
                       lines_->end());
}

void LineRows::Append(const ChunkMasks& m) {
  const auto is_other = [](uint64_t mask) { return mask != 0; };
  if (!split_ &&
      std::any_of(m.other_break, m.other_break + m.blocks, is_other)) {
    split_ = true;
    CopyLines();
  }
  const uint64_t* breaks = m.line_feed;
  if (split_) {
    for (size_t b = 0; b < m.blocks; ++b) {
      scratch_->breaks[b] = m.line_feed[b] | m.other_break[b];
    }
    breaks = scratch_->breaks.data();
  }
  const uint32_t* const at = scratch_->at.data();
  const auto count = static_cast<size_t>(
      ListBits(breaks, m.blocks, static_cast<uint32_t>(m.begin),
               scratch_->at.data()) -
      at);
  const uint32_t total = CountTrail(m, at, count, scratch_->trail.data());
  const char* const text = range_.data();
  for (size_t i = 0; i < count; ++i) {
    const Point end = {at[i], trail_ + scratch_->trail[i]};
    if (text[end.at] == '\n') {
      Close(&line_, end, {end.at + 1, end.trail}, lines_);
    }
    // The line feed of a CRLF lies before the line that is open.
    if (!split_ || end.at < split_line_.at) continue;
    const bool crlf = text[end.at] == '\r' && end.at + 1 < range_.size() &&
                      text[end.at + 1] == '\n';
    const uint32_t length =
        Utf8Length(static_cast<unsigned char>(text[end.at]));
    Close(&split_line_, end,
          {end.at + (crlf ? 2 : length), end.trail + length - 1}, split_lines_);
  }
  trail_ += total;
}

void LineRows::Finish(bool last) {
  if (!split_) CopyLines();
  const Point end = {static_cast<uint32_t>(range_.size()), trail_};
  if (split_line_.at < end.at) Close(&split_line_, end, end, split_lines_);
  WINNOW_DCHECK(last || line_.at == end.at);
  if (last) Close(&line_, end, end, lines_);
}

}  // namespace winnow
