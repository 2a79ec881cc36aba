// SPDX-License-Identifier: Apache-2.0
#include "pipeline/write/json_members.h"

namespace winnow {
namespace {

bool IsBlank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ',';
}

// Index behind the string that starts at s[at] == '"'.
size_t SkipString(std::string_view s, size_t at) {
  for (++at; at < s.size() && s[at] != '"'; ++at) {
    if (s[at] == '\\') ++at;
  }
  return at < s.size() ? at + 1 : s.size();
}

}  // namespace

bool NextJsonMember(std::string_view* rest, JsonMember* member) {
  std::string_view s = *rest;
  size_t start = 0;
  while (start < s.size() && IsBlank(s[start])) ++start;
  if (start == s.size()) return false;
  const size_t key_end = SkipString(s, start);
  member->key = s.substr(start + 1, key_end - start - 2);
  int depth = 0;
  size_t at = key_end;
  while (at < s.size()) {
    const char c = s[at];
    if (c == '"') {
      at = SkipString(s, at);
      continue;
    }
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
    if (c == ',' && depth == 0) break;
    ++at;
  }
  member->whole = s.substr(start, at - start);
  rest->remove_prefix(at < s.size() ? at + 1 : s.size());
  return true;
}

}  // namespace winnow
