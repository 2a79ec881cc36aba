// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/markdown.h"

#include "pipeline/read/warc/http_fields.h"

namespace winnow {
namespace {

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

int MarkdownWeight(std::string_view head) {
  int weight = 0;
  for (size_t pos = 0; pos < head.size();) {
    const std::string_view line = NextHttpLine(head, &pos);
    if (!line.empty()) weight += Weight(line);
  }
  return weight;
}

}  // namespace winnow
