// SPDX-License-Identifier: Apache-2.0
// A table for a terminal: the first column to the left, numbers to the right.
// On a narrow terminal it leaves out the columns that matter least.
#ifndef WINNOW_STATS_TEXT_TABLE_H_
#define WINNOW_STATS_TEXT_TABLE_H_

#include <cstddef>
#include <string>
#include <vector>

namespace winnow {

class TextTable {
 public:
  // The higher `rank` is, the earlier a column is left out; 0 stays.
  void AddColumn(std::string header, int rank);
  // One cell a column.
  void AddRow(std::vector<std::string> cells);
  // A line under the row added last, indented and wrapped.
  void AddDetail(std::string text);
  // `width` columns; 0: any.
  std::string Render(size_t width) const;

 private:
  struct Row {
    std::vector<std::string> cells;
    std::vector<std::string> details;
  };
  std::vector<std::string> headers_;
  std::vector<int> ranks_;
  std::vector<Row> rows_;
};

// Breaks `text` behind commas and spaces so that no line is longer than
// `width` (0: any), unless a word is. Every line is indented.
std::string Wrapped(const std::string& text, size_t indent, size_t width);

}  // namespace winnow

#endif  // WINNOW_STATS_TEXT_TABLE_H_
