// SPDX-License-Identifier: Apache-2.0
// A key under which URLs of one page fall together: SURT form (labels of the
// host from the right, a bracket, the path), without scheme, credentials,
// default port, `www.`, session identifiers and fragment, and with the
// parameters of the query in order. For counting and deduplication; the URL
// itself is kept for reporting.
// Source: the SURT of Heritrix and of the Wayback machine
// (internetarchive/surt, iipc/jwarc : URIs.toNormalizedSurt); unlike theirs,
// case and the final slash of the path stay.
#ifndef WINNOW_PIPELINE_URL_URL_KEY_H_
#define WINNOW_PIPELINE_URL_URL_KEY_H_

#include <string>
#include <string_view>
#include <vector>

#include "pipeline/url/url.h"

namespace winnow {

// One for each worker.
class UrlKey {
 public:
  // `https://www.Example.org:443/a?b=2&a=1#top` gives `org,example)/a?a=1&b=2`.
  // A URL without a host is its own key. Lives until the next call.
  std::string_view Make(const Url& url);

 private:
  std::string key_;
  std::vector<std::string_view> parameters_;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_URL_URL_KEY_H_
