// SPDX-License-Identifier: Apache-2.0
// What each element means to the visible text, and the tag scanner.
#ifndef WINNOW_PIPELINE_READ_HTML_HTML_TEXT_TAGS_H_
#define WINNOW_PIPELINE_READ_HTML_HTML_TEXT_TAGS_H_

#include <cstdint>
#include <string_view>

namespace winnow {

// Elements that are told apart beyond their row. Values index arrays.
enum class HtmlTag : uint8_t {
  kOther,  // no row: inline, not tracked
  // Tracked on the stack of open elements.
  kArticle,
  kAside,
  kAudio,
  kBlockquote,
  kButton,
  kCanvas,
  kCenter,
  kDetails,
  kDiv,
  kFieldset,
  kFigure,
  kFooter,
  kForm,
  kHeader,
  kMain,
  kNav,
  kNoscript,
  kObject,
  kOl,
  kPre,
  kSection,
  kSelect,
  kSvg,
  kTable,
  kTemplate,
  kUl,
  kVideo,
  // Not tracked.
  kBlock,  // any other block element
  kBr,
  kCell,
  kHtml,
  kIframe,
  kLink,
  kNoembed,
  kNoframes,
  kScript,
  kStyle,
  kTextarea,
  kTitle,
  kCount,
};

struct HtmlTagInfo {
  enum Kind : uint8_t {
    kFlow,      // its content is text; `breaks` around it
    kDrop,      // its content is left out
    kUndrop,    // left out unless it is most of the page
    kRawDrop,   // raw text up to its end tag, left out
    kRawTitle,  // text without tags, not in the page
  };
  HtmlTag tag = HtmlTag::kOther;
  Kind kind = kFlow;
  uint8_t breaks = 0;  // line feeds that set it apart, at its start and end
  bool tracked() const {
    return tag > HtmlTag::kOther && tag < HtmlTag::kBlock;
  }
};

// Reads a tag name at p (its first letter) and moves *p behind it.
HtmlTagInfo ReadHtmlTagName(const char** p, const char* end);

struct HtmlAttribute {
  std::string_view name;   // as written
  std::string_view value;  // raw, without quotes
};

// Reads attributes up to and with the '>'.
class HtmlAttributes {
 public:
  HtmlAttributes(const char* p, const char* end) : p_(p), end_(end) {}
  // False behind the last; then position() is behind the '>' (or the end).
  bool Next(HtmlAttribute* attribute);
  const char* position() const { return p_; }
  bool self_closing() const { return self_closing_; }
  bool cut() const { return cut_; }  // the bytes ended inside the tag

 private:
  const char* p_;
  const char* end_;
  bool self_closing_ = false;
  bool cut_ = false;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_HTML_HTML_TEXT_TAGS_H_
