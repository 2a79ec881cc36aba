// SPDX-License-Identifier: Apache-2.0
// Turns a chunk's masks into rows of Line: cut at line feeds, and cut as
// Python's str.splitlines() does.
#ifndef WINNOW_PIPELINE_TEXT_LINE_ROWS_H_
#define WINNOW_PIPELINE_TEXT_LINE_ROWS_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "pipeline/text/analysis.h"
#include "pipeline/text/chunk_masks.h"
#include "pipeline/text/word_rows.h"

namespace winnow {

// Appends lines chunk by chunk. As long as a range has no break but line feeds,
// only `lines` is written; Finish copies it. Thread-compatible.
class LineRows {
 public:
  LineRows();
  ~LineRows();

  // Begins a range that appends to these lists.
  void Start(const TextRange& range, std::vector<Line>* lines,
             std::vector<Line>* split_lines);

  // Appends the lines that end in the chunk. Chunks come in order.
  void Append(const ChunkMasks& masks);

  // Appends what follows the last break: to `lines` always, to `split_lines`
  // only if it is not empty. `last` says whether the range ends the text; a
  // range before the end must end with a line feed, and no line follows it.
  void Finish(bool last);

  struct Scratch;

 private:
  // Where a line begins, or ends. `trail` is the number of bytes before it in
  // the range that do not begin a character.
  struct Point {
    uint32_t at = 0;
    uint32_t trail = 0;
  };

  // Appends the line from *begin to `end`; the next begins at `next`.
  void Close(Point* begin, Point end, Point next,
             std::vector<Line>* lines) const;
  void CopyLines();

  TextRange range_;
  std::vector<Line>* lines_ = nullptr;
  std::vector<Line>* split_lines_ = nullptr;
  size_t first_ = 0;    // of lines_ in this range
  bool split_ = false;  // another break has been met
  uint32_t trail_ = 0;  // as in Point, before the next chunk
  Point line_;          // where the open lines begin
  Point split_line_;
  std::unique_ptr<Scratch> scratch_;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_TEXT_LINE_ROWS_H_
