// SPDX-License-Identifier: Apache-2.0
// Markdown is read as it is: the text with its marks. Only front matter (a YAML
// block between two lines `---` at the very top) moves into the metadata.
#ifndef WINNOW_PIPELINE_READ_MARKDOWN_H_
#define WINNOW_PIPELINE_READ_MARKDOWN_H_

#include <string_view>

namespace winnow {

struct FrontMatter {
  std::string_view yaml;  // without the `---` lines; empty if there is none
  std::string_view body;  // what follows, without blank lines at its top
};

// Front matter is believed if it closes within 64 KiB and its first line that
// is neither blank nor a comment looks like `key:`.
FrontMatter SplitFrontMatter(std::string_view text);

// What the lines of `head` weigh as signs of Markdown: headings, fences, links,
// tables, lists, emphasis.
int MarkdownWeight(std::string_view head);
// That much makes a text Markdown.
inline constexpr int kMarkdownEnough = 3;

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_MARKDOWN_H_
