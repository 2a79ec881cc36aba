// SPDX-License-Identifier: Apache-2.0
// What a start tag closes before it opens its element.
#include "pipeline/read/html/tree_simulator.h"

namespace winnow::html {
namespace {

using T = TagId;

constexpr size_t kNone = OpenElements::kNone;

}  // namespace

void TreeSimulator::CloseP() { CloseScoped(T::kP, Scope::kButton); }

void TreeSimulator::CloseScoped(TagId id, Scope scope) {
  const size_t i = open_.InScope(id, scope);
  if (i == kNone) return;
  open_.CloseImplied(id);
  open_.PopTo(i);
}

// An item ends the one before it, unless something special stands between.
void TreeSimulator::StartListItem(TagId id) {
  const bool list = id == T::kLi;
  if (!open_.IsOpen(T::kLi) && list) return;
  if (!list && !open_.IsOpen(T::kDd) && !open_.IsOpen(T::kDt)) return;
  for (size_t i = open_.size(); i-- > 0;) {
    const OpenElement& element = open_[i];
    const bool html = element.ns == Namespace::kHtml;
    const bool item = list ? element.id == T::kLi
                           : element.id == T::kDd || element.id == T::kDt;
    if (html && item) {
      open_.PopTo(i);
      return;
    }
    const bool passable =
        html && (element.id == T::kAddress || element.id == T::kDiv ||
                 element.id == T::kP);
    if (OpenElements::IsSpecial(element) && !passable) return;
  }
}

// A second <a> ends the first, as deep as it may stand in the same cell.
void TreeSimulator::StartFormatting(TagId id) {
  const size_t i = open_.InScope(id);
  if (i == kNone) return;
  for (size_t k = i + 1; k < open_.size(); ++k) {
    if (!OpenElements::IsSpecial(open_[k])) continue;
    open_.Erase(i);
    return;
  }
  open_.PopTo(i);
}

void TreeSimulator::StartOption(TagId id) {
  const bool in_select = open_.InScope(T::kSelect) != kNone;
  if (in_select) {
    open_.CloseImplied(id == T::kOption ? T::kOptgroup : T::kUnknown);
    return;
  }
  if (id == T::kHr || open_.size() == 0) return;
  if (open_.top().id == T::kOption && open_.top().ns == Namespace::kHtml) {
    open_.Pop();
  }
}

void TreeSimulator::StartRuby(TagId id) {
  if (open_.InScope(T::kRuby) == kNone) return;
  const bool inner = id == T::kRp || id == T::kRt;
  open_.CloseImplied(inner ? T::kRtc : T::kUnknown);
}

// Inside of a select: a second one ends it, as does an input.
void TreeSimulator::StartSelect(StartTag* tag) {
  const size_t i = open_.InScope(T::kSelect);
  if (i == kNone) return;
  open_.PopTo(i);
  tag->ignored = tag->id == T::kSelect;
}

}  // namespace winnow::html
