// SPDX-License-Identifier: Apache-2.0
// Start tags of tables, and of forms, which tables treat apart.
#include "pipeline/read/html/tree_simulator.h"

namespace winnow::html {
namespace {

using T = TagId;

constexpr size_t kNone = OpenElements::kNone;

// Where a table part stands: 1 in a table, 2 in its groups, 3 in a row.
int LevelOf(TagId id) {
  switch (id) {
    case T::kTable:
    case T::kTemplate:
      return 0;
    case T::kCaption:
    case T::kColgroup:
    case T::kCol:
    case T::kTbody:
    case T::kTfoot:
    case T::kThead:
      return 1;
    case T::kTr:
      return 2;
    case T::kTd:
    case T::kTh:
      return 3;
    default:
      return 9;
  }
}

// Can a part of this level stand right inside of this element?
bool Holds(TagId id, int level) {
  switch (id) {
    case T::kTable:
    case T::kTemplate:
      return true;
    case T::kTbody:
    case T::kTfoot:
    case T::kThead:
      return level >= 2;
    case T::kTr:
      return level == 3;
    default:
      return false;
  }
}

}  // namespace

// Is what comes here in a table but in none of its cells?
bool TreeSimulator::InTableMode() {
  if (!open_.IsOpen(T::kTable)) return false;
  const size_t i = open_.FindInScope(Scope::kTable, [](const OpenElement& e) {
    return e.id == T::kTable || e.id == T::kTd || e.id == T::kTh ||
           e.id == T::kCaption;
  });
  return i != kNone && open_[i].id == T::kTable;
}

void TreeSimulator::StartTable(StartTag* tag) {
  (void)tag;
  if (InTableMode()) CloseScoped(T::kTable, Scope::kTable);
}

void TreeSimulator::StartForm(StartTag* tag) {
  tag->ignored = form_ && !InTemplate();
  if (tag->ignored) return;
  if (!InTemplate()) form_ = true;
  if (InTableMode()) tag->childless = true;
}

void TreeSimulator::StartTablePart(StartTag* tag) {
  const TagId id = tag->id;
  const int level = LevelOf(id);
  // The table (or template) around, and the innermost part that holds this.
  size_t bottom = open_.FindInScope(Scope::kTable, [](const OpenElement& e) {
    return e.id == T::kTable || e.id == T::kTemplate;
  });
  if (bottom == kNone) {
    const OpenElement& context = open_.context();
    const bool fits = fragment_ && context.ns == Namespace::kHtml &&
                      (Holds(context.id, level) ||
                       (context.id == T::kColgroup && id == T::kCol));
    tag->ignored = !fits;
    if (!fits) return;
    bottom = 0;
  } else {
    if (open_[bottom].id == T::kTemplate) {
      // Among other content the tag is a mistake.
      for (size_t i = bottom + 1; i < open_.size(); ++i) {
        if (LevelOf(open_[i].id) == 9) tag->ignored = true;
      }
      if (tag->ignored) return;
    }
    ++bottom;
  }
  size_t keep = bottom;
  for (size_t i = bottom; i < open_.size(); ++i) {
    const OpenElement& element = open_[i];
    if (element.ns == Namespace::kHtml && Holds(element.id, level) &&
        element.id != T::kTemplate && element.id != T::kTable) {
      keep = i + 1;
    }
  }
  if (id == T::kCol && open_.size() > bottom &&
      open_.top().id == T::kColgroup) {
    keep = open_.size();
  }
  open_.PopTo(keep);
  if (id == T::kCol) {
    tag->childless = true;
  } else {
    PushHtml(tag);
  }
}

}  // namespace winnow::html
