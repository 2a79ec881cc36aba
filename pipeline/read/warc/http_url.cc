// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/warc/http_url.h"

#include <algorithm>

#include "pipeline/text/unicode.h"

namespace winnow {

std::string_view UrlHost(std::string_view url, Arena* arena) {
  const size_t scheme = url.find("://");
  if (scheme == std::string_view::npos || scheme == 0) return {};
  std::string_view host = url.substr(scheme + 3);
  host = host.substr(0, host.find_first_of("/?#\\"));
  if (const size_t user = host.rfind('@'); user != std::string_view::npos) {
    host.remove_prefix(user + 1);
  }
  if (!host.empty() && host.front() == '[') {
    host = host.substr(0, host.find(']') + 1);  // npos + 1 = 0: empty
  } else {
    host = host.substr(0, host.find(':'));
  }
  const auto upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (std::none_of(host.begin(), host.end(), upper)) return host;
  char* const out = arena->Allocate(host.size());
  std::transform(host.begin(), host.end(), out, [&](char c) {
    return upper(c) ? static_cast<char>(c + 32) : c;
  });
  return {out, host.size()};
}

std::string_view CleanTargetUri(std::string_view uri, Arena* arena) {
  if (uri.size() >= 2 && uri.front() == '<' && uri.back() == '>') {
    uri = uri.substr(1, uri.size() - 2);
  }
  if (uri.empty()) return {};
  char* const begin = arena->Allocate(3 * uri.size());
  char* out = begin;
  for (size_t i = 0; i < uri.size();) {
    const auto c = static_cast<unsigned char>(uri[i]);
    if (c <= 0x20 || c == 0x7F) {
      static constexpr char kHex[] = "0123456789ABCDEF";
      *out++ = '%';
      *out++ = kHex[c >> 4];
      *out++ = kHex[c & 15];
      ++i;
    } else {
      out = EncodeUtf8(DecodeUtf8(uri, &i), out);
    }
  }
  const auto size = static_cast<size_t>(out - begin);
  arena->ShrinkLast(begin, size);
  return {begin, size};
}

}  // namespace winnow
