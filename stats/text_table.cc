// SPDX-License-Identifier: Apache-2.0
#include "stats/text_table.h"

#include <algorithm>
#include <utility>

namespace winnow {
namespace {

// Columns of the terminal: code points, of which those of East Asia take two.
size_t Columns(const std::string& s) {
  size_t columns = 0;
  for (const char c : s) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) == 0x80) continue;
    columns += byte >= 0xE3 && byte <= 0xED ? 2U : 1U;
  }
  return columns;
}

void AppendCell(const std::string& cell, size_t width, bool left,
                std::string* out) {
  const std::string pad(width - std::min(width, Columns(cell)), ' ');
  *out += left ? cell + pad : pad + cell;
}

void EndLine(std::string* out) {
  while (!out->empty() && out->back() == ' ') out->pop_back();
  *out += '\n';
}

}  // namespace

void TextTable::AddColumn(std::string header, int rank) {
  headers_.push_back(std::move(header));
  ranks_.push_back(rank);
}

void TextTable::AddRow(std::vector<std::string> cells) {
  rows_.push_back({std::move(cells), {}});
}

void TextTable::AddDetail(std::string text) {
  rows_.back().details.push_back(std::move(text));
}

std::string TextTable::Render(size_t width) const {
  std::vector<size_t> widths;
  for (size_t c = 0; c < headers_.size(); ++c) {
    size_t most = Columns(headers_[c]);
    for (const Row& row : rows_) most = std::max(most, Columns(row.cells[c]));
    widths.push_back(most);
  }
  const auto total = [&](int rank, size_t gap) {
    size_t sum = 0;
    for (size_t c = 0; c < widths.size(); ++c) {
      if (ranks_[c] <= rank) sum += widths[c] + (c == 0 ? 0 : gap);
    }
    return sum;
  };
  int rank = *std::max_element(ranks_.begin(), ranks_.end());
  size_t gap = 2;
  if (width != 0) {
    while (rank > 0 && total(rank, gap) > width) --rank;
    if (total(rank, gap) > width) gap = 1;
  }
  std::string out;
  const auto line = [&](const std::vector<std::string>& cells) {
    for (size_t c = 0; c < cells.size(); ++c) {
      if (ranks_[c] > rank) continue;
      if (c != 0) out.append(gap, ' ');
      AppendCell(cells[c], widths[c], c == 0, &out);
    }
    EndLine(&out);
  };
  line(headers_);
  for (const Row& row : rows_) {
    line(row.cells);
    for (const std::string& detail : row.details) {
      out += Wrapped(detail, 4, width);
    }
  }
  return out;
}

std::string Wrapped(const std::string& text, size_t indent, size_t width) {
  std::string out;
  std::string line;
  size_t at = 0;
  while (at < text.size()) {
    // "short_doc 312 (25.3 %)," stays together: the break is behind a comma
    // or a semicolon where there is one.
    size_t end = text.find_first_of(",;", at);
    end = end == std::string::npos ? text.size() : end + 1;
    const std::string part = text.substr(at, end - at);
    if (width != 0 && !line.empty() &&
        indent + Columns(line) + Columns(part) > width) {
      out += std::string(indent, ' ') + line + "\n";
      line.clear();
    }
    line += line.empty() && part.front() == ' ' ? part.substr(1) : part;
    at = end;
  }
  if (!line.empty()) out += std::string(indent, ' ') + line + "\n";
  return out;
}

}  // namespace winnow
