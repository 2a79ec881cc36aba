// SPDX-License-Identifier: Apache-2.0
// Start tags. What they close, table parts and end tags stand in files of their
// own.
#include "pipeline/read/html/tree_simulator.h"

#include "pipeline/read/html/chars.h"

namespace winnow::html {
namespace {

using T = TagId;

bool IsTextPoint(TagId id) {
  return id == T::kMi || id == T::kMo || id == T::kMn || id == T::kMs ||
         id == T::kMtext;
}

bool IsHtmlPoint(const StartTag& tag) {
  if (tag.ns == Namespace::kSvg) {
    return tag.id == T::kForeignobject || tag.id == T::kDesc ||
           tag.id == T::kTitle;
  }
  if (tag.id != T::kAnnotationXml) return false;
  const Attribute* encoding = tag.Find("encoding");
  return encoding != nullptr &&
         (IsName(encoding->value, "text/html") ||
          IsName(encoding->value, "application/xhtml+xml"));
}

// Start tags behind which a frameset can no longer replace the body.
bool KeepsFramesetOut(const StartTag& tag) {
  switch (tag.id) {
    case T::kPre:
    case T::kListing:
    case T::kLi:
    case T::kDd:
    case T::kDt:
    case T::kButton:
    case T::kApplet:
    case T::kMarquee:
    case T::kObject:
    case T::kTable:
    case T::kArea:
    case T::kBr:
    case T::kEmbed:
    case T::kImg:
    case T::kImage:
    case T::kKeygen:
    case T::kWbr:
    case T::kHr:
    case T::kTextarea:
    case T::kXmp:
    case T::kIframe:
    case T::kSelect:
    case T::kBody:
      return true;
    case T::kInput: {
      const Attribute* type = tag.Find("type");
      return type == nullptr || !IsName(type->value, "hidden");
    }
    default:
      return false;
  }
}

}  // namespace

void TreeSimulator::Begin(bool scripting, const OpenElement& context) {
  open_.Clear(context);
  scripting_ = scripting;
  fragment_ = context.ns != Namespace::kHtml || context.id != T::kHtml;
  head_ = body_ = fragment_;
  form_ = context.id == T::kForm && context.ns == Namespace::kHtml;
  frameset_ok_ = true;
  frameset_ = context.id == T::kFrameset && context.ns == Namespace::kHtml;
}

bool TreeSimulator::TreatAsForeign(const StartTag& tag) const {
  const OpenElement& top = open_.top();
  if (top.ns == Namespace::kHtml || top.html_point) return false;
  if (top.text_point) {
    return tag.id == T::kMglyph || tag.id == T::kMalignmark;
  }
  return !(top.ns == Namespace::kMath && top.id == T::kAnnotationXml &&
           tag.id == T::kSvg);
}

bool TreeSimulator::LeavesForeign(const StartTag& tag) const {
  if (HasTrait(tag.id, kLeavesForeign)) return true;
  return tag.id == T::kFont &&
         (tag.Find("color") != nullptr || tag.Find("face") != nullptr ||
          tag.Find("size") != nullptr);
}

void TreeSimulator::PopForeign() {
  while (open_.size() > 0 && ForeignText()) open_.Pop();
}

void TreeSimulator::Push(StartTag* tag, const OpenElement& element) {
  if (!open_.Push(element)) tag->childless = true;
}

void TreeSimulator::PushHtml(StartTag* tag) {
  Push(tag, {tag->key, tag->id, Namespace::kHtml, false, false});
}

void TreeSimulator::MakeChildless(StartTag* tag) {
  if (tag->ignored || tag->childless) return;
  open_.Unpush();
  tag->childless = true;
}

TextMode TreeSimulator::Start(StartTag* tag) {
  open_.ClearClosed();
  TextMode mode = TextMode::kData;
  if (TreatAsForeign(*tag) && !LeavesForeign(*tag)) {
    mode = StartForeign(tag, open_.top().ns);
  } else {
    if (TreatAsForeign(*tag)) PopForeign();
    mode = StartHtml(tag);
  }
  const bool opened = !tag->ignored && !tag->childless;
  tag->depth = static_cast<uint32_t>(open_.size() - (opened ? 1 : 0));
  return mode;
}

TextMode TreeSimulator::StartForeign(StartTag* tag, Namespace ns) {
  tag->ns = ns;
  if (tag->self_closing) {
    tag->childless = true;
    return TextMode::kData;
  }
  Push(tag, {tag->key, tag->id, ns, IsHtmlPoint(*tag),
             ns == Namespace::kMath && IsTextPoint(tag->id)});
  return TextMode::kData;
}

TextMode TreeSimulator::ModeOf(TagId id, bool scripting) {
  switch (id) {
    case T::kTitle:
    case T::kTextarea:
      return TextMode::kRcdata;
    case T::kStyle:
    case T::kIframe:
    case T::kXmp:
    case T::kNoembed:
    case T::kNoframes:
      return TextMode::kRawtext;
    case T::kNoscript:
      return scripting ? TextMode::kRawtext : TextMode::kData;
    case T::kScript:
      return TextMode::kScript;
    case T::kPlaintext:
      return TextMode::kPlaintext;
    default:
      return TextMode::kData;
  }
}

TextMode TreeSimulator::StartHtml(StartTag* tag) {
  const TagId id = tag->id;
  if (frameset_ && id != T::kFrameset && id != T::kFrame &&
      id != T::kNoframes) {
    tag->ignored = true;
    return TextMode::kData;
  }
  if (!body_ && !HasTrait(id, kHeadOnly) && !InTemplate()) BeginBody();
  if (frameset_ok_ && KeepsFramesetOut(*tag) && !InTemplate()) {
    if (id != T::kBody || body_) frameset_ok_ = false;
  }
  if (HasTrait(id, kClosesP) || id == T::kTable) CloseP();
  if (HasTrait(id, kHeading) && HasTrait(open_.top().id, kHeading) &&
      open_.size() > 0) {
    open_.Pop();
  }
  switch (id) {
    case T::kHtml:
    case T::kHead:
    case T::kBody:
    case T::kFrameset:
      StartPagePart(tag);
      return TextMode::kData;
    case T::kSvg:
      return StartForeign(tag, Namespace::kSvg);
    case T::kMath:
      return StartForeign(tag, Namespace::kMath);
    case T::kCaption:
    case T::kCol:
    case T::kColgroup:
    case T::kTbody:
    case T::kTd:
    case T::kTfoot:
    case T::kTh:
    case T::kThead:
    case T::kTr:
      StartTablePart(tag);
      return TextMode::kData;
    case T::kLi:
    case T::kDd:
    case T::kDt:
      StartListItem(id);
      CloseP();
      break;
    case T::kA:
    case T::kNobr:
      StartFormatting(id);
      break;
    case T::kButton:
      CloseScoped(id, Scope::kDefault);
      break;
    case T::kOption:
    case T::kOptgroup:
    case T::kHr:
      StartOption(id);
      break;
    case T::kRb:
    case T::kRtc:
    case T::kRp:
    case T::kRt:
      StartRuby(id);
      break;
    case T::kSelect:
    case T::kInput:
      StartSelect(tag);
      break;
    case T::kTable:
      StartTable(tag);
      break;
    case T::kForm:
      StartForm(tag);
      break;
    case T::kFrame:
      tag->ignored = !frameset_;
      break;
    default:
      break;
  }
  if (tag->ignored) return TextMode::kData;
  if (HasTrait(id, kVoid)) tag->childless = true;
  if (tag->childless) return TextMode::kData;
  PushHtml(tag);
  return ModeOf(id, scripting_);
}

// html, head, body, frameset: once each, and in their places.
void TreeSimulator::StartPagePart(StartTag* tag) {
  const auto close_head = [&] {
    if (open_.IsOpen(T::kHead)) CloseScoped(T::kHead, Scope::kDefault);
  };
  switch (tag->id) {
    case T::kHtml:
      tag->ignored = open_.size() > 0 || head_ || body_;
      break;
    case T::kHead:
      tag->ignored = head_ || body_;
      head_ = true;
      break;
    case T::kBody:
      tag->ignored = body_ || InTemplate();
      if (!tag->ignored) {
        close_head();
        body_ = true;
        frameset_ok_ = false;
      }
      break;
    default:
      tag->ignored =
          InTemplate() || ((!frameset_ok_ || fragment_) && !frameset_);
      if (!tag->ignored && !frameset_) {
        close_head();
        open_.PopTo(open_.size() > 0 && open_[0].id == T::kHtml ? 1 : 0);
        body_ = frameset_ = true;
      }
      break;
  }
  if (!tag->ignored) PushHtml(tag);
}

// Content: the head ends.
void TreeSimulator::BeginBody() {
  body_ = head_ = true;
  if (open_.IsOpen(T::kHead)) CloseScoped(T::kHead, Scope::kDefault);
}

void TreeSimulator::Text(std::string_view text) {
  for (const char c : text) {
    if (IsSpace(c) || c == '\0') continue;
    if (InTemplate()) return;
    frameset_ok_ = false;
    if (!body_) {
      body_ = head_ = true;
    }
    return;
  }
}

}  // namespace winnow::html
