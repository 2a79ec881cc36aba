// SPDX-License-Identifier: Apache-2.0
// A page as an array of blocks (runs of text that no element boundary breaks)
// and an array of the elements around them, in document order. No tree is
// kept: an element knows its parent, its blocks and sums over its subtree.
// The model after boilerpipe (kohlschutter/boilerpipe) and Readability, see
// docs/html.md.
#ifndef WINNOW_PIPELINE_READ_HTML_BLOCK_H_
#define WINNOW_PIPELINE_READ_HTML_BLOCK_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "pipeline/read/html/tag_id.h"

namespace winnow::html {

inline constexpr uint32_t kNoIndex = 0xFFFFFFFF;

// Elements whose mark is inherited: is a block inside of one?
enum AroundBits : uint32_t {
  kInNav = 1U << 0,
  kInHeader = 1U << 1,
  kInFooter = 1U << 2,
  kInAside = 1U << 3,
  kInMain = 1U << 4,
  kInArticle = 1U << 5,
  kInForm = 1U << 6,
  kInTable = 1U << 7,
  kInList = 1U << 8,
  kInQuote = 1U << 9,
  kInPre = 1U << 10,
  kInFigure = 1U << 11,
  kInSection = 1U << 12,
  kInButton = 1U << 13,
  kInDialog = 1U << 14,
  kInDetails = 1U << 15,
  kInNoscript = 1U << 16,
  kInHidden = 1U << 17,
  kInAriaHidden = 1U << 18,
  kInLabel = 1U << 19,
  kInHeading = 1U << 20,
  kInDefinition = 1U << 21,
  kInBodyProp = 1U << 22,  // itemprop articleBody, text, description ...
  kInLink = 1U << 23,      // a link around block elements
  kInCustom = 1U << 24,    // a custom element
  kInAddress = 1U << 25,
  kInBodyClass = 1U << 26,  // entry-content, articleBody and the like
};
inline constexpr int kAroundBits = 27;

// What is summed up over the blocks of an element.
struct BlockSums {
  uint32_t blocks = 0;
  uint32_t words = 0;
  uint32_t chars = 0;
  uint32_t link_chars = 0;
  uint32_t links = 0;
  uint32_t sentences = 0;  // ends of sentences
  uint32_t prose = 0;      // words in blocks of prose
  uint32_t commas = 0;

  void Add(const BlockSums& other) {
    blocks += other.blocks;
    words += other.words;
    chars += other.chars;
    link_chars += other.link_chars;
    links += other.links;
    sentences += other.sentences;
    prose += other.prose;
    commas += other.commas;
  }
};

struct Element {
  TagId tag = TagId::kUnknown;
  uint8_t own_hidden = 0;
  uint16_t depth = 0;
  uint32_t parent = kNoIndex;
  uint32_t names = 0;        // hints of its own class, id, role
  uint32_t names_above = 0;  // with those of its ancestors
  uint32_t names_below = 0;  // with those of what is in it
  uint32_t around = 0;       // AroundBits, its own with its ancestors'
  uint32_t shape = 0;        // hash of tag and first class word
  uint32_t first_block = 0;
  uint32_t end_block = 0;
  uint32_t children = 0;
  uint32_t images = 0;      // in it
  uint32_t twins = 1;       // siblings of its shape, itself counted
  uint32_t twin_index = 0;  // how many of them before it
  float score = 0;          // of the container choice
  BlockSums sums;
};

enum class BlockBreak : uint8_t { kNone, kCell, kLine, kBlank };

struct Block {
  uint32_t begin = 0;  // in the text
  uint32_t end = 0;
  uint32_t element = 0;
  BlockBreak before = BlockBreak::kNone;
  uint8_t hints = 0;  // TextBits of its words
  bool ends_sentence = false;
  bool ends_colon = false;
  bool duplicate = false;  // the same text stood before
  uint32_t words = 0;
  uint32_t chars = 0;
  uint32_t link_chars = 0;
  uint32_t links = 0;
  uint32_t commas = 0;
  uint32_t sentences = 0;
  uint32_t lower_words = 0;  // begin with no capital and no digit
  uint32_t digit_words = 0;
  uint32_t hint_words = 0;  // words that have a hint
  uint32_t marks = 0;       // | / > and the like
  uint64_t hash = 0;
};

// What the head and the markup say of the page as a whole.
enum PageBits : uint32_t {
  kOgArticle = 1U << 0,
  kOgProduct = 1U << 1,
  kOgWebsite = 1U << 2,
  kLdArticle = 1U << 3,
  kLdProduct = 1U << 4,
  kLdForum = 1U << 5,
  kLdList = 1U << 6,
  kLdQuestion = 1U << 7,
  kLdVideo = 1U << 8,
  kLdRecipe = 1U << 9,
  kGeneratorDocs = 1U << 10,
  kHasPublished = 1U << 11,
};

}  // namespace winnow::html

#endif  // WINNOW_PIPELINE_READ_HTML_BLOCK_H_
