// SPDX-License-Identifier: Apache-2.0
// Wikitext to plain text: what a reader of the page reads as running text.
// Markup as mediawiki.org, Help:Formatting, Help:Links, Help:Tables and
// Help:Templates tell it. Nothing is expanded: a template's text is not in the
// page.
//
//   {{templates}} {| tables |}    dropped, nested as deep as they are; of some
//                                 ({{lang|xx|text}}, {{nowrap|text}}) the text
//   [[target|label]]              the label; files, categories and links to
//                                 other languages dropped
//   [http://x label]              the label
//   '' ''' == headings ==         without their marks; headings with nothing
//                                 below them dropped
//   * # : ; lists                 a line each; `* ` and `# ` become `- `
//   <ref> <math> <gallery> ...    dropped with what they hold
//   <nowiki> <pre> <source> ...   what they hold, as it is
//   other tags, comments          dropped; <br> is a line end
//   &nbsp; &#8211; ...            characters
//
// One pass and a second over its lines; linear, with a cap on nesting: what is
// open beyond it, or at the end of the page, loses only its marks.
#ifndef WINNOW_PIPELINE_READ_WIKITEXT_H_
#define WINNOW_PIPELINE_READ_WIKITEXT_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/read/wikitext_links.h"

namespace winnow {

// One for each worker.
class WikiText {
 public:
  // Names of the namespaces of files and categories in this wiki, a line each.
  void SetNames(std::string_view lines) { links_.SetNames(lines); }

  // Appends the text of `source`, valid UTF-8 without XML's escapes.
  void Extract(std::string_view source, std::string* out);

 private:
  static constexpr size_t kMostOpen = 128;

  enum class Mark : uint8_t { kTemplate, kTable, kLink, kExternal };
  struct Open {
    Mark mark;
    size_t source;  // behind the mark
    size_t out;     // what text_ held
    size_t bar;     // of a link: where text_ has its first `|`; npos: none
  };

  size_t Step(size_t at);
  size_t LineStart(size_t at);
  size_t Brace(size_t at);
  size_t CloseBrace(size_t at);
  size_t Bracket(size_t at);
  size_t CloseBracket(size_t at);
  size_t Tag(size_t at);
  size_t Quotes(size_t at);
  size_t Reference(size_t at);
  bool Push(Mark mark, size_t source);
  // The innermost of this kind; what is open inside it is given up. Null: none.
  bool PopTo(Mark mark, Open* open);

  WikiLinks links_;
  std::string_view source_;
  std::string text_;  // marks gone, headings marked; lines come later
  std::vector<Open> open_;
  // Closing tags that are not there, so that none is looked for twice.
  std::vector<std::string> missing_;
};

// The second pass: empty brackets and headings go, blank lines fold.
// `text` has headings as 0x01, a digit, the heading.
void AppendWikiLines(std::string_view text, std::string* out);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_WIKITEXT_H_
