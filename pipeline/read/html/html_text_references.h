// SPDX-License-Identifier: Apache-2.0
// Character references of HTML: named, decimal and hexadecimal, as the WHATWG
// tokenizer resolves them in text (a name without its semicolon counts where
// the standard allows it, longest match first).
#ifndef WINNOW_PIPELINE_READ_HTML_HTML_TEXT_REFERENCES_H_
#define WINNOW_PIPELINE_READ_HTML_HTML_TEXT_REFERENCES_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace winnow {

struct HtmlReference {
  size_t length = 0;  // bytes with the '&'; 0: no reference, a plain '&'
  char32_t first = 0;
  char32_t second = 0;  // 0: one code point
};

// text[0] is '&'. Looks at no more than the longest name, except that the
// digits of a number are read to their end. In the value of an attribute a name
// without its semicolon counts only where neither '=' nor a letter or digit
// follows.
HtmlReference ReadHtmlReference(std::string_view text,
                                bool in_attribute = false);

// Appends text with its references resolved.
void AppendResolved(std::string_view text, std::string* out);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_HTML_HTML_TEXT_REFERENCES_H_
