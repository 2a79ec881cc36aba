// SPDX-License-Identifier: Apache-2.0
// End tags.
#include "pipeline/read/html/tree_simulator.h"

namespace winnow::html {
namespace {

using T = TagId;

constexpr size_t kNone = OpenElements::kNone;

}  // namespace

void TreeSimulator::End(EndTag* tag) {
  open_.ClearClosed();
  if (open_.top().ns != Namespace::kHtml) {
    EndForeign(tag);
  } else {
    EndHtml(tag);
  }
}

void TreeSimulator::EndForeign(EndTag* tag) {
  if (tag->id == T::kP || tag->id == T::kBr) {
    PopForeign();
    EndHtml(tag);
    return;
  }
  for (size_t i = open_.size(); i-- > 0;) {
    const OpenElement& element = open_[i];
    if (element.ns == Namespace::kHtml) {
      EndHtml(tag);
      return;
    }
    if (element.key == tag->key) {
      open_.PopTo(i);
      return;
    }
  }
  tag->ignored = true;
}

void TreeSimulator::EndHtml(EndTag* tag) {
  const TagId id = tag->id;
  switch (id) {
    case T::kP: {
      // Without a <p> it stands for an empty one.
      const size_t i = open_.InScope(id, Scope::kButton);
      tag->ignored = frameset_ || (!body_ && !InTemplate());
      if (i == kNone) return;
      open_.PopTo(i);
      return;
    }
    case T::kBr:
      tag->ignored = frameset_;
      return;
    case T::kHtml:
    case T::kBody:
      tag->ignored = true;
      return;
    case T::kLi:
      EndInScope(tag, Scope::kList);
      return;
    case T::kH1:
    case T::kH2:
    case T::kH3:
    case T::kH4:
    case T::kH5:
    case T::kH6: {
      const size_t i = open_.FindInScope(
          Scope::kDefault,
          [](const OpenElement& e) { return HasTrait(e.id, kHeading); });
      tag->ignored = i == kNone;
      if (i != kNone) open_.PopTo(i);
      return;
    }
    case T::kForm: {
      const bool counts = form_ || InTemplate();
      if (!InTemplate()) form_ = false;
      const size_t i = counts ? open_.InScope(id) : kNone;
      tag->ignored = i == kNone;
      if (i == kNone) return;
      open_.CloseImplied();
      if (i + 1 == open_.size() || InTemplate()) {
        open_.PopTo(i);
      } else {
        open_.Erase(i);
      }
      return;
    }
    case T::kTable:
    case T::kTbody:
    case T::kTd:
    case T::kTfoot:
    case T::kTh:
    case T::kThead:
    case T::kTr:
    case T::kCaption:
    case T::kColgroup:
      EndTablePart(tag);
      return;
    case T::kTemplate:
      tag->ignored = !InTemplate();
      if (InTemplate()) {
        size_t i = open_.size() - 1;
        while (open_[i].id != id || open_[i].ns != Namespace::kHtml) --i;
        open_.PopTo(i);
      }
      return;
    case T::kButton:
    case T::kApplet:
    case T::kMarquee:
    case T::kObject:
    case T::kSelect:
    case T::kDialog:
    // Written for browsers, which run scripts and read to this tag, come what
    // may; the standard without scripts would let a <p> inside keep it open.
    case T::kNoscript:
      EndInScope(tag, Scope::kDefault);
      return;
    default:
      break;
  }
  if (HasTrait(id, kFormatting)) {
    EndFormatting(tag);
  } else if (HasTrait(id, kClosesP)) {
    EndInScope(tag, Scope::kDefault);
  } else {
    EndOther(tag);
  }
}

void TreeSimulator::EndInScope(EndTag* tag, Scope scope) {
  if (open_.TakeBackBeyondCap()) return;
  const size_t i = open_.InScope(tag->id, scope);
  tag->ignored = i == kNone;
  if (i != kNone) open_.PopTo(i);
}

// A row may lack its tag: its end closes the cell at least.
void TreeSimulator::EndTablePart(EndTag* tag) {
  const TagId id = tag->id;
  if (open_.TakeBackBeyondCap()) return;
  size_t i = open_.InScope(id, Scope::kTable);
  if (i == kNone && (id == T::kTr || id == T::kTbody)) {
    i = open_.FindInScope(Scope::kTable, [](const OpenElement& e) {
      return e.id == T::kTd || e.id == T::kTh;
    });
    const bool no_row = i != kNone && i > 0 && open_[i - 1].id == T::kTemplate;
    if (no_row) i = kNone;
  }
  tag->ignored = i == kNone;
  if (i != kNone) open_.PopTo(i);
}

// The adoption agency, without a tree: blocks inside of the element stay open.
void TreeSimulator::EndFormatting(EndTag* tag) {
  if (open_.TakeBackBeyondCap()) return;
  const size_t i = open_.InScope(tag->id);
  tag->ignored = i == kNone;
  if (i == kNone) return;
  for (size_t k = i + 1; k < open_.size(); ++k) {
    if (!OpenElements::IsSpecial(open_[k])) continue;
    open_.Erase(i);
    return;
  }
  open_.PopTo(i);
}

void TreeSimulator::EndOther(EndTag* tag) {
  tag->ignored = true;
  if (HasTrait(tag->id, kVoid)) return;
  if (open_.TakeBackBeyondCap()) return;
  if (!open_.IsOpen(tag->id)) return;
  for (size_t i = open_.size(); i-- > 0;) {
    const OpenElement& element = open_[i];
    if (element.ns == Namespace::kHtml && element.key == tag->key) {
      tag->ignored = false;
      open_.PopTo(i);
      return;
    }
    if (OpenElements::IsSpecial(element)) return;
  }
}

}  // namespace winnow::html
