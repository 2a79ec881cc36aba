// SPDX-License-Identifier: Apache-2.0
// Turns a chunk's masks into rows of Line: cut at line feeds, and cut as
// Python's str.splitlines() does.
#ifndef WINNOW_PIPELINE_TEXT_LINE_ROWS_H_
#define WINNOW_PIPELINE_TEXT_LINE_ROWS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "pipeline/text/analysis.h"
#include "pipeline/text/chunk_masks.h"
#include "pipeline/text/word_rows.h"

namespace winnow {

// Appends lines chunk by chunk. As long as a range has no break but line feeds,
// only `lines` is written; Finish copies it.
class LineRows {
 public:
  // Begins a range that appends to these lists.
  void Start(const TextRange& range, std::vector<Line>* lines,
             std::vector<Line>* split_lines);

  // Appends the lines that end in the chunk. Chunks come in order.
  void Append(const ChunkMasks& masks);

  // Appends what follows the last break: to `lines` always, to `split_lines`
  // only if it is not empty. `last` says whether the range ends the text; a
  // range before the end must end with a line feed, and no line follows it.
  void Finish(bool last);

 private:
  // A line that has begun. `trail` is the number of bytes before it in the
  // range that do not begin a character.
  struct Open {
    uint32_t begin = 0;
    uint64_t trail = 0;
  };

  void Close(Open* open, size_t end, size_t next, uint64_t trail,
             uint64_t next_trail, std::vector<Line>* lines) const;

  TextRange range_;
  std::vector<Line>* lines_ = nullptr;
  std::vector<Line>* split_lines_ = nullptr;
  size_t first_ = 0;    // of lines_ in this range
  bool split_ = false;  // another break has been met
  uint64_t trail_ = 0;  // as in Open, before the next chunk
  Open line_;
  Open split_line_;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_TEXT_LINE_ROWS_H_
