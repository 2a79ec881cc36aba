// SPDX-License-Identifier: Apache-2.0
// What each element means to the visible text.
#ifndef WINNOW_PIPELINE_READ_HTML_HTML_TEXT_RULES_H_
#define WINNOW_PIPELINE_READ_HTML_HTML_TEXT_RULES_H_

#include <array>
#include <cstdint>

#include "pipeline/read/html/tag_id.h"

namespace winnow {

struct HtmlTextRule {
  enum Kind : uint8_t {
    kInline,  // no rule: text goes on
    kFlow,    // its content is text; `breaks` around it
    kDrop,    // its content is left out
    kUndrop,  // left out unless it is most of the page
    kRaw,     // raw text, left out
    kTitle,
    kPre,
    kBr,
    kCell,
    kMeta,  // its attributes tell something of the page
  };
  Kind kind = kInline;
  uint8_t breaks = 0;  // line feeds that set it apart, at its start and end
};

extern const std::array<HtmlTextRule, html::kTagIds> kHtmlTextRules;

inline const HtmlTextRule& HtmlTextRuleOf(html::TagId id) {
  return kHtmlTextRules[html::Index(id)];
}

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_HTML_HTML_TEXT_RULES_H_
