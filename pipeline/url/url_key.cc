// SPDX-License-Identifier: Apache-2.0
#include "pipeline/url/url_key.h"

#include <algorithm>

namespace winnow {
namespace {

char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

bool StartsWith(std::string_view s, std::string_view lower) {
  return s.size() >= lower.size() &&
         std::equal(lower.begin(), lower.end(), s.begin(),
                    [](char a, char b) { return a == Lower(b); });
}

// Names that servers give to a visitor's session. `sid` is a name for other
// things too, unless its value looks like one.
bool IsSession(std::string_view parameter) {
  const size_t equals = parameter.find('=');
  if (equals == std::string_view::npos) return false;
  const std::string_view name = parameter.substr(0, equals);
  const std::string_view value = parameter.substr(equals + 1);
  for (const std::string_view known : {"jsessionid", "phpsessid", "sessionid",
                                       "session_id", "cfid", "cftoken"}) {
    if (name.size() == known.size() && StartsWith(name, known)) return true;
  }
  if (StartsWith(name, "aspsessionid")) return true;
  return name.size() == 3 && StartsWith(name, "sid") && value.size() == 32 &&
         std::all_of(value.begin(), value.end(), [](char c) {
           return (c >= '0' && c <= '9') ||
                  (Lower(c) >= 'a' && Lower(c) <= 'z');
         });
}

// `www.` and `www2.` of servers that share the load.
std::string_view WithoutWww(std::string_view host) {
  if (!host.starts_with("www")) return host;
  size_t i = 3;
  while (i < host.size() && host[i] >= '0' && host[i] <= '9') ++i;
  if (i > 5 || i >= host.size() || host[i] != '.') return host;
  const std::string_view rest = host.substr(i + 1);
  // `www.com` is a name of its own.
  return rest.find('.') == std::string_view::npos ? host : rest;
}

}  // namespace

std::string_view UrlKey::Make(const Url& url) {
  key_.clear();
  if (url.host.empty()) {
    const size_t hash = url.href.find('#');
    key_.assign(url.href.substr(0, hash));
    return key_;
  }
  std::string_view host = url.host;
  if (url.host_kind == HostKind::kDomain) {
    if (host.back() == '.' && host.size() > 1) host.remove_suffix(1);
    host = WithoutWww(host);
    while (true) {
      const size_t dot = host.rfind('.');
      key_.append(host.substr(dot + 1));  // npos + 1 = 0
      if (dot == std::string_view::npos) break;
      key_.push_back(',');
      host = host.substr(0, dot);
    }
  } else {
    key_.append(host);
  }
  if (!url.port.empty()) key_.append(":").append(url.port);
  key_.push_back(')');
  // `;jsessionid=...` hangs on a segment of the path.
  for (std::string_view path = url.path; !path.empty();) {
    const size_t end = std::min(path.find_first_of(";/", 1), path.size());
    const std::string_view part = path.substr(0, end);
    if (part.front() != ';' || !IsSession(part.substr(1))) key_.append(part);
    path.remove_prefix(end);
  }
  parameters_.clear();
  for (std::string_view query = url.query; !query.empty();) {
    const size_t end = std::min(query.find('&'), query.size());
    const std::string_view parameter = query.substr(0, end);
    if (!parameter.empty() && !IsSession(parameter)) {
      parameters_.push_back(parameter);
    }
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  std::sort(parameters_.begin(), parameters_.end());
  char separator = '?';
  for (const std::string_view parameter : parameters_) {
    key_.push_back(separator);
    key_.append(parameter);
    separator = '&';
  }
  return key_;
}

}  // namespace winnow
