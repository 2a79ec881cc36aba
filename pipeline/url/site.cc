// SPDX-License-Identifier: Apache-2.0
#include "pipeline/url/site.h"

#include "pipeline/url/public_suffix.h"

namespace winnow {

void SiteFinder::Find(Document* document, Arena* arena) {
  Url url;
  if (document->url.empty() || !parser_.Parse(document->url, &url)) return;
  if (url.host.empty()) return;
  if (document->host != url.host) document->host = arena->Copy(url.host);
  if (url.host_kind != HostKind::kDomain) return;
  document->domain = PublicSuffixList::System().RegisteredDomain(
      document->host, PublicSuffixList::Rules::kAll);
}

}  // namespace winnow
