// SPDX-License-Identifier: Apache-2.0
// What a link or a template leaves in the text.
#ifndef WINNOW_PIPELINE_READ_WIKITEXT_LINKS_H_
#define WINNOW_PIPELINE_READ_WIKITEXT_LINKS_H_

#include <string>
#include <string_view>
#include <vector>

namespace winnow {

class WikiLinks {
 public:
  WikiLinks();
  // A line each, beside the names that are known anyway.
  void SetNames(std::string_view lines);

  // True if nothing of [[target|...]] is text: files, categories, and (if
  // there is no label) other languages.
  bool IsDropped(std::string_view target, bool labelled) const;

 private:
  const size_t known_;
  std::vector<std::string> names_;  // folded
};

// What `[[target|]]` shows: without namespace and brackets.
std::string_view PipeTrick(std::string_view target);

// The argument of a template whose text belongs into the page, or nothing:
// `inner` stands between the braces.
std::string_view TemplateText(std::string_view inner);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_WIKITEXT_LINKS_H_
