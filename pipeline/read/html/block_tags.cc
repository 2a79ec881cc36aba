// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/html/block_tags.h"

#include <array>
#include <initializer_list>

namespace winnow::html {
namespace {

using enum TagId;

struct Row {
  TagTrait trait = TagTrait::kInline;
  BlockBreak line = BlockBreak::kLine;
  uint32_t around = 0;
};

constexpr std::array<Row, kTagIds> kRows = [] {
  std::array<Row, kTagIds> rows{};
  const auto each = [&](std::initializer_list<TagId> tags, auto change) {
    for (const TagId tag : tags) change(rows[Index(tag)]);
  };
  each({kAddress, kArticle,  kAside, kBlockquote, kBody,       kButton,
        kCaption, kCenter,   kDd,    kDetails,    kDialog,     kDir,
        kDiv,     kDl,       kDt,    kFieldset,   kFigcaption, kFigure,
        kFooter,  kForm,     kH1,    kH2,         kH3,         kH4,
        kH5,      kH6,       kHead,  kHeader,     kHgroup,     kHtml,
        kLabel,   kLegend,   kLi,    kListing,    kMain,       kMenu,
        kNav,     kNoscript, kOl,    kP,          kPre,        kSearch,
        kSection, kSummary,  kTable, kTbody,      kTd,         kTfoot,
        kTh,      kThead,    kTr,    kUl,         kXmp},
       [](Row& row) { row.trait = TagTrait::kBlock; });
  each({kP,       kH1,   kH2,         kH3,    kH4,      kH5,
        kH6,      kPre,  kBlockquote, kTable, kFigure,  kArticle,
        kSection, kForm, kUl,         kOl,    kDl,      kHeader,
        kFooter,  kNav,  kAside,      kMain,  kListing, kXmp},
       [](Row& row) { row.line = BlockBreak::kBlank; });
  each({kTd, kTh}, [](Row& row) { row.line = BlockBreak::kCell; });
  each({kHtml, kHead, kBody}, [](Row& row) { row.trait = TagTrait::kRoot; });
  each({kBr}, [](Row& row) { row.trait = TagTrait::kBreak; });
  each({kHr}, [](Row& row) { row.trait = TagTrait::kRule; });
  each({kMeta, kLink, kTitle, kScript},
       [](Row& row) { row.trait = TagTrait::kHead; });
  each({kImg, kInput, kWbr, kSource, kTrack, kParam, kArea, kBase, kCol, kEmbed,
        kBasefont, kBgsound, kFrame, kKeygen},
       [](Row& row) { row.trait = TagTrait::kVoid; });
  each({kStyle, kIframe, kNoembed, kNoframes, kTemplate, kSvg, kCanvas, kAudio,
        kVideo, kObject, kApplet, kSelect, kTextarea, kDatalist, kMap,
        kAnnotation, kAnnotationXml},
       [](Row& row) { row.trait = TagTrait::kSkip; });
  const auto around = [&](TagId tag, uint32_t bits) {
    rows[Index(tag)].around = bits;
  };
  around(kNav, kInNav);
  around(kMenu, kInNav);
  around(kHeader, kInHeader);
  around(kFooter, kInFooter);
  around(kAside, kInAside);
  around(kMain, kInMain);
  around(kArticle, kInArticle);
  around(kForm, kInForm);
  around(kTable, kInTable);
  around(kUl, kInList);
  around(kOl, kInList);
  around(kBlockquote, kInQuote);
  around(kPre, kInPre);
  around(kFigure, kInFigure);
  around(kSection, kInSection);
  around(kButton, kInButton);
  around(kDialog, kInDialog);
  around(kDetails, kInDetails);
  around(kNoscript, kInNoscript);
  around(kLabel, kInLabel);
  around(kDl, kInDefinition);
  around(kAddress, kInAddress);
  around(kSearch, kInForm);
  for (const TagId h : {kH1, kH2, kH3, kH4, kH5, kH6}) around(h, kInHeading);
  return rows;
}();

}  // namespace

TagTrait TraitOf(TagId tag, std::string_view name) {
  if (tag != kUnknown) return kRows[Index(tag)].trait;
  return name.find('-') != std::string_view::npos ? TagTrait::kBlock
                                                  : TagTrait::kInline;
}

uint32_t AroundOf(TagId tag) { return kRows[Index(tag)].around; }
BlockBreak BreakOf(TagId tag) { return kRows[Index(tag)].line; }

int HeadingLevel(TagId tag) {
  if (tag >= kH1 && tag <= kH6) {
    return static_cast<int>(tag) - static_cast<int>(kH1) + 1;
  }
  return 0;
}

}  // namespace winnow::html
