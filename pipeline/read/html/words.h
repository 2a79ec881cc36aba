// SPDX-License-Identifier: Apache-2.0
// Vocabulary that hints at what a part of a page is: words of class names and
// ids, and words of short lines. Looked up in tables made at compile time; no
// word decides anything by itself, the model weighs them.
#ifndef WINNOW_PIPELINE_READ_HTML_WORDS_H_
#define WINNOW_PIPELINE_READ_HTML_WORDS_H_

#include <cstdint>
#include <string_view>

namespace winnow::html {

// Bits of words in class names, ids, roles and itemprops.
enum NameBits : uint32_t {
  kArticleName = 1U << 0,
  kContentName = 1U << 1,
  kLayoutName = 1U << 2,
  kNavName = 1U << 3,
  kTocName = 1U << 4,
  kHeaderName = 1U << 5,
  kFooterName = 1U << 6,
  kSideName = 1U << 7,
  kCommentName = 1U << 8,
  kForumName = 1U << 9,
  kUserName = 1U << 10,
  kSocialName = 1U << 11,
  kAdName = 1U << 12,
  kRelatedName = 1U << 13,
  kCardName = 1U << 14,
  kListName = 1U << 15,
  kMetaName = 1U << 16,
  kTagName = 1U << 17,
  kFormName = 1U << 18,
  kPopupName = 1U << 19,
  kHiddenName = 1U << 20,
  kProductName = 1U << 21,
  kDescriptionName = 1U << 22,
  kTabName = 1U << 23,
  kPriceName = 1U << 24,
  kReviewName = 1U << 25,
  kHeroName = 1U << 26,
  kTitleName = 1U << 27,
  kMediaName = 1U << 28,
  kCodeName = 1U << 29,
  kButtonName = 1U << 30,
};
inline constexpr int kNameBits = 31;

// Bits of words in the text.
enum TextBits : uint8_t {
  kShareText = 1,
  kAccountText = 2,
  kLegalText = 4,
  kNavText = 8,
  kCommentText = 16,
  kBylineText = 32,
  kShopText = 64,
  kRelatedText = 128,
};
inline constexpr int kTextBits = 8;

// The hints of all words in a class, id or role: split at what is no ASCII
// letter and at the humps of camel case. Looks at the first 256 bytes.
uint32_t NameHints(std::string_view names);

// Does one name say that the element is the body of a text (entry-content,
// articleBody, post_text)? Both hints stand in one of the names.
bool NamesBody(std::string_view names);

// The hints of one word, given in lower case (ASCII).
uint8_t TextHints(std::string_view word);

}  // namespace winnow::html

#endif  // WINNOW_PIPELINE_READ_HTML_WORDS_H_
