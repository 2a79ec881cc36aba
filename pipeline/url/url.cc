// SPDX-License-Identifier: Apache-2.0
#include "pipeline/url/url.h"

#include <algorithm>
#include <iterator>

#include "pipeline/url/percent.h"

namespace winnow {
namespace {

struct SpecialScheme {
  std::string_view name;
  std::string_view port;
};

constexpr SpecialScheme kSpecial[] = {{"http", "80"}, {"https", "443"},
                                      {"ws", "80"},   {"wss", "443"},
                                      {"ftp", "21"},  {"file", ""}};

const SpecialScheme* FindSpecial(std::string_view scheme) {
  const SpecialScheme* found =
      std::find_if(std::begin(kSpecial), std::end(kSpecial),
                   [&](const SpecialScheme& s) { return s.name == scheme; });
  return found == std::end(kSpecial) ? nullptr : found;
}

bool IsLetter(char c) {
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'z';
}

bool IsSchemeChar(char c) {
  return IsLetter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' ||
         c == '.';
}

bool IsControlOrSpace(char c) { return static_cast<unsigned char>(c) <= 0x20; }

// `.` and `%2e`: how many dots a segment is, or 0.
int DotSegment(std::string_view s) {
  int dots = 0;
  for (size_t i = 0; i < s.size() && dots <= 2; ++dots) {
    if (s[i] == '.') {
      ++i;
    } else if (PercentByte(s, i) == '.') {
      i += 3;
    } else {
      return 0;
    }
  }
  return dots <= 2 ? dots : 0;
}

}  // namespace

// user:password@host:port, at the end of href_.
bool UrlParser::ParseAuthority(std::string_view authority) {
  const size_t at = authority.rfind('@');
  if (at != std::string_view::npos) {
    const std::string_view user = authority.substr(0, at);
    authority.remove_prefix(at + 1);
    if (authority.empty()) return false;
    credentials_.begin = href_.size();
    const size_t colon = user.find(':');
    AppendEncoded(user.substr(0, colon), PercentSet::kUserinfo, &href_);
    if (colon != std::string_view::npos && colon + 1 < user.size()) {
      href_.push_back(':');
      AppendEncoded(user.substr(colon + 1), PercentSet::kUserinfo, &href_);
    }
    credentials_.end = href_.size();
    if (credentials_.end > credentials_.begin) href_.push_back('@');
  }
  size_t colon = authority.rfind(':');
  const size_t bracket = authority.rfind(']');
  if (colon != std::string_view::npos && bracket != std::string_view::npos &&
      colon < bracket) {
    colon = std::string_view::npos;
  }
  // The first colon outside of brackets ends the host.
  if (bracket == std::string_view::npos) colon = authority.find(':');
  const std::string_view host = authority.substr(0, colon);
  if (host.empty() && (special_ || colon != std::string_view::npos)) {
    return false;
  }
  host_.begin = href_.size();
  if (!host.empty() && !ParseHost(host, special_, &host_kind_, &href_)) {
    return false;
  }
  host_.end = href_.size();
  if (colon == std::string_view::npos) return true;
  const std::string_view port = authority.substr(colon + 1);
  uint32_t number = 0;
  for (const char c : port) {
    if (c < '0' || c > '9') return false;
    number = number * 10 + static_cast<uint32_t>(c - '0');
    if (number > 65535) return false;
  }
  if (port.empty()) return true;
  const std::string text = std::to_string(number);
  const SpecialScheme* known = FindSpecial(Part(scheme_));
  if (known != nullptr && known->port == text) return true;
  href_.push_back(':');
  port_.begin = href_.size();
  href_.append(text);
  port_.end = href_.size();
  return true;
}

// Segments with `.` and `..` resolved; begins with '/'.
void UrlParser::AppendPath(std::string_view path) {
  const auto is_slash = [this](char c) {
    return c == '/' || (special_ && c == '\\');
  };
  const size_t begin = href_.size();
  if (path.empty()) {
    if (special_) href_.push_back('/');
    return;
  }
  size_t i = is_slash(path[0]) ? 1 : 0;
  while (true) {
    size_t end = i;
    while (end < path.size() && !is_slash(path[end])) ++end;
    const std::string_view segment = path.substr(i, end - i);
    const bool last = end == path.size();
    const int dots = DotSegment(segment);
    if (dots == 2) {
      const size_t slash = href_.rfind('/');
      href_.resize(slash == std::string::npos || slash < begin ? begin : slash);
    }
    if (dots == 0) {
      href_.push_back('/');
      AppendEncoded(segment, PercentSet::kPath, &href_);
    } else if (last) {
      href_.push_back('/');
    }
    if (last) return;
    i = end + 1;
  }
}

bool UrlParser::Parse(std::string_view input, Url* out) {
  *out = {};
  if (input.size() > kMaxBytes) return false;
  while (!input.empty() && IsControlOrSpace(input.front())) {
    input.remove_prefix(1);
  }
  while (!input.empty() && IsControlOrSpace(input.back())) {
    input.remove_suffix(1);
  }
  if (input.find_first_of("\t\n\r") != std::string_view::npos) {
    clean_.assign(input);
    std::erase_if(clean_,
                  [](char c) { return c == '\t' || c == '\n' || c == '\r'; });
    input = clean_;
  }
  // Scheme.
  size_t i = 0;
  while (i < input.size() && IsSchemeChar(input[i])) ++i;
  if (i == 0 || i == input.size() || input[i] != ':' || !IsLetter(input[0])) {
    return false;
  }
  href_.assign(input.substr(0, i));
  for (char& c : href_)
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 32) : c;
  scheme_ = {0, i};
  credentials_ = host_ = port_ = {};
  host_kind_ = HostKind::kNone;
  special_ = FindSpecial(href_) != nullptr;
  const bool file = href_ == "file";
  href_.push_back(':');
  std::string_view rest = input.substr(i + 1);

  // Fragment and query first: nothing before them can hold their signs.
  std::string_view fragment;
  std::string_view query;
  const size_t hash = rest.find('#');
  const bool has_fragment = hash != std::string_view::npos;
  if (has_fragment) {
    fragment = rest.substr(hash + 1);
    rest = rest.substr(0, hash);
  }
  const size_t mark = rest.find('?');
  const bool has_query = mark != std::string_view::npos;
  if (has_query) {
    query = rest.substr(mark + 1);
    rest = rest.substr(0, mark);
  }

  size_t slashes = 0;
  while (slashes < rest.size() &&
         (rest[slashes] == '/' || (special_ && rest[slashes] == '\\'))) {
    ++slashes;
  }
  bool opaque = false;
  if (special_ ? !file : slashes >= 2) {
    // Any number of slashes leads to the host of a special URL.
    rest.remove_prefix(special_ ? slashes : 2);
    const size_t end =
        std::min(rest.find_first_of(special_ ? "/\\" : "/"), rest.size());
    href_.append("//");
    if (!ParseAuthority(rest.substr(0, end))) return false;
    rest.remove_prefix(end);
  } else if (file) {
    href_.append("//");
    if (slashes >= 2) {
      rest.remove_prefix(2);
      const size_t end = std::min(rest.find_first_of("/\\"), rest.size());
      host_.begin = href_.size();
      if (end > 0 &&
          !ParseHost(rest.substr(0, end), true, &host_kind_, &href_)) {
        return false;
      }
      if (std::string_view(href_).substr(host_.begin) == "localhost") {
        href_.resize(host_.begin);
      }
      host_.end = href_.size();
      rest.remove_prefix(end);
    }
  } else {
    opaque = slashes == 0;
  }
  size_t path_begin = href_.size();
  if (opaque) {
    AppendEncoded(rest, PercentSet::kControl, &href_);
  } else {
    AppendPath(rest);
    // Without a host, two slashes would read as one.
    if (!special_ && slashes < 2 &&
        std::string_view(href_).substr(path_begin).starts_with("//")) {
      href_.insert(path_begin, "/.");
      path_begin += 2;
    }
  }
  const size_t path_end = href_.size();
  size_t query_begin = path_end;
  if (has_query) {
    href_.push_back('?');
    query_begin = href_.size();
    AppendEncoded(query,
                  special_ ? PercentSet::kSpecialQuery : PercentSet::kQuery,
                  &href_);
  }
  const size_t query_end = href_.size();
  size_t fragment_begin = query_end;
  if (has_fragment) {
    href_.push_back('#');
    fragment_begin = href_.size();
    AppendEncoded(fragment, PercentSet::kFragment, &href_);
  }
  out->href = href_;
  out->scheme = Part(scheme_);
  out->credentials = Part(credentials_);
  out->host = Part(host_);
  out->port = Part(port_);
  out->path = Part({path_begin, path_end});
  out->query = Part({query_begin, query_end});
  out->fragment = Part({fragment_begin, href_.size()});
  out->host_kind = out->host.empty() ? HostKind::kNone : host_kind_;
  out->special = special_;
  return true;
}

}  // namespace winnow
