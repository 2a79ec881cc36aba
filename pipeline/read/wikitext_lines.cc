// SPDX-License-Identifier: Apache-2.0
// The second pass over a page: lines. Linear; headings wait until a line comes
// that they stand above.
#include <algorithm>
#include <array>

#include "pipeline/read/wikitext.h"

namespace winnow {
namespace {

constexpr char kHeading = '\x01';
constexpr std::string_view kSpace = " \t";

std::string_view Trim(std::string_view s, std::string_view what) {
  const size_t begin = s.find_first_not_of(what);
  if (begin == s.npos) return {};
  return s.substr(begin, s.find_last_not_of(what) - begin + 1);
}

// `(; , )`: what is left of brackets whose templates went.
size_t EmptyBrackets(std::string_view s) {
  const size_t end = s.find_first_not_of(" ,;:", 1);
  return end != s.npos && s[end] == ')' ? end + 1 : 0;
}

// Without empty brackets and runs of spaces.
void AppendTidy(std::string_view line, std::string* out) {
  for (size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '(') {
      const size_t empty = EmptyBrackets(line.substr(i, 64));
      if (empty != 0) {
        i += empty - 1;
        continue;
      }
    }
    const bool after_space = out->ends_with(' ');
    if (line[i] == ' ' && after_space) continue;
    // "word ()." leaves a space before the stop.
    if (after_space && (line[i] == '.' || line[i] == ',') && i > 0 &&
        line[i - 1] == ')') {
      out->pop_back();
    }
    out->push_back(line[i]);
  }
  while (out->ends_with(' ')) out->pop_back();
}

}  // namespace

void AppendWikiLines(std::string_view text, std::string* out) {
  const size_t start = out->size();
  std::array<std::string_view, 7> waiting{};
  bool blank = false;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = Trim(text.substr(0, end), kSpace);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.size() > 1 && line[0] == kHeading && line[1] >= '1' &&
        line[1] <= '6') {
      const auto level = static_cast<size_t>(line[1] - '0');
      for (size_t i = level; i < waiting.size(); ++i) waiting[i] = {};
      waiting[level] = Trim(line.substr(2), " \t=");
      continue;
    }
    if (line.empty() || line == "-" ||
        line.find_first_not_of(" -*#|") == line.npos) {
      blank = blank || line.empty();
      continue;
    }
    for (std::string_view& heading : waiting) {
      if (heading.empty()) continue;
      if (out->size() != start) out->append("\n");
      AppendTidy(heading, out);
      out->append("\n");
      heading = {};
      blank = true;
    }
    if (blank && out->size() != start) out->append("\n");
    blank = false;
    AppendTidy(line, out);
    out->append("\n");
  }
}

}  // namespace winnow
