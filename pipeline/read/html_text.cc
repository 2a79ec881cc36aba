// SPDX-License-Identifier: Apache-2.0
// The tokenizer's loop. Elements that matter beyond their own line breaks stand
// on a stack of open ones with a cap; an end tag that has no open element costs
// one look into a counter.
#include "pipeline/read/html_text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <vector>

#include "pipeline/read/html_text_references.h"
#include "pipeline/read/html_text_tags.h"
#include "pipeline/read/html_text_writer.h"
#include "pipeline/read/warc/http_fields.h"

namespace winnow {
namespace {

constexpr size_t kMaxOpen = 512;
constexpr size_t kMaxMetaBytes = 2048;

bool IsLetter(char c) {
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'z';
}

bool EndsTagName(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' ||
         c == '/' || c == '>';
}

size_t Index(HtmlTag tag) { return static_cast<size_t>(tag); }

}  // namespace

struct HtmlText::Scratch {
  struct Open {
    HtmlTag tag;
    HtmlTagInfo::Kind kind;
    HtmlTextWriter::Mark mark;  // of the text when it was opened
  };

  void Run(std::string_view html, HtmlMeta* out_meta);
  const char* Markup(const char* p);
  const char* Declaration(const char* p);
  const char* PastByte(const char* p, char c);
  const char* StartTag(const char* p);
  const char* EndTag(const char* p);
  const char* RawElement(const char* content, std::string_view name,
                         const HtmlTagInfo& info);
  const char* FindEndTag(const char* p, std::string_view name);
  const char* MetaAttributes(HtmlAttributes* attributes, HtmlTag tag);
  void OpenElement(const HtmlTagInfo& info);
  void CloseElement(const HtmlTagInfo& info);
  void Close(const Open& open, bool by_its_own_tag);
  void RemoveUndropped();

  HtmlTextWriter writer;
  HtmlTextWriter title_writer;
  HtmlMeta* meta = nullptr;
  const char* end = nullptr;
  bool xml = false;
  std::vector<Open> open;
  // Text of elements that may be left out at the end, in order of their ends.
  struct Candidate {
    HtmlTag tag;
    TextSpan span;
  };
  std::vector<Candidate> candidates;
  std::vector<TextSpan> removed;
  std::array<uint16_t, static_cast<size_t>(HtmlTag::kCount)> open_count{};
  // No end tag of this element lies ahead: not to be looked for again.
  std::array<bool, static_cast<size_t>(HtmlTag::kCount)> never_ends{};
};

void HtmlText::Scratch::Run(std::string_view html, HtmlMeta* out_meta) {
  meta = out_meta;
  end = html.data() + html.size();
  xml = html.substr(0, 5) == "<?xml";
  open.clear();
  candidates.clear();
  open_count.fill(0);
  never_ends.fill(false);
  writer.Begin(html.size());
  const char* p = html.data();
  while ((p = writer.Text(p, end)) != end) p = Markup(p + 1);
  RemoveUndropped();
}

// p is behind a '<'. Returns where text goes on.
const char* HtmlText::Scratch::Markup(const char* p) {
  if (p != end) {
    if (IsLetter(*p)) return StartTag(p);
    if (*p == '!' || *p == '?') return Declaration(p);
    if (*p == '/' && p + 1 != end) {
      if (IsLetter(p[1])) return EndTag(p + 1);
      return PastByte(p + 1, '>');
    }
  }
  writer.Literal('<');
  return p;
}

const char* HtmlText::Scratch::PastByte(const char* p, char c) {
  const auto* q =
      static_cast<const char*>(std::memchr(p, c, static_cast<size_t>(end - p)));
  return q == nullptr ? end : q + 1;
}

// Comments, doctype, processing instructions, CDATA of no meaning in HTML.
const char* HtmlText::Scratch::Declaration(const char* p) {
  if (end - p < 3 || p[0] != '!' || p[1] != '-' || p[2] != '-') {
    return PastByte(p, '>');
  }
  p += 3;
  // `<!-->` and `<!--->` are whole comments.
  if (p != end && *p == '>') return p + 1;
  if (end - p >= 2 && p[0] == '-' && p[1] == '>') return p + 2;
  const char* const content = p;
  while ((p = PastByte(p, '>')) != end || end[-1] == '>') {
    const std::string_view comment(content,
                                   static_cast<size_t>(p - 1 - content));
    if (comment.ends_with("--") || comment.ends_with("--!")) return p;
    if (p == end) break;
  }
  return end;
}

const char* HtmlText::Scratch::StartTag(const char* p) {
  const char* const name = p;
  const HtmlTagInfo info = ReadHtmlTagName(&p, end);
  const std::string_view tag_name(name, static_cast<size_t>(p - name));
  HtmlAttributes attributes(p, end);
  if (info.tag == HtmlTag::kHtml || info.tag == HtmlTag::kLink) {
    p = MetaAttributes(&attributes, info.tag);
  } else {
    HtmlAttribute ignored;
    while (attributes.Next(&ignored)) {
    }
    p = attributes.position();
  }
  if (attributes.cut()) return end;
  const bool empty =
      attributes.self_closing() && (xml || info.tag == HtmlTag::kSvg);
  switch (info.tag) {
    case HtmlTag::kBr:
      writer.LineBreak();
      return p;
    case HtmlTag::kCell:
      writer.Cell();
      return p;
    default:
      break;
  }
  if (info.kind == HtmlTagInfo::kRawDrop ||
      info.kind == HtmlTagInfo::kRawTitle) {
    return empty ? p : RawElement(p, tag_name, info);
  }
  if (info.breaks > 0) writer.Break(info.breaks);
  if (info.tracked() && !empty) OpenElement(info);
  if (info.tag == HtmlTag::kPre) {
    // A line end right behind the tag is not text.
    if (p != end && *p == '\r') ++p;
    if (p != end && *p == '\n') ++p;
  }
  return p;
}

const char* HtmlText::Scratch::EndTag(const char* p) {
  const HtmlTagInfo info = ReadHtmlTagName(&p, end);
  HtmlAttributes attributes(p, end);
  HtmlAttribute ignored;
  while (attributes.Next(&ignored)) {
  }
  if (attributes.cut()) return end;
  if (info.tracked()) CloseElement(info);
  if (info.breaks > 0) writer.Break(info.breaks);
  return attributes.position();
}

const char* HtmlText::Scratch::MetaAttributes(HtmlAttributes* attributes,
                                              HtmlTag tag) {
  HtmlAttribute attribute;
  std::string_view rel;
  std::string_view href;
  while (attributes->Next(&attribute)) {
    if (tag == HtmlTag::kHtml && meta->lang.empty() &&
        EqualsIgnoreCase(attribute.name, "lang")) {
      AppendResolved(attribute.value.substr(0, 64), &meta->lang);
    }
    if (EqualsIgnoreCase(attribute.name, "rel")) rel = attribute.value;
    if (EqualsIgnoreCase(attribute.name, "href")) href = attribute.value;
  }
  if (tag == HtmlTag::kLink && meta->canonical.empty() &&
      href.size() <= kMaxMetaBytes &&
      EqualsIgnoreCase(TrimHttpSpace(rel), "canonical")) {
    AppendResolved(TrimHttpSpace(href), &meta->canonical);
  }
  return attributes->position();
}

// `</name` behind p that ends as a tag name does, or null.
const char* HtmlText::Scratch::FindEndTag(const char* p,
                                          std::string_view name) {
  while ((p = PastByte(p, '<')) != end) {
    const auto room = static_cast<size_t>(end - p);
    if (room < name.size() + 2) return nullptr;
    if (*p == '/' && EndsTagName(p[name.size() + 1]) &&
        EqualsIgnoreCase({p + 1, name.size()}, name)) {
      return p - 1;
    }
  }
  return nullptr;
}

const char* HtmlText::Scratch::RawElement(const char* content,
                                          std::string_view name,
                                          const HtmlTagInfo& info) {
  // In SVG a title is an element like others.
  if (info.tag == HtmlTag::kTitle && open_count[Index(HtmlTag::kSvg)] > 0) {
    return content;
  }
  bool& never = never_ends[Index(info.tag)];
  const char* const stop = never ? nullptr : FindEndTag(content, name);
  if (stop == nullptr) {
    never = true;
    // Code to the end, as in a page cut short; else the tag is a mistake.
    const bool code =
        info.tag == HtmlTag::kScript || info.tag == HtmlTag::kStyle;
    return code ? end : content;
  }
  if (info.kind == HtmlTagInfo::kRawTitle && meta->title.empty()) {
    AppendCollapsed({content, static_cast<size_t>(stop - content)},
                    kMaxMetaBytes, &title_writer, &meta->title);
  }
  return PastByte(stop, '>');
}

void HtmlText::Scratch::OpenElement(const HtmlTagInfo& info) {
  const size_t index = Index(info.tag);
  if (open.size() == kMaxOpen) return;
  if (info.kind == HtmlTagInfo::kUndrop && open_count[index] > 0) return;
  open.push_back({info.tag, info.kind, writer.Here()});
  ++open_count[index];
  if (info.tag == HtmlTag::kPre) writer.EnterPre();
}

void HtmlText::Scratch::CloseElement(const HtmlTagInfo& info) {
  if (open_count[Index(info.tag)] == 0) return;
  for (;;) {
    const Open top = open.back();
    open.pop_back();
    --open_count[Index(top.tag)];
    Close(top, top.tag == info.tag);
    if (top.tag == info.tag) return;
  }
}

void HtmlText::Scratch::Close(const Open& top, bool by_its_own_tag) {
  if (top.tag == HtmlTag::kPre) writer.LeavePre();
  if (!by_its_own_tag) return;
  if (top.kind == HtmlTagInfo::kUndrop) {
    // Line feeds at its end set apart what follows.
    const size_t span_end = writer.SizeWithoutFeeds();
    if (span_end > top.mark.size) {
      candidates.push_back({top.tag, {top.mark.size, span_end}});
    }
  }
  if (top.kind != HtmlTagInfo::kDrop) return;
  writer.Truncate(top.mark);
  writer.Space();
  while (!candidates.empty() && candidates.back().span.end > top.mark.size) {
    candidates.pop_back();
  }
}

// Forms, and noscript, are left out unless they hold most of the text.
void HtmlText::Scratch::RemoveUndropped() {
  if (candidates.empty()) return;
  size_t inside[2] = {0, 0};
  const auto of_forms = [](HtmlTag tag) { return tag == HtmlTag::kForm; };
  for (const Candidate& c : candidates) {
    inside[of_forms(c.tag)] += c.span.end - c.span.begin;
  }
  removed.clear();
  // An element ends behind those inside it: backwards, the outer comes first.
  size_t begin_of_last = writer.size();
  for (size_t i = candidates.size(); i-- > 0;) {
    const Candidate& c = candidates[i];
    if (inside[of_forms(c.tag)] * 2 > writer.size()) continue;
    if (c.span.end > begin_of_last) continue;
    removed.push_back(c.span);
    begin_of_last = c.span.begin;
  }
  std::reverse(removed.begin(), removed.end());
  writer.Remove(removed);
}

HtmlText::HtmlText() : scratch_(std::make_unique<Scratch>()) {
  scratch_->open.reserve(kMaxOpen);
}
HtmlText::~HtmlText() = default;

bool HtmlText::Extract(std::string_view html, std::string* text,
                       HtmlMeta* meta) {
  meta->title.clear();
  meta->lang.clear();
  meta->canonical.clear();
  scratch_->Run(html, meta);
  text->assign(scratch_->writer.Trimmed());
  return !text->empty();
}

}  // namespace winnow
