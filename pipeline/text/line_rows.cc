// SPDX-License-Identifier: Apache-2.0
#include "pipeline/text/line_rows.h"

#include <bit>

#include "pipeline/error.h"
#include "pipeline/text/unicode.h"

namespace winnow {

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

void LineRows::Close(Open* open, size_t end, size_t next, uint64_t trail,
                     uint64_t next_trail, std::vector<Line>* lines) const {
  Line line;
  line.begin = open->begin + range_.begin;
  line.end = static_cast<uint32_t>(end) + range_.begin;
  line.next = static_cast<uint32_t>(next) + range_.begin;
  line.chars = static_cast<uint32_t>(end - open->begin - (trail - open->trail));
  lines->push_back(line);
  open->begin = static_cast<uint32_t>(next);
  open->trail = next_trail;
}

void LineRows::Append(const ChunkMasks& m) {
  for (size_t b = 0; b < m.blocks; ++b) {
    const uint64_t feeds = m.line_feed[b];
    const uint64_t trail_bits = m.trail[b];
    if (m.other_break[b] != 0 && !split_) {
      // Line feeds of this block are still to come in both lists.
      split_ = true;
      split_line_ = line_;
      split_lines_->insert(split_lines_->end(),
                           lines_->begin() + static_cast<ptrdiff_t>(first_),
                           lines_->end());
    }
    const uint64_t breaks = split_ ? feeds | m.other_break[b] : feeds;
    for (uint64_t rest = breaks; rest != 0; rest &= rest - 1) {
      const uint64_t bit = rest & (~rest + 1);
      const auto i = static_cast<size_t>(std::countr_zero(rest));
      const size_t at = m.begin + b * 64 + i;
      const uint64_t trail =
          trail_ +
          (trail_bits == 0
               ? 0
               : static_cast<unsigned>(std::popcount(trail_bits & (bit - 1))));
      if ((feeds & bit) != 0) Close(&line_, at, at + 1, trail, trail, lines_);
      // The line feed of a CRLF lies before the line that is open.
      if (!split_ || at < split_line_.begin) continue;
      const auto lead = static_cast<unsigned char>(range_.data()[at]);
      size_t length = Utf8Length(lead);
      const uint64_t in_break = length - 1;
      if (lead == '\r' && at + 1 < range_.size() &&
          range_.data()[at + 1] == '\n') {
        length = 2;
      }
      Close(&split_line_, at, at + length, trail, trail + in_break,
            split_lines_);
    }
    trail_ += static_cast<unsigned>(std::popcount(trail_bits));
  }
}

void LineRows::Finish(bool last) {
  if (!split_) {
    split_line_ = line_;
    split_lines_->insert(split_lines_->end(),
                         lines_->begin() + static_cast<ptrdiff_t>(first_),
                         lines_->end());
  }
  const size_t size = range_.size();
  if (split_line_.begin < size) {
    Close(&split_line_, size, size, trail_, trail_, split_lines_);
  }
  WINNOW_DCHECK(last || line_.begin == size);
  if (last) Close(&line_, size, size, trail_, trail_, lines_);
}

}  // namespace winnow
