// SPDX-License-Identifier: Apache-2.0
// Where raw text ends: the states RCDATA, RAWTEXT and script data of the WHATWG
// tokenizer (13.2.5.2-4, 9-31), folded into searches for the end tag.
#ifndef WINNOW_PIPELINE_READ_HTML_RAW_TEXT_H_
#define WINNOW_PIPELINE_READ_HTML_RAW_TEXT_H_

#include <string_view>

namespace winnow::html {

// The '<' of the first `</name` at or behind p that ends as a tag name does, or
// null. An empty name has no end tag.
const char* FindEndTag(const char* p, const char* end, std::string_view name);

// The same for a script: not inside of `<!-- <script ... </script`.
const char* FindScriptEnd(const char* p, const char* end,
                          std::string_view name);

}  // namespace winnow::html

#endif  // WINNOW_PIPELINE_READ_HTML_RAW_TEXT_H_
