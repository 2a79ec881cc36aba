// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/html/html_text_rules.h"

#include <initializer_list>

namespace winnow {
namespace {

using R = HtmlTextRule;
using T = html::TagId;

constexpr std::array<R, html::kTagIds> MakeRules() {
  std::array<R, html::kTagIds> rules{};
  const auto set = [&](R rule, std::initializer_list<T> ids) {
    for (const T id : ids) rules[html::Index(id)] = rule;
  };
  // Apart by a blank line.
  set({R::kFlow, 2},
      {T::kArticle, T::kBlockquote, T::kFigure, T::kH1, T::kH2, T::kH3, T::kH4,
       T::kH5, T::kH6, T::kHr, T::kP, T::kSection, T::kTable});
  set({R::kPre, 2}, {T::kListing, T::kPre});
  set({R::kDrop, 2}, {T::kAside, T::kFooter, T::kNav});
  set({R::kUndrop, 2}, {T::kForm});
  // Lines of their own.
  set({R::kFlow, 1},
      {T::kAddress, T::kBody,     T::kCaption,    T::kCenter,   T::kDd,
       T::kDetails, T::kDialog,   T::kDir,        T::kDiv,      T::kDl,
       T::kDt,      T::kFieldset, T::kFigcaption, T::kFrameset, T::kHead,
       T::kHeader,  T::kHgroup,   T::kLegend,     T::kLi,       T::kMain,
       T::kMenu,    T::kOl,       T::kOptgroup,   T::kOption,   T::kSummary,
       T::kTbody,   T::kTfoot,    T::kThead,      T::kTr,       T::kUl});
  set({R::kMeta, 1}, {T::kHtml});
  // In the line.
  set({R::kMeta, 0}, {T::kLink});
  set({R::kBr, 0}, {T::kBr});
  set({R::kCell, 0}, {T::kTd, T::kTh});
  set({R::kDrop, 0}, {T::kAudio, T::kButton, T::kCanvas, T::kObject, T::kSelect,
                      T::kSvg, T::kTemplate, T::kVideo});
  set({R::kUndrop, 0}, {T::kNoscript});
  set({R::kRaw, 0}, {T::kIframe, T::kNoembed, T::kNoframes, T::kScript,
                     T::kStyle, T::kTextarea});
  set({R::kTitle, 0}, {T::kTitle});
  return rules;
}

}  // namespace

constinit const std::array<HtmlTextRule, html::kTagIds> kHtmlTextRules =
    MakeRules();

}  // namespace winnow
