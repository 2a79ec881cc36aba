// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/html/html_text_sniff.h"

#include <algorithm>

#include "pipeline/read/html/chars.h"
#include "pipeline/read/html/html_text_rules.h"
#include "pipeline/read/markdown.h"
#include "pipeline/read/warc/http_fields.h"

namespace winnow {
namespace {

constexpr std::string_view kSpace = " \t\r\n\f";

using html::IsLetter;

bool StartsWithTag(std::string_view s, std::string_view tag) {
  return EqualsIgnoreCase(s.substr(0, tag.size()), tag) &&
         (s.size() == tag.size() ||
          kSpace.find(s[tag.size()]) != std::string_view::npos ||
          s[tag.size()] == '>' || s[tag.size()] == '/');
}

// Passes white space, comments and processing instructions. *xml: there was an
// XML declaration.
std::string_view SkipProlog(std::string_view s, bool* xml) {
  for (;;) {
    s.remove_prefix(std::min(s.find_first_not_of(kSpace), s.size()));
    size_t end = std::string_view::npos;
    if (s.starts_with("<!--")) {
      end = s.find("-->", 4);
      if (end != std::string_view::npos) end += 3;
    } else if (s.starts_with("<?")) {
      *xml |= s.starts_with("<?xml");
      end = s.find('>');
      if (end != std::string_view::npos) ++end;
    } else {
      return s;
    }
    if (end == std::string_view::npos) return {};
    s.remove_prefix(end);
  }
}

struct TagCount {
  size_t known = 0;  // tags of elements that HTML has
  size_t bytes = 0;  // of them
};

TagCount CountTags(std::string_view s) {
  TagCount count;
  for (size_t at = 0; (at = s.find('<', at)) != std::string_view::npos;) {
    const size_t begin = at++;
    if (at < s.size() && s[at] == '/') ++at;
    if (at >= s.size() || !IsLetter(s[at])) continue;
    size_t length = 1;
    while (at + length < s.size() &&
           !html::Has(s[at + length], html::kTagNameEndBit)) {
      ++length;
    }
    const html::TagId id = html::FindTag(s.substr(at, length));
    // Inline elements have no rule; the commonest are one letter long.
    if (HtmlTextRuleOf(id).kind == HtmlTextRule::kInline && length > 1) {
      continue;
    }
    const size_t close = s.find('>', at);
    if (close == std::string_view::npos) break;
    ++count.known;
    count.bytes += close + 1 - begin;
    at = close + 1;
  }
  return count;
}

}  // namespace

HtmlLook LooksLikeHtml(std::string_view head) {
  bool xml = false;
  const std::string_view s = SkipProlog(head, &xml);
  for (const std::string_view tag : {"<!doctype html", "<html", "<head",
                                     "<body", "<title", "<meta", "<frameset"}) {
    if (StartsWithTag(s, tag)) return HtmlLook::kHtml;
  }
  if (xml) {
    // <!DOCTYPE html PUBLIC ...> was seen above.
    return HtmlLook::kOtherXml;
  }
  if (EqualsIgnoreCase(s.substr(0, 9), "<!doctype")) {
    return HtmlLook::kOtherXml;
  }
  if (!s.starts_with('<') || s.size() < 2 || !IsLetter(s[1])) {
    return HtmlLook::kNone;
  }
  // A fragment. Markdown may begin with a tag too, but has more signs of its
  // own than tags; a page with code in it has some.
  const TagCount tags = CountTags(s);
  if (tags.known < 2 || tags.bytes * 200 < s.size()) return HtmlLook::kNone;
  return tags.known > static_cast<size_t>(MarkdownWeight(s)) ? HtmlLook::kHtml
                                                             : HtmlLook::kNone;
}

}  // namespace winnow
