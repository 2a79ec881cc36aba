// SPDX-License-Identifier: Apache-2.0
// What a line filter keeps of a text, and the edits that make it so: lines
// joined by line feeds, the whole stripped of white space.
#ifndef WINNOW_FILTERS_KEPT_SPANS_H_
#define WINNOW_FILTERS_KEPT_SPANS_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "pipeline/stage.h"

namespace winnow {

class KeptSpans {
 public:
  void Clear() { spans_.clear(); }
  // Keeps bytes [begin, end), which may be none. Spans come in order. With
  // `new_line` a line feed stands before it.
  void Add(uint32_t begin, uint32_t end, bool new_line) {
    spans_.push_back({begin, end, new_line});
  }

  // Strips the whole. Returns whether anything is left.
  bool Strip(std::string_view text);

  // Appends what turns `text` into the spans. Where a line feed is there
  // already it stays, so that dropped lines become plain deletions.
  void AppendEdits(std::string_view text, std::vector<Edit>* edits) const;

 private:
  struct Span {
    uint32_t begin;
    uint32_t end;
    bool new_line;
  };
  std::vector<Span> spans_;
  size_t first_ = 0;  // spans before it were stripped
};

}  // namespace winnow

#endif  // WINNOW_FILTERS_KEPT_SPANS_H_
