// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/wiki_reader.h"

#include <algorithm>

#include "pipeline/read/html/html_text_page.h"
#include "pipeline/read/html/html_text_references.h"
#include "pipeline/read/plain_text.h"
#include "pipeline/text/utf8.h"

namespace winnow {
namespace {

// What stands between <name ...> and </name>, from *at on, which moves behind
// it; an element that closes itself is empty. False if there is none.
bool TakeElement(std::string_view xml, std::string_view name, size_t* at,
                 std::string_view* content) {
  for (size_t open = xml.find('<', *at); open != xml.npos;
       open = xml.find('<', open + 1)) {
    if (xml.substr(open + 1, name.size()) != name) continue;
    const size_t behind = open + 1 + name.size();
    if (behind >= xml.size()) return false;
    const char next = xml[behind];
    if (next != '>' && next != ' ' && next != '/') continue;
    const size_t tag_end = xml.find('>', behind);
    if (tag_end == xml.npos) return false;
    if (xml[tag_end - 1] == '/') {
      *content = {};
      *at = tag_end + 1;
      return true;
    }
    // The end of an element of this name: those we ask for do not nest.
    size_t close = tag_end + 1;
    while (true) {
      close = xml.find("</", close);
      if (close == xml.npos) return false;
      if (xml.substr(close + 2, name.size()) == name &&
          xml.substr(close + 2 + name.size(), 1) == ">") {
        break;
      }
      close += 2;
    }
    *content = xml.substr(tag_end + 1, close - tag_end - 1);
    *at = close + name.size() + 3;
    return true;
  }
  return false;
}

bool FindElement(std::string_view xml, std::string_view name,
                 std::string_view* content) {
  size_t at = 0;
  return TakeElement(xml, name, &at, content);
}

}  // namespace

bool LooksLikeWikiDump(std::string_view head) {
  const auto skip_space = [&head] {
    head.remove_prefix(
        std::min(head.find_first_not_of(" \t\r\n"), head.size()));
  };
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  skip_space();
  if (head.starts_with("<?xml")) {
    head.remove_prefix(std::min(head.find("?>"), head.size()));
    head.remove_prefix(std::min<size_t>(2, head.size()));
    skip_space();
  }
  return head.starts_with("<mediawiki ") || head.starts_with("<mediawiki>");
}

std::string WikiHeader(std::string_view siteinfo) {
  std::string header = "wiki\n";
  for (const std::string_view key : {"key=\"-2\"", "key=\"6\"", "key=\"14\""}) {
    const size_t at = siteinfo.find(key);
    if (at == siteinfo.npos) continue;
    const size_t begin = siteinfo.find('>', at);
    const size_t end = siteinfo.find('<', at);
    if (begin == siteinfo.npos || end == siteinfo.npos || end < begin) continue;
    const std::string_view name = siteinfo.substr(begin + 1, end - begin - 1);
    if (!IsValidUtf8(name) || name.size() > 256) continue;
    header.append(name).push_back('\n');
  }
  return header;
}

void WikiReader::Read(const RecordSpan& span, ReadSink* sink) {
  const std::string_view page = span.bytes;
  const auto unreadable = [&](ReadReason reason) {
    sink->Unreadable(reason, span.decoded_offset, page.size());
  };
  if (span.header != header_) {
    header_ = span.header;
    wikitext_.SetNames(header_ == nullptr ? std::string_view() : *header_);
  }
  std::string_view title;
  std::string_view space;
  std::string_view id;
  size_t at = 0;
  if (!TakeElement(page, "title", &at, &title)) {
    return unreadable(ReadReason::kWikiInvalid);
  }
  const size_t before_revision =
      std::min(page.find("<revision", at), page.size());
  const std::string_view head = page.substr(at, before_revision - at);
  // Before schema 0.6 there was no <ns>; then all is taken.
  if (FindElement(head, "ns", &space) &&
      std::find(namespaces_.begin(), namespaces_.end(), space) ==
          namespaces_.end()) {
    return sink->NonDocument("wiki.namespace", page.size());
  }
  if (head.find("<redirect") != head.npos) {
    return sink->NonDocument("wiki.redirect", page.size());
  }
  FindElement(head, "id", &id);
  const size_t last = page.rfind("<revision");
  if (last == page.npos) return sink->NonDocument("wiki.no_text", page.size());
  const std::string_view revision = page.substr(last);
  std::string_view revision_id;
  std::string_view timestamp;
  std::string_view model;
  std::string_view text;
  FindElement(revision, "id", &revision_id);
  FindElement(revision, "timestamp", &timestamp);
  if (FindElement(revision, "model", &model) && model != "wikitext") {
    return sink->NonDocument("wiki.model", page.size());
  }
  if (!FindElement(revision, "text", &text)) {
    return unreadable(ReadReason::kWikiInvalid);
  }
  if (text.empty()) return sink->NonDocument("wiki.no_text", page.size());
  if (!IsValidUtf8(page)) return unreadable(ReadReason::kCharsetUndecodable);
  source_.clear();
  AppendResolved(text, &source_);
  text_.clear();
  wikitext_.Extract(source_, &text_);
  if (IsBlankText(text_)) return unreadable(ReadReason::kTextEmpty);

  title_.clear();
  AppendResolved(title, &title_);
  metadata_.clear();
  AppendMetadata("title", title_, &metadata_);
  if (!id.empty()) AppendMetadata("page_id", id, &metadata_);
  if (!revision_id.empty()) {
    AppendMetadata("revision_id", revision_id, &metadata_);
  }
  Arena& arena = sink->arena();
  const std::string_view kept = arena.Copy(text_);
  const std::string_view metadata = arena.Copy(metadata_);
  const std::string_view created = arena.Copy(timestamp);
  Document& document = sink->Add(page.size());
  document.text = kept;
  document.file = span.file;
  document.offset = span.decoded_offset;
  document.created = created;
  document.metadata = metadata;
}

}  // namespace winnow
