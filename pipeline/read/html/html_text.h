// SPDX-License-Identifier: Apache-2.0
// The visible text of an HTML page: the seam that main-content extraction will
// replace. A streaming tokenizer (the tag, attribute, comment and raw-text
// rules of the WHATWG standard, without tree construction) feeds a writer that
// collapses white space. Time is linear in the bytes, whatever they are.
//
// Left out: script, style, template, iframe, object, svg, canvas, audio, video,
// nav, footer, aside, button, select, textarea; the forms, unless they hold
// more than half of the text (some servers wrap the page in one), and the
// noscript elements likewise (some forums keep the page for machines there). A
// nav, footer ... that its own end tag does not close is kept: its end is
// unknown.
//
// Lines: p, headings, pre, blockquote, table, figure, article, section, form
// and hr are set apart by one blank line; other block elements, li, tr and br
// begin a line; two br make a blank line; table cells are separated by a tab.
// Runs of white space (U+00A0 counts as one) are one space, none at the ends of
// lines; pre keeps its own. C0 controls and DEL are dropped.
#ifndef WINNOW_PIPELINE_READ_HTML_HTML_TEXT_H_
#define WINNOW_PIPELINE_READ_HTML_HTML_TEXT_H_

#include <memory>
#include <string>
#include <string_view>

namespace winnow {

struct HtmlMeta {
  std::string title;      // of the first title element, collapsed
  std::string lang;       // of <html>
  std::string canonical;  // href of <link rel=canonical>
  // Of main-content extraction alone.
  std::string date;    // when it was published, as the page has it
  std::string robots;  // <meta name=robots>: noai, noindex ...
};

// One for each worker; its scratch is reused.
class HtmlText {
 public:
  HtmlText();
  ~HtmlText();
  HtmlText(const HtmlText&) = delete;
  HtmlText& operator=(const HtmlText&) = delete;

  // Replaces *text and *meta. False if no text was found. REQUIRES: valid
  // UTF-8, and then *text is.
  bool Extract(std::string_view html, std::string* text, HtmlMeta* meta);

 private:
  struct Scratch;
  std::unique_ptr<Scratch> scratch_;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_HTML_HTML_TEXT_H_
