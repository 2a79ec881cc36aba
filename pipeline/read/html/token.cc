// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/html/token.h"

#include "pipeline/read/html/chars.h"
#include "pipeline/read/html/html_text_references.h"
#include "pipeline/text/unicode.h"

namespace winnow::html {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

// Appends one byte of *raw that is not as it stands, and moves past it.
void AppendSpecial(std::string_view* raw, std::string* out) {
  size_t used = 1;
  if (raw->front() == '\0') {
    out->append(kReplacement);
  } else {
    out->push_back('\n');
    if (raw->size() > 1 && (*raw)[1] == '\n') used = 2;
  }
  raw->remove_prefix(used);
}

void AppendReference(std::string_view* raw, std::string* out) {
  const HtmlReference reference =
      ReadHtmlReference(*raw, /*in_attribute=*/true);
  if (reference.length == 0) {
    out->push_back('&');
    raw->remove_prefix(1);
    return;
  }
  char buffer[8];
  char* end = EncodeUtf8(reference.first, buffer);
  if (reference.second != 0) end = EncodeUtf8(reference.second, end);
  out->append(buffer, end);
  raw->remove_prefix(reference.length);
}

std::string_view Decode(std::string_view raw, std::string_view specials,
                        std::string* scratch) {
  size_t at = raw.find_first_of(specials);
  if (at == std::string_view::npos) return raw;
  scratch->clear();
  while (at != std::string_view::npos) {
    scratch->append(raw.substr(0, at));
    raw.remove_prefix(at);
    if (raw.front() == '&') {
      AppendReference(&raw, scratch);
    } else {
      AppendSpecial(&raw, scratch);
    }
    at = raw.find_first_of(specials);
  }
  scratch->append(raw);
  return *scratch;
}

}  // namespace

std::string_view DecodeValue(std::string_view raw, std::string* scratch) {
  return Decode(raw, std::string_view("&\r\0", 3), scratch);
}

std::string_view DecodeRaw(std::string_view raw, std::string* scratch) {
  return Decode(raw, std::string_view("\r\0", 2), scratch);
}

std::string_view DecodeName(std::string_view raw, std::string* scratch) {
  bool plain = true;
  for (const char c : raw) plain = plain && c != '\0' && c == Lower(c);
  if (plain) return raw;
  scratch->clear();
  for (const char c : raw) {
    if (c == '\0') {
      scratch->append(kReplacement);
    } else {
      scratch->push_back(Lower(c));
    }
  }
  return *scratch;
}

bool IsName(std::string_view raw, std::string_view lower_name) {
  if (raw.size() != lower_name.size()) return false;
  for (size_t i = 0; i < raw.size(); ++i) {
    if (Lower(raw[i]) != lower_name[i]) return false;
  }
  return true;
}

const Attribute* StartTag::Find(std::string_view lower_name) const {
  for (const Attribute& attribute : attributes) {
    if (IsName(attribute.name, lower_name)) return &attribute;
  }
  return nullptr;
}

}  // namespace winnow::html
