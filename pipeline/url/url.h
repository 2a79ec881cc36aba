// SPDX-License-Identifier: Apache-2.0
// An absolute URL taken apart and written anew, as the WHATWG URL Standard
// does it (url.spec.whatwg.org, sections 3 and 4): scheme and host in lower
// case, IDNA hosts in punycode, IPv4 and IPv6 in their one form, default ports
// and dot segments gone, percent-encoding where it must be. No base URL, no
// setters; `file:` without the rules for Windows drives.
#ifndef WINNOW_PIPELINE_URL_URL_H_
#define WINNOW_PIPELINE_URL_URL_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "pipeline/url/host.h"

namespace winnow {

struct Url {
  // All of it, and its parts. `path` begins with '/' where there is a host;
  // `query` and `fragment` are without '?' and '#'.
  std::string_view href;
  std::string_view scheme;       // without ':'
  std::string_view credentials;  // `user:password`, without '@'
  std::string_view host;         // IPv6 with its brackets
  std::string_view port;         // empty where it is the scheme's own
  std::string_view path;
  std::string_view query;
  std::string_view fragment;
  HostKind host_kind = HostKind::kNone;
  bool special = false;  // http, https, ws, wss, ftp, file
};

// One for each worker. Keeps the memory of the URL that it parsed last.
class UrlParser {
 public:
  static constexpr size_t kMaxBytes = size_t{64} << 10;

  // False if it is no absolute URL, or longer than kMaxBytes. The views in
  // *out live until the next call. Bytes that are not valid UTF-8 are encoded
  // as they are.
  bool Parse(std::string_view input, Url* out);

 private:
  struct Span {
    size_t begin = 0;
    size_t end = 0;
  };
  bool ParseAuthority(std::string_view authority);
  void AppendPath(std::string_view path);
  std::string_view Part(Span s) const {
    return std::string_view(href_).substr(s.begin, s.end - s.begin);
  }

  std::string clean_;  // the input without tabs and line breaks
  std::string href_;
  Span scheme_, credentials_, host_, port_;
  HostKind host_kind_ = HostKind::kNone;
  bool special_ = false;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_URL_URL_H_
