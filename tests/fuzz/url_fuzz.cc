// SPDX-License-Identifier: Apache-2.0
// Fuzz entry: bytes as a URL. What is parsed is written in ASCII, its parts lie
// in it, and reading it again changes nothing.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "pipeline/error.h"
#include "pipeline/url/public_suffix.h"
#include "pipeline/url/url.h"
#include "pipeline/url/url_key.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static winnow::UrlParser parser;
  static winnow::UrlKey keys;
  winnow::Url url;
  if (!parser.Parse({reinterpret_cast<const char*>(data), size}, &url)) {
    return 0;
  }
  const std::string href(url.href);
  for (const char c : href) WINNOW_CHECK(c >= 0x20 && c < 0x7F);
  const std::string_view domain =
      winnow::PublicSuffixList::System().RegisteredDomain(
          url.host, winnow::PublicSuffixList::Rules::kAll);
  WINNOW_CHECK(url.host.find(domain) != std::string_view::npos);
  const std::string key(keys.Make(url));
  const std::string host(url.host);
  WINNOW_CHECK(parser.Parse(href, &url));
  WINNOW_CHECK(url.href == href);
  WINNOW_CHECK(url.host == host);
  WINNOW_CHECK(keys.Make(url) == key);
  return 0;
}
