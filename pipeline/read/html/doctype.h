// SPDX-License-Identifier: Apache-2.0
// The DOCTYPE states of the WHATWG tokenizer (13.2.5.53-68).
#ifndef WINNOW_PIPELINE_READ_HTML_DOCTYPE_H_
#define WINNOW_PIPELINE_READ_HTML_DOCTYPE_H_

#include "pipeline/read/html/token.h"

namespace winnow::html {

// p is behind `<!doctype`. Fills all but the offsets and returns what is behind
// the '>', or the end.
const char* ScanDoctype(const char* p, const char* end, Doctype* doctype);

}  // namespace winnow::html

#endif  // WINNOW_PIPELINE_READ_HTML_DOCTYPE_H_
