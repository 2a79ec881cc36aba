// SPDX-License-Identifier: Apache-2.0
#include "filters/c4_line.h"

#include "filters/python_space.h"

namespace winnow {

void C4Line::Read(std::string_view text, const Line& line,
                  std::span<const C4Mark> marks, bool remove_citations) {
  stripped_ = Strip(text.substr(line.begin, line.end - line.begin));
  content_ = stripped_;
  const auto begin = static_cast<uint32_t>(stripped_.data() - text.data());
  pieces_.assign(1,
                 Piece{begin, begin + static_cast<uint32_t>(stripped_.size())});
  kinds_ = 0;
  for (const C4Mark& mark : marks) kinds_ |= mark.kind;
  if (remove_citations && (kinds_ & kMarkBracket) != 0) {
    RemoveCitations(text, marks);
  }
  if (pieces_.size() > 1 || (kinds_ & kMarkKelvin) != 0) FindAgain();
}

void C4Line::RemoveCitations(std::string_view text,
                             std::span<const C4Mark> marks) {
  const uint32_t end = pieces_.back().end;
  for (const C4Mark& mark : marks) {
    if (mark.kind != kMarkBracket) continue;
    const size_t bytes = CitationLength(text, mark.at);
    if (bytes == 0) continue;
    pieces_.back().end = mark.at;
    pieces_.push_back({mark.at + static_cast<uint32_t>(bytes), end});
  }
  if (pieces_.size() == 1) return;
  joined_.clear();
  for (const Piece& piece : pieces_) {
    joined_.append(text, piece.begin, piece.end - piece.begin);
  }
  content_ = joined_;
}

// Removing a citation can make a phrase.
void C4Line::FindAgain() {
  constexpr std::string_view kKelvin = "\xE2\x84\xAA";
  folded_.clear();
  std::string_view rest = content_;
  for (size_t at = rest.find(kKelvin); at != rest.npos;
       at = rest.find(kKelvin)) {
    folded_.append(rest.substr(0, at)).push_back('k');
    rest.remove_prefix(at + kKelvin.size());
  }
  folded_.append(rest);
  FindC4Marks(folded_, &marks_);
  kinds_ = 0;
  for (const C4Mark& mark : marks_) kinds_ |= mark.kind;
}

}  // namespace winnow
