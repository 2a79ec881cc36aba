// SPDX-License-Identifier: Apache-2.0
// The `url` stage: drops documents by the address they came from, with lists
// that the user gives, and by what their page says to robots; writes a key
// under which addresses of one page fall together into the metadata.
//
// Source: huggingface/datatrove : src/datatrove/pipeline/filters/
// url_filter.py, its rules in its order. Deviations: words of the URL are
// compared in lower case (there `/Casino/` escapes a list that has `casino`);
// listed URLs are compared without scheme, fragment and final slash; hosts in
// punycode; a document without URL passes.
#ifndef WINNOW_FILTERS_URL_H_
#define WINNOW_FILTERS_URL_H_

#include "pipeline/stage.h"

namespace winnow {

const StageSpec& UrlSpec();

}  // namespace winnow

#endif  // WINNOW_FILTERS_URL_H_
