// SPDX-License-Identifier: Apache-2.0
// Markdown is read as it is: the text with its marks. Only front matter moves
// into the metadata (front_matter.h).
#ifndef WINNOW_PIPELINE_READ_MARKDOWN_H_
#define WINNOW_PIPELINE_READ_MARKDOWN_H_

#include <string_view>

namespace winnow {

// What the lines of `head` weigh as signs of Markdown: headings, fences, links,
// tables, lists, emphasis.
int MarkdownWeight(std::string_view head);
// That much makes a text Markdown.
inline constexpr int kMarkdownEnough = 3;

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_MARKDOWN_H_
