// SPDX-License-Identifier: Apache-2.0
// What tokenization needs of the tree builder (WHATWG 13.2.6), without a tree:
// which mode a start tag switches to, where SVG and MathML begin and end, which
// elements a tag closes. Exact where names alone decide; what depends on more
// (foster parenting, reopened formatting elements, quirks) moves no text here.
#ifndef WINNOW_PIPELINE_READ_HTML_TREE_SIMULATOR_H_
#define WINNOW_PIPELINE_READ_HTML_TREE_SIMULATOR_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "pipeline/read/html/open_elements.h"
#include "pipeline/read/html/token.h"

namespace winnow::html {

class TreeSimulator {
 public:
  // `scripting`: noscript holds raw text. `context` is html for a document,
  // else the element that a fragment is the content of.
  void Begin(bool scripting, const OpenElement& context);

  // Sets what the tree tells of the tag, and returns the mode of what follows.
  TextMode Start(StartTag* tag);
  void End(EndTag* tag);
  // The element that Start has opened for this tag is to be empty: it is not
  // open any more, and is not told of as closed.
  void MakeChildless(StartTag* tag);

  // Text that stands here belongs to no page: a frameset.
  bool DropsText() const { return frameset_; }
  // Till the page has content, Text() is to be told of it.
  bool WantsText() const { return frameset_ok_; }
  void Text(std::string_view text);

  // The text here stands in SVG or MathML proper.
  bool ForeignText() const {
    const OpenElement& top = open_.top();
    return top.ns != Namespace::kHtml && !top.html_point && !top.text_point;
  }
  bool CdataAllowed() const { return open_.top().ns != Namespace::kHtml; }

  // How the content of an HTML element is read.
  static TextMode ModeOf(TagId id, bool scripting);

  const OpenElements& open() const { return open_; }
  // Elements that the last Start or End closed.
  std::span<const ClosedElement> closed() const { return open_.closed(); }

 private:
  bool TreatAsForeign(const StartTag& tag) const;
  bool LeavesForeign(const StartTag& tag) const;
  void PopForeign();
  TextMode StartForeign(StartTag* tag, Namespace ns);
  TextMode StartHtml(StartTag* tag);
  void StartPagePart(StartTag* tag);
  void BeginBody();
  void StartListItem(TagId id);
  void StartFormatting(TagId id);
  void StartOption(TagId id);
  void StartRuby(TagId id);
  void StartSelect(StartTag* tag);
  void StartTable(StartTag* tag);
  void StartForm(StartTag* tag);
  void StartTablePart(StartTag* tag);
  void Push(StartTag* tag, const OpenElement& element);
  void PushHtml(StartTag* tag);
  void CloseP();
  void CloseScoped(TagId id, Scope scope);
  bool InTableMode();
  bool InTemplate() const { return open_.IsOpen(TagId::kTemplate); }

  void EndForeign(EndTag* tag);
  void EndHtml(EndTag* tag);
  void EndFormatting(EndTag* tag);
  void EndOther(EndTag* tag);
  void EndInScope(EndTag* tag, Scope scope);
  void EndTablePart(EndTag* tag);

  OpenElements open_;
  bool scripting_ = false;
  bool fragment_ = false;
  bool head_ = false;  // was begun
  bool body_ = false;  // was begun, by a tag or by content
  bool form_ = false;  // one was begun whose end tag has not been seen
  bool frameset_ok_ = true;
  bool frameset_ = false;
};

}  // namespace winnow::html

#endif  // WINNOW_PIPELINE_READ_HTML_TREE_SIMULATOR_H_
