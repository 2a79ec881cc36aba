// SPDX-License-Identifier: Apache-2.0
// A line as C4's rules see it: stripped, without citation marks, and what is
// left in it of the things they look for.
#ifndef WINNOW_FILTERS_C4_LINE_H_
#define WINNOW_FILTERS_C4_LINE_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "filters/c4_marks.h"
#include "pipeline/text/analysis.h"

namespace winnow {

// Keeps and reuses its memory; one for each worker. Views are valid until the
// next Read(), and as long as the text.
class C4Line {
 public:
  // A part of the text that stays.
  struct Piece {
    uint32_t begin;
    uint32_t end;
  };

  // Reads one physical line of `text`; `marks` are those inside it.
  void Read(std::string_view text, const Line& line,
            std::span<const C4Mark> marks, bool remove_citations);

  // Stripped, citations still in it.
  std::string_view stripped() const { return stripped_; }
  // Without citations.
  std::string_view content() const { return content_; }
  // C4MarkKind bits of what is in content(), KELVIN SIGN read as 'k'.
  unsigned kinds() const { return kinds_; }
  // Where content() is in the text: one piece, or those between citations.
  std::span<const Piece> pieces() const { return pieces_; }

 private:
  void RemoveCitations(std::string_view text, std::span<const C4Mark> marks);
  void FindAgain();

  std::string_view stripped_;
  std::string_view content_;
  unsigned kinds_ = 0;
  std::vector<Piece> pieces_;
  std::string joined_;  // the pieces
  std::string folded_;  // content_ with 'k' for KELVIN SIGN
  std::vector<C4Mark> marks_;
};

}  // namespace winnow

#endif  // WINNOW_FILTERS_C4_LINE_H_
