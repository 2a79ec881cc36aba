// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/html/tag_traits.h"

#include <initializer_list>

namespace winnow::html {
namespace {

using T = TagId;

constexpr std::array<uint16_t, kTagIds> MakeTraits() {
  std::array<uint16_t, kTagIds> traits{};
  const auto set = [&](int bits, std::initializer_list<TagId> ids) {
    for (const TagId id : ids) {
      traits[Index(id)] = static_cast<uint16_t>(traits[Index(id)] | bits);
    }
  };
  set(kVoid | kSpecial,
      {T::kArea, T::kBase, T::kBasefont, T::kBgsound, T::kBr, T::kCol,
       T::kEmbed, T::kFrame, T::kHr, T::kImg, T::kInput, T::kKeygen, T::kLink,
       T::kMeta, T::kParam, T::kSource, T::kTrack, T::kWbr});
  set(kVoid, {T::kImage});
  set(kSpecial | kClosesP | kBlock,
      {T::kAddress,    T::kArticle, T::kAside,   T::kBlockquote, T::kCenter,
       T::kDetails,    T::kDir,     T::kDiv,     T::kDl,         T::kFieldset,
       T::kFigcaption, T::kFigure,  T::kFooter,  T::kHeader,     T::kHgroup,
       T::kMain,       T::kMenu,    T::kNav,     T::kOl,         T::kP,
       T::kSearch,     T::kSection, T::kSummary, T::kUl,         T::kPre,
       T::kListing,    T::kForm,    T::kLi,      T::kDd,         T::kDt,
       T::kPlaintext,  T::kHr,      T::kXmp});
  set(kClosesP | kBlock, {T::kDialog});
  set(kSpecial | kClosesP | kBlock | kHeading,
      {T::kH1, T::kH2, T::kH3, T::kH4, T::kH5, T::kH6});
  set(kSpecial | kScopeEnd,
      {T::kApplet, T::kCaption, T::kHtml, T::kTable, T::kTd, T::kTh,
       T::kMarquee, T::kObject, T::kSelect, T::kTemplate});
  set(kBlock, {T::kCaption, T::kHtml, T::kTable, T::kTd, T::kTh, T::kTr,
               T::kTbody, T::kThead, T::kTfoot, T::kBody, T::kHead, T::kTitle,
               T::kFrameset, T::kOption, T::kOptgroup, T::kLegend, T::kBr});
  set(kSpecial,
      {T::kBody, T::kButton, T::kColgroup, T::kFrameset, T::kHead, T::kIframe,
       T::kNoembed, T::kNoframes, T::kNoscript, T::kScript, T::kStyle,
       T::kTbody, T::kTextarea, T::kTfoot, T::kThead, T::kTitle, T::kTr});
  set(kFormatting,
      {T::kA, T::kB, T::kBig, T::kCode, T::kEm, T::kFont, T::kI, T::kNobr,
       T::kS, T::kSmall, T::kStrike, T::kStrong, T::kTt, T::kU});
  set(kImpliedEnd, {T::kDd, T::kDt, T::kLi, T::kOptgroup, T::kOption, T::kP,
                    T::kRb, T::kRp, T::kRt, T::kRtc});
  set(kLeavesForeign,
      {T::kB,       T::kBig,  T::kBlockquote, T::kBody,  T::kBr,   T::kCenter,
       T::kCode,    T::kDd,   T::kDiv,        T::kDl,    T::kDt,   T::kEm,
       T::kEmbed,   T::kH1,   T::kH2,         T::kH3,    T::kH4,   T::kH5,
       T::kH6,      T::kHead, T::kHr,         T::kI,     T::kImg,  T::kLi,
       T::kListing, T::kMenu, T::kMeta,       T::kNobr,  T::kOl,   T::kP,
       T::kPre,     T::kRuby, T::kS,          T::kSmall, T::kSpan, T::kStrong,
       T::kStrike,  T::kSub,  T::kSup,        T::kTable, T::kTt,   T::kU,
       T::kUl,      T::kVar});
  set(kHeadOnly, {T::kBase, T::kBasefont, T::kBgsound, T::kLink, T::kMeta,
                  T::kTitle, T::kNoscript, T::kNoframes, T::kStyle, T::kScript,
                  T::kTemplate, T::kHead, T::kHtml, T::kFrameset, T::kBody});
  return traits;
}

}  // namespace

constinit const std::array<uint16_t, kTagIds> kTagTraits = MakeTraits();

}  // namespace winnow::html
