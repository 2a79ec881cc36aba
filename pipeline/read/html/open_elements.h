// SPDX-License-Identifier: Apache-2.0
// The stack of open elements (13.2.4.2), names only, with a cap, and what was
// closed last. A count for each name makes most questions free.
#ifndef WINNOW_PIPELINE_READ_HTML_OPEN_ELEMENTS_H_
#define WINNOW_PIPELINE_READ_HTML_OPEN_ELEMENTS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "pipeline/read/html/tag_id.h"
#include "pipeline/read/html/tag_traits.h"
#include "pipeline/read/html/token.h"

namespace winnow::html {

struct OpenElement {
  uint32_t key = 0;
  TagId id = TagId::kUnknown;
  Namespace ns = Namespace::kHtml;
  bool html_point = false;  // its content is HTML (an HTML integration point)
  bool text_point = false;  // its content is HTML (a MathML text point)
};

struct ClosedElement {
  OpenElement element;
  uint32_t depth = 0;  // where it stood; those above it come one down
};

enum class Scope : uint8_t { kDefault, kList, kButton, kTable };

inline constexpr size_t kMaxOpenElements = 512;

class OpenElements {
 public:
  static constexpr size_t kNone = ~size_t{0};

  // `context` stands below the stack: what the content is taken to be in.
  void Clear(const OpenElement& context);

  size_t size() const { return size_; }
  const OpenElement& operator[](size_t i) const { return stack_[i]; }
  // The innermost element, or the context.
  const OpenElement& top() const {
    return size_ == 0 ? context_ : stack_[size_ - 1];
  }
  const OpenElement& context() const { return context_; }
  bool IsOpen(TagId id) const { return count_[Index(id)] > 0; }
  // How many elements deeper than the cap were opened.
  uint64_t beyond_cap() const { return beyond_cap_; }
  uint64_t steps() const { return steps_; }

  // False at the cap.
  bool Push(const OpenElement& element);
  // Takes the last Push back, as if it had not been.
  void Unpush();
  // Closes everything from `index` up, innermost first.
  void PopTo(size_t index);
  void Pop() { PopTo(size_ - 1); }
  // Closes one element in the middle.
  void Erase(size_t index);
  // An end tag takes back an element beyond the cap first.
  bool TakeBackBeyondCap();

  // The innermost such HTML element in this scope, or kNone.
  size_t InScope(TagId id, Scope scope = Scope::kDefault);
  // The same for any element that `match` takes.
  template <typename Match>
  size_t FindInScope(Scope scope, const Match& match) {
    for (size_t i = size_; i-- > 0;) {
      ++steps_;
      const OpenElement& element = stack_[i];
      if (element.ns == Namespace::kHtml && match(element)) return i;
      if (EndsScope(element, scope)) return kNone;
    }
    return kNone;
  }
  // Closes elements whose end tag may be missing, but for `except`.
  void CloseImplied(TagId except = TagId::kUnknown);

  // What was closed since ClearClosed, in order.
  std::span<const ClosedElement> closed() const {
    return {closed_.data(), closed_size_};
  }
  void ClearClosed() { closed_size_ = 0; }

  static bool IsSpecial(const OpenElement& element) {
    return element.ns == Namespace::kHtml
               ? HasTrait(element.id, kSpecial)
               : element.html_point || element.text_point ||
                     element.id == TagId::kAnnotationXml;
  }

 private:
  static bool EndsScope(const OpenElement& element, Scope scope) {
    if (element.ns != Namespace::kHtml) {
      return scope != Scope::kTable && IsSpecial(element);
    }
    const TagId id = element.id;
    if (scope == Scope::kTable) {
      return id == TagId::kTable || id == TagId::kTemplate ||
             id == TagId::kHtml;
    }
    if (HasTrait(id, kScopeEnd)) return true;
    if (scope == Scope::kList) return id == TagId::kOl || id == TagId::kUl;
    return scope == Scope::kButton && id == TagId::kButton;
  }

  OpenElement context_;
  size_t size_ = 0;
  size_t closed_size_ = 0;
  size_t overflow_ = 0;
  uint64_t beyond_cap_ = 0;
  uint64_t steps_ = 0;
  std::array<uint16_t, kTagIds> count_{};  // of HTML elements
  std::array<OpenElement, kMaxOpenElements> stack_;
  // An element is closed once: there is room.
  std::array<ClosedElement, kMaxOpenElements + 8> closed_;
};

}  // namespace winnow::html

#endif  // WINNOW_PIPELINE_READ_HTML_OPEN_ELEMENTS_H_
