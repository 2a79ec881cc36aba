// SPDX-License-Identifier: Apache-2.0
// The comment states of the WHATWG tokenizer (13.2.5.43-52), folded into a
// search for `-->` and `--!>`.
#ifndef WINNOW_PIPELINE_READ_HTML_COMMENT_H_
#define WINNOW_PIPELINE_READ_HTML_COMMENT_H_

#include <string_view>

namespace winnow::html {

// p is behind `<!--`. Sets *text to what the comment says and returns what is
// behind its '>', or the end.
const char* ScanComment(const char* p, const char* end, std::string_view* text);

}  // namespace winnow::html

#endif  // WINNOW_PIPELINE_READ_HTML_COMMENT_H_
