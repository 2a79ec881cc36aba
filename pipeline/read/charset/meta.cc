// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/charset/meta.h"

#include "pipeline/read/html/chars.h"
#include "pipeline/read/html/tag_scan.h"
#include "pipeline/read/warc/http_fields.h"

namespace winnow {
namespace {

constexpr size_t kPrescanBytes = size_t{16} << 10;

using html::IsLetter;
using html::IsSpace;

size_t SkipSpace(std::string_view s, size_t at) {
  while (at < s.size() && IsSpace(s[at])) ++at;
  return at;
}

bool StartsWith(std::string_view s, std::string_view lower_prefix) {
  return EqualsIgnoreCase(s.substr(0, lower_prefix.size()), lower_prefix);
}

// The label behind `charset=` in the content attribute of a meta element.
std::string_view LabelInContent(std::string_view s) {
  constexpr std::string_view kWord = "charset";
  for (size_t at = 0; at + kWord.size() <= s.size(); ++at) {
    if (!StartsWith(s.substr(at), kWord)) continue;
    size_t p = SkipSpace(s, at + kWord.size());
    if (p >= s.size() || s[p] != '=') continue;
    p = SkipSpace(s, p + 1);
    if (p >= s.size()) return {};
    if (s[p] == '"' || s[p] == '\'') {
      const size_t close = s.find(s[p], p + 1);
      if (close == std::string_view::npos) return {};
      return s.substr(p + 1, close - p - 1);
    }
    size_t end = p;
    while (end < s.size() && !IsSpace(s[end]) && s[end] != ';') ++end;
    return s.substr(p, end - p);
  }
  return {};
}

// Reads the attributes of a meta element; null if it declares nothing.
const Encoding* ReadMeta(const html::ScannedTag& tag) {
  bool got_pragma = false;
  bool need_pragma = false;
  bool seen_equiv = false;
  bool seen_content = false;
  bool seen_charset = false;
  std::string_view label;
  for (size_t i = 0; i < tag.attribute_count; ++i) {
    const html::Attribute& attribute = tag.attributes[i];
    if (EqualsIgnoreCase(attribute.name, "http-equiv") && !seen_equiv) {
      seen_equiv = true;
      got_pragma = EqualsIgnoreCase(attribute.value, "content-type");
    } else if (EqualsIgnoreCase(attribute.name, "content") && !seen_content) {
      seen_content = true;
      const std::string_view found = LabelInContent(attribute.value);
      if (!found.empty() && label.empty()) {
        label = found;
        need_pragma = true;
      }
    } else if (EqualsIgnoreCase(attribute.name, "charset") && !seen_charset) {
      seen_charset = true;
      label = attribute.value;
      need_pragma = false;
    }
  }
  if (need_pragma && !got_pragma) return nullptr;
  const Encoding* encoding = FindEncoding(label);
  if (encoding == nullptr) return nullptr;
  // Bytes that could be read this far are not UTF-16.
  if (encoding->kind == Encoding::kUtf16Le ||
      encoding->kind == Encoding::kUtf16Be) {
    return &EncodingNamed("utf-8");
  }
  if (encoding->name == "x-user-defined") {
    return &EncodingNamed("windows-1252");
  }
  return encoding;
}

}  // namespace

const Encoding* PrescanEncoding(std::string_view page) {
  const std::string_view s = page.substr(0, kPrescanBytes);
  const char* const end = s.data() + s.size();
  html::ScannedTag tag;
  for (size_t at = 0; (at = s.find('<', at)) != std::string_view::npos;) {
    const std::string_view rest = s.substr(at);
    if (rest.substr(0, 4) == "<!--") {
      // The dashes of `<!-->` are the opening ones.
      const size_t close = s.find("-->", at + 2);
      if (close == std::string_view::npos) return nullptr;
      at = close + 3;
      continue;
    }
    const bool closing = rest.size() > 1 && rest[1] == '/';
    const size_t name = closing ? 2 : 1;
    if (rest.size() > name && IsLetter(rest[name])) {
      const char* const p = html::ScanTag(s.data() + at + name, end, &tag);
      if (p == nullptr) return nullptr;
      if (!closing && tag.id == html::TagId::kMeta) {
        const Encoding* found = ReadMeta(tag);
        if (found != nullptr) return found;
      }
      at = static_cast<size_t>(p - s.data());
    } else if (rest.size() > 1 &&
               (closing || rest[1] == '!' || rest[1] == '?')) {
      at = s.find('>', at);
      if (at == std::string_view::npos) return nullptr;
      ++at;
    } else {
      ++at;
    }
  }
  return nullptr;
}

}  // namespace winnow
