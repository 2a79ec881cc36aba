// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/markdown.h"

#include <algorithm>

#include "pipeline/read/warc/http_fields.h"

namespace winnow {
namespace {

constexpr size_t kMaxFrontMatter = size_t{64} << 10;

bool IsKeyLine(std::string_view line) {
  size_t i = 0;
  const auto is_key = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.' ||
           c == '"' || c == '\'';
  };
  while (i < line.size() && is_key(line[i])) ++i;
  return i > 0 && i < line.size() && line[i] == ':' &&
         (i + 1 == line.size() || line[i + 1] == ' ' || line[i + 1] == '\t');
}

// What a line weighs as evidence.
int Weight(std::string_view line) {
  const size_t indent = line.find_first_not_of(' ');
  if (indent == std::string_view::npos || indent > 3) return 0;
  line.remove_prefix(indent);
  if (line.starts_with("```") || line.starts_with("~~~")) return 2;
  if (line.front() == '#') {
    const size_t marks = line.find_first_not_of('#');
    return marks != std::string_view::npos && marks <= 6 && line[marks] == ' '
               ? 2
               : 0;
  }
  if (line.find("](") != std::string_view::npos) return 2;
  if (line.starts_with("|--") || line.starts_with("| --") ||
      line.starts_with("|:-") || line.starts_with("| :-")) {
    return 3;
  }
  if (line.starts_with("> ") || line.starts_with("- ") ||
      line.starts_with("* ") || line.starts_with("+ ")) {
    return 1;
  }
  return line.find("**") != std::string_view::npos ||
                 line.find('`') != std::string_view::npos
             ? 1
             : 0;
}

}  // namespace

FrontMatter SplitFrontMatter(std::string_view text) {
  const FrontMatter none{{}, text};
  const std::string_view window = text.substr(0, kMaxFrontMatter);
  size_t pos = 0;
  if (TrimHttpSpace(NextHttpLine(window, &pos)) != "---") return none;
  if (window.substr(0, 3) != "---") return none;
  const size_t begin = pos;
  bool has_key = false;
  while (pos < window.size()) {
    const size_t line_begin = pos;
    const std::string_view line = NextHttpLine(window, &pos);
    if (line.starts_with("---") || line.starts_with("...")) {
      if (!has_key || TrimHttpSpace(line.substr(3)) != "") return none;
      FrontMatter found{text.substr(begin, line_begin - begin),
                        text.substr(pos)};
      const size_t body = found.body.find_first_not_of("\r\n");
      found.body.remove_prefix(std::min(body, found.body.size()));
      return found;
    }
    if (has_key || line.empty() || line.front() == '#') continue;
    if (!IsKeyLine(line)) return none;
    has_key = true;
  }
  return none;
}

int MarkdownWeight(std::string_view head) {
  int weight = 0;
  for (size_t pos = 0; pos < head.size();) {
    const std::string_view line = NextHttpLine(head, &pos);
    if (!line.empty()) weight += Weight(line);
  }
  return weight;
}

}  // namespace winnow
