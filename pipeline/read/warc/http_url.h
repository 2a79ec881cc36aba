// SPDX-License-Identifier: Apache-2.0
// The host of a URL, and the repair of target URIs as crawlers write them.
#ifndef WINNOW_PIPELINE_READ_WARC_HTTP_URL_H_
#define WINNOW_PIPELINE_READ_WARC_HTTP_URL_H_

#include <string_view>

#include "pipeline/arena.h"

namespace winnow {

// The host in lower case (ASCII), without user, port or brackets' loss:
// `https://A@Example.org:80/x` gives `example.org`. Empty where there is no
// `scheme://`. A view into the URL, or into the arena where letters changed.
std::string_view UrlHost(std::string_view url, Arena* arena);

// Takes off the `<>` of Wget 1.19 and of the WARC/1.0 grammar, writes spaces
// as %20 and makes the rest valid UTF-8. The result lives in the arena.
std::string_view CleanTargetUri(std::string_view uri, Arena* arena);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_WARC_HTTP_URL_H_
