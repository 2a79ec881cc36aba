// SPDX-License-Identifier: Apache-2.0
// Which site a document is from: host and registered domain of its URL.
#ifndef WINNOW_PIPELINE_URL_SITE_H_
#define WINNOW_PIPELINE_URL_SITE_H_

#include "pipeline/arena.h"
#include "pipeline/document.h"
#include "pipeline/url/url.h"

namespace winnow {

// One for each worker.
class SiteFinder {
 public:
  // Sets document.host and .domain from document.url. A URL that cannot be
  // parsed leaves what the reader found. Private suffixes count (github.io).
  void Find(Document* document, Arena* arena);

 private:
  UrlParser parser_;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_URL_SITE_H_
