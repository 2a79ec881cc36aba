// SPDX-License-Identifier: Apache-2.0
// Is it HTML? By what stands first, and for fragments by how much of it is
// tags.
#ifndef WINNOW_PIPELINE_READ_HTML_HTML_TEXT_SNIFF_H_
#define WINNOW_PIPELINE_READ_HTML_HTML_TEXT_SNIFF_H_

#include <string_view>

namespace winnow {

enum class HtmlLook {
  kHtml,
  kOtherXml,  // an XML document of another kind
  kNone,
};

HtmlLook LooksLikeHtml(std::string_view head);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_HTML_HTML_TEXT_SNIFF_H_
