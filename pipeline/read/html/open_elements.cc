// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/html/open_elements.h"

#include <algorithm>

namespace winnow::html {

void OpenElements::Clear(const OpenElement& context) {
  context_ = context;
  size_ = 0;
  closed_size_ = 0;
  overflow_ = 0;
  beyond_cap_ = 0;
  steps_ = 0;
  count_.fill(0);
}

bool OpenElements::Push(const OpenElement& element) {
  if (size_ == kMaxOpenElements) {
    // Those that need no end tag may have none.
    if (!HasTrait(element.id, kImpliedEnd)) ++overflow_;
    ++beyond_cap_;
    return false;
  }
  stack_[size_++] = element;
  if (element.ns == Namespace::kHtml) ++count_[Index(element.id)];
  return true;
}

void OpenElements::Unpush() {
  --size_;
  if (stack_[size_].ns == Namespace::kHtml) --count_[Index(stack_[size_].id)];
}

void OpenElements::PopTo(size_t index) {
  while (size_ > index) Erase(size_ - 1);
}

void OpenElements::Erase(size_t index) {
  const OpenElement element = stack_[index];
  closed_[closed_size_++] = {element, static_cast<uint32_t>(index)};
  steps_ += size_ - index;
  std::copy(stack_.begin() + static_cast<ptrdiff_t>(index) + 1,
            stack_.begin() + static_cast<ptrdiff_t>(size_),
            stack_.begin() + static_cast<ptrdiff_t>(index));
  --size_;
  if (element.ns == Namespace::kHtml) --count_[Index(element.id)];
}

bool OpenElements::TakeBackBeyondCap() {
  if (overflow_ == 0) return false;
  --overflow_;
  return true;
}

size_t OpenElements::InScope(TagId id, Scope scope) {
  if (!IsOpen(id)) return kNone;
  return FindInScope(scope, [id](const OpenElement& e) { return e.id == id; });
}

void OpenElements::CloseImplied(TagId except) {
  while (size_ > 0 && top().ns == Namespace::kHtml && top().id != except &&
         HasTrait(top().id, kImpliedEnd)) {
    Pop();
  }
}

}  // namespace winnow::html
