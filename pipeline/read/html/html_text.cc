// SPDX-License-Identifier: Apache-2.0
// A sink of the tokenizer. Elements that may be left out remember where the
// text stood when they began.
#include "pipeline/read/html/html_text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "pipeline/read/html/html_text_rules.h"
#include "pipeline/read/html/html_text_writer.h"
#include "pipeline/read/html/tokenizer.h"
#include "pipeline/read/warc/http_fields.h"

namespace winnow {
namespace {

using html::ClosedElement;
using html::CloseReason;
using html::Namespace;
using html::StartTag;
using html::TagId;
using html::TextMode;

constexpr size_t kMaxMetaBytes = 2048;
// Longer than any title worth keeping, white space included.
constexpr size_t kMaxTitleInput = 8 * kMaxMetaBytes;

}  // namespace

struct HtmlText::Scratch {
  using Rule = HtmlTextRule;

  Scratch() : tokenizer(this) { open.reserve(html::kMaxOpenElements); }

  void Run(std::string_view page, HtmlMeta* out_meta);

  // What the tokenizer calls.
  void Text(std::string_view text, const html::TextInfo& info);
  void Start(const StartTag& tag);
  void End(const html::EndTag& tag);
  void Close(const ClosedElement& closed, CloseReason reason);

  void ReadMeta(const StartTag& tag);
  void OpenElement(TagId id);
  void CloseElement(TagId id, const Rule& rule, bool by_its_own_tag);
  void EndTitle();
  void RemoveUndropped();

  // An open element that may be left out.
  struct Open {
    TagId id;
    HtmlTextWriter::Mark mark;  // of the text when it was opened
  };
  // Text of elements that may be left out at the end, in order of their ends.
  struct Candidate {
    TagId id;
    TextSpan span;
  };

  html::Tokenizer<Scratch> tokenizer;
  HtmlTextWriter writer;
  HtmlTextWriter title_writer;
  std::string_view input;
  HtmlMeta* meta = nullptr;
  std::string decoded;
  std::vector<Open> open;
  std::vector<Candidate> candidates;
  std::vector<TextSpan> removed;
  size_t title_room = 0;
  bool in_title = false;
};

void HtmlText::Scratch::Run(std::string_view page, HtmlMeta* out_meta) {
  input = page;
  meta = out_meta;
  open.clear();
  candidates.clear();
  in_title = false;
  writer.Begin(page.size());
  tokenizer.Run(page, {.xml = page.starts_with("<?xml")});
  RemoveUndropped();
}

void HtmlText::Scratch::Text(std::string_view text,
                             const html::TextInfo& info) {
  switch (info.mode) {
    case TextMode::kScript:
    case TextMode::kRawtext:
      return;
    case TextMode::kRcdata:
      if (in_title) {
        text = text.substr(0, title_room);
        title_room -= text.size();
        title_writer.Text(text);
      }
      return;
    default:
      break;
  }
  // A NUL would become longer; it is a control character like others.
  if (info.decoded && input[info.offset] == '\0') return;
  writer.Text(text);
}

void HtmlText::Scratch::Start(const StartTag& tag) {
  const Rule& rule = HtmlTextRuleOf(tag.id);
  if (tag.ns != Namespace::kHtml) {
    if (tag.id == TagId::kSvg && !tag.childless) OpenElement(tag.id);
    return;
  }
  const bool opens = !tag.ignored && !tag.childless;
  if (rule.breaks > 0) writer.Break(rule.breaks);
  switch (rule.kind) {
    case Rule::kBr:
      writer.LineBreak();
      break;
    case Rule::kCell:
      writer.Cell();
      break;
    case Rule::kMeta:
      ReadMeta(tag);
      break;
    case Rule::kPre:
      if (opens) writer.EnterPre();
      break;
    case Rule::kDrop:
    case Rule::kUndrop:
      if (opens) OpenElement(tag.id);
      break;
    case Rule::kTitle:
      if (opens && meta->title.empty()) {
        in_title = true;
        title_room = kMaxTitleInput;
        title_writer.Begin(kMaxTitleInput);
      }
      break;
    default:
      break;
  }
}

void HtmlText::Scratch::End(const html::EndTag& tag) {
  const Rule& rule = HtmlTextRuleOf(tag.id);
  if (rule.breaks > 0) writer.Break(rule.breaks);
}

void HtmlText::Scratch::Close(const ClosedElement& closed, CloseReason reason) {
  const TagId id = closed.element.id;
  const Rule& rule = HtmlTextRuleOf(id);
  const bool by_its_own_tag = reason == CloseReason::kOwnTag;
  if (closed.element.ns != Namespace::kHtml) {
    if (id == TagId::kSvg) CloseElement(id, rule, by_its_own_tag);
    return;
  }
  switch (rule.kind) {
    case Rule::kPre:
      writer.LeavePre();
      break;
    case Rule::kTitle:
      if (in_title) EndTitle();
      break;
    case Rule::kDrop:
    case Rule::kUndrop:
      CloseElement(id, rule, by_its_own_tag);
      break;
    default:
      break;
  }
}

void HtmlText::Scratch::EndTitle() {
  in_title = false;
  std::string_view title = title_writer.Trimmed();
  if (title.size() > kMaxMetaBytes) {
    size_t n = kMaxMetaBytes;
    while (n > 0 && (title[n] & 0xC0) == 0x80) --n;
    title = title.substr(0, n);
  }
  meta->title = title;
}

void HtmlText::Scratch::ReadMeta(const StartTag& tag) {
  if (tag.id == TagId::kHtml) {
    const html::Attribute* lang = tag.Find("lang");
    if (lang != nullptr && meta->lang.empty() &&
        lang->value.size() <= kMaxMetaBytes) {
      meta->lang = html::DecodeValue(lang->value, &decoded);
    }
    return;
  }
  const html::Attribute* rel = tag.Find("rel");
  const html::Attribute* href = tag.Find("href");
  if (meta->canonical.empty() && rel != nullptr && href != nullptr &&
      href->value.size() <= kMaxMetaBytes &&
      EqualsIgnoreCase(TrimHttpSpace(rel->value), "canonical")) {
    meta->canonical = TrimHttpSpace(html::DecodeValue(href->value, &decoded));
  }
}

void HtmlText::Scratch::OpenElement(TagId id) {
  open.push_back({id, writer.Here()});
}

void HtmlText::Scratch::CloseElement(TagId id, const Rule& rule,
                                     bool by_its_own_tag) {
  size_t i = open.size() - 1;
  while (open[i].id != id) --i;  // hardly ever: a form closed out of order
  const HtmlTextWriter::Mark mark = open[i].mark;
  open.erase(open.begin() + static_cast<ptrdiff_t>(i));
  if (!by_its_own_tag) return;
  if (rule.kind == Rule::kUndrop) {
    const bool inner = std::any_of(open.begin(), open.end(),
                                   [id](const Open& o) { return o.id == id; });
    // Line feeds at its end set apart what follows.
    const size_t span_end = writer.SizeWithoutFeeds();
    if (!inner && span_end > mark.size) {
      candidates.push_back({id, {mark.size, span_end}});
    }
    return;
  }
  writer.Truncate(mark);
  writer.Space();
  while (!candidates.empty() && candidates.back().span.end > mark.size) {
    candidates.pop_back();
  }
}

// Forms, and noscript, are left out unless they hold most of the text.
void HtmlText::Scratch::RemoveUndropped() {
  if (candidates.empty()) return;
  size_t inside[2] = {0, 0};
  const auto of_forms = [](TagId id) { return id == TagId::kForm; };
  for (const Candidate& c : candidates) {
    inside[of_forms(c.id)] += c.span.end - c.span.begin;
  }
  removed.clear();
  // An element ends behind those inside it: backwards, the outer comes first.
  size_t begin_of_last = writer.size();
  for (size_t i = candidates.size(); i-- > 0;) {
    const Candidate& c = candidates[i];
    if (inside[of_forms(c.id)] * 2 > writer.size()) continue;
    if (c.span.end > begin_of_last) continue;
    removed.push_back(c.span);
    begin_of_last = c.span.begin;
  }
  std::reverse(removed.begin(), removed.end());
  writer.Remove(removed);
}

HtmlText::HtmlText() : scratch_(std::make_unique<Scratch>()) {}
HtmlText::~HtmlText() = default;

bool HtmlText::Extract(std::string_view html, std::string* text,
                       HtmlMeta* meta) {
  meta->title.clear();
  meta->lang.clear();
  meta->canonical.clear();
  meta->date.clear();
  meta->robots.clear();
  scratch_->Run(html, meta);
  text->assign(scratch_->writer.Trimmed());
  return !text->empty();
}

}  // namespace winnow
