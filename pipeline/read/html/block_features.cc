// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/html/block_features.h"

#include <algorithm>

#include "pipeline/read/html/block_tags.h"
#include "pipeline/read/html/words.h"

namespace winnow::html {
namespace {

float F(uint32_t n) { return static_cast<float>(n); }
float Share(uint32_t part, uint32_t whole) {
  return whole == 0 ? 0.0F : F(part) / F(whole);
}
float Cap(uint32_t n, uint32_t cap) { return F(std::min(n, cap)); }

// Elements as a small scale: how likely they hold running text.
float TagScale(TagId tag) {
  using enum TagId;
  switch (tag) {
    case kP:
      return 10;
    case kH1:
      return 9;
    case kH2:
      return 8;
    case kH3:
      return 7;
    case kH4:
    case kH5:
    case kH6:
      return 6;
    case kLi:
      return 5;
    case kTd:
    case kTh:
      return 4;
    case kDd:
    case kDt:
      return 3;
    case kBlockquote:
    case kPre:
      return 11;
    case kDiv:
      return 2;
    case kButton:
    case kLabel:
      return 1;
    case kFigcaption:
    case kCaption:
      return 0;
    default:
      return 2.5F;
  }
}

// Gives every feature of block `i` to sink(name, number, value).
template <typename Sink>
void Each(const PageContext& c, uint32_t i, Sink& sink) {
  const auto& blocks = c.page->blocks();
  const auto& elements = c.page->elements();
  const auto count = static_cast<uint32_t>(blocks.size());
  const Block& b = blocks[i];
  const Element& e = elements[b.element];

  sink("words", -1, Cap(b.words, 500));
  sink("chars_per_word", -1, Share(b.chars, b.words));
  sink("link_share", -1, Share(b.link_chars, b.chars));
  sink("links", -1, Cap(b.links, 50));
  sink("commas", -1, Cap(b.commas, 50));
  sink("sentences", -1, Cap(b.sentences, 50));
  sink("lower_share", -1, Share(b.lower_words, b.words));
  sink("digit_share", -1, Share(b.digit_words, b.words));
  sink("marks_share", -1, Share(b.marks, b.chars));
  sink("ends_sentence", -1, b.ends_sentence);
  sink("ends_colon", -1, b.ends_colon);
  sink("duplicate", -1, b.duplicate);
  sink("hint_share", -1, Share(b.hint_words, b.words));
  for (int k = 0; k < kTextBits; ++k) sink("text_hint", k, b.hints >> k & 1);
  sink("title_share", -1, c.title_share[i]);
  sink("tag", -1, TagScale(e.tag));
  sink("depth", -1, F(e.depth));
  sink("break", -1, F(static_cast<uint32_t>(b.before)));
  for (int k = 0; k < kAroundBits; ++k) sink("around", k, F(e.around >> k & 1));
  const Element& e1 = elements[e.parent == kNoIndex ? 0 : e.parent];
  const Element& e2 = elements[e1.parent == kNoIndex ? 0 : e1.parent];
  const Element& e3 = elements[e2.parent == kNoIndex ? 0 : e2.parent];
  const uint32_t near = e.names | e1.names;
  const uint32_t mid = e2.names | e3.names;
  for (int k = 0; k < kNameBits; ++k) {
    // 3: close by, 2: further, 1: somewhere above.
    const uint32_t bit = 1U << k;
    sink("name", k,
         (near & bit) != 0            ? 3
         : (mid & bit) != 0           ? 2
         : (e.names_above & bit) != 0 ? 1
                                      : 0);
  }

  // Neighbours.
  for (const int d : {-2, -1, 1, 2}) {
    const int64_t at = int64_t{i} + d;
    if (at < 0 || at >= count) {
      sink("near_words", d, -1);
      sink("near_link_share", d, -1);
      sink("near_tag", d, -1);
      sink("near_lower", d, -1);
      continue;
    }
    const Block& n = blocks[static_cast<size_t>(at)];
    sink("near_words", d, Cap(n.words, 100));
    sink("near_link_share", d, Share(n.link_chars, n.chars));
    sink("near_tag", d, TagScale(elements[n.element].tag));
    sink("near_lower", d, Share(n.lower_words, n.words));
  }
  uint32_t plain = 0;
  uint32_t all = 0;
  for (uint32_t k = i < 4 ? 0 : i - 4; k < std::min(count, i + 5); ++k) {
    all += blocks[k].words;
    if (blocks[k].link_chars * 4 <= blocks[k].chars && blocks[k].words >= 8) {
      plain += blocks[k].words;
    }
  }
  sink("window_words", -1, Cap(all, 1000));
  sink("window_prose", -1, Cap(plain, 1000));
  const uint32_t last = c.last_long[i];
  const uint32_t next = c.next_long[i];
  sink("since_long", -1, last == kNoIndex ? 99 : Cap(i - last, 98));
  sink("until_long", -1, next == kNoIndex ? 99 : Cap(next - i, 98));

  // Elements around, those that add blocks only.
  uint32_t a = b.element;
  if (elements[a].sums.blocks <= 1) a = c.up[a];
  for (int level = 0; level < 4; ++level) {
    const Element& x = elements[a];
    sink("up_blocks", level, Cap(x.sums.blocks, 1000));
    sink("up_words", level, Cap(x.sums.words, 5000));
    sink("up_words_per_block", level, Share(x.sums.words, x.sums.blocks));
    sink("up_link_share", level, Share(x.sums.link_chars, x.sums.chars));
    sink("up_prose_share", level, Share(x.sums.prose, x.sums.words));
    sink("up_page_share", level, Share(x.sums.words, c.total.words));
    sink("up_prose_of_page", level, Share(x.sums.prose, c.total.prose));
    sink("up_words_per_image", level,
         x.images == 0 ? -1 : Share(x.sums.words, x.images));
    if (level == 0) sink("up_children", level, Cap(x.children, 100));
    a = c.up[a];
  }

  // The container of the best score.
  sink("climb", -1, Cap(c.climb[b.element], 30));
  sink("below", -1, Cap(c.below[b.element], 30));
  const auto inside = [&](uint32_t element) {
    return i >= elements[element].first_block && i < elements[element].end_block
               ? 1.0F
               : 0.0F;
  };
  sink("in_best60", -1, inside(c.best60));
  sink("in_best85", -1, inside(c.best85));
  sink("best_share", -1, Share(elements[c.best].sums.words, c.total.words));
  sink("best85_share", -1, Share(elements[c.best85].sums.words, c.total.words));

  const auto landmark = [&](const char* name, uint32_t element) {
    const bool there = element != kNoIndex;
    sink(name, 0, there ? inside(element) : -1.0F);
    sink(name, 1,
         there ? Share(elements[element].sums.words, c.total.words) : -1.0F);
  };
  landmark("body_class", c.body_class);
  landmark("body_prop", c.body_prop);
  landmark("main", c.main_element);
  landmark("article", c.article_of[b.element]);
  sink("articles", -1, Cap(c.articles, 50));
  const auto after = [&](const char* name, uint32_t block) {
    sink(name, -1,
         block == kNoIndex ? -999
         : i >= block      ? 1 + Cap(i - block, 300)
                           : -Cap(block - i, 300));
  };
  after("after_comment", c.first_comment);
  after("after_related", c.first_related);
  sink("ld_share", -1, c.ld_share[i]);
  sink("ld_words", -1, Cap(c.ld_words, 5000));
  sink("meta_share", -1, c.meta_share[i]);
  sink("slug_words", -1, c.slug_words);
  sink("path_depth", -1, c.path_depth);

  // Repeated siblings: the inner and the outer ones.
  uint32_t r = c.repeated[b.element];
  for (int level = 0; level < 2; ++level) {
    if (r == kNoIndex) {
      for (const char* name :
           {"twins", "twin_index", "twin_words", "twin_link_share",
            "twin_blocks", "group_share", "group_mean", "group_prose",
            "group_spread", "group_images"}) {
        sink(name, level, -1);
      }
      for (int k = 0; k < 9; ++k) sink("unit_name", level * 10 + k, -1);
      continue;
    }
    const Element& x = elements[r];
    const PageContext::Group& g = c.groups[c.group_of[r]];
    sink("twins", level, Cap(x.twins, 200));
    sink("twin_index", level, Cap(x.twin_index, 200));
    sink("twin_words", level, Cap(x.sums.words, 2000));
    sink("twin_link_share", level, Share(x.sums.link_chars, x.sums.chars));
    sink("twin_blocks", level, Cap(x.sums.blocks, 100));
    sink("group_share", level, Share(g.sums.words, c.total.words));
    sink("group_mean", level, Share(g.sums.words, g.count));
    sink("group_prose", level, Share(g.sums.prose, g.sums.words));
    sink("group_spread", level, Share(g.min_words, g.max_words));
    sink("group_images", level, Share(x.images, g.count));
    int number = 0;
    for (const uint32_t bit :
         {kUserName, kPriceName, kMetaName, kReviewName, kCommentName,
          kCardName, kMediaName, kButtonName, kForumName}) {
      sink("unit_name", level * 10 + number++,
           (x.names_below & bit) != 0 ? 1 : 0);
    }
    r = c.repeated[x.parent];
  }

  // The heading above.
  const PageContext::Section& s = c.sections[c.section_of[i]];
  const bool is_heading = s.heading == i;
  sink("section_words", -1, Cap(s.sums.words, 2000));
  sink("section_blocks", -1, Cap(s.sums.blocks, 200));
  sink("section_link_share", -1, Share(s.sums.link_chars, s.sums.chars));
  sink("section_prose_share", -1, Share(s.sums.prose, s.sums.words));
  if (s.heading == kNoIndex) {
    sink("heading_level", -1, 0);
    sink("since_heading", -1, 99);
    sink("heading_hints", -1, -1);
    for (int k = 0; k < kTextBits; ++k) sink("heading_hint", k, -1);
    sink("heading_title_share", -1, -1);
    sink("heading_climb", -1, -1);
  } else {
    const Block& h = blocks[s.heading];
    sink("heading_level", -1,
         F(static_cast<uint32_t>(HeadingLevel(elements[h.element].tag))));
    sink("since_heading", -1, is_heading ? -1 : Cap(i - s.heading, 98));
    sink("heading_hints", -1, Share(h.hint_words, h.words));
    for (int k = 0; k < kTextBits; ++k) {
      sink("heading_hint", k, F(h.hints >> k & 1U));
    }
    sink("heading_title_share", -1, c.title_share[s.heading]);
    sink("heading_climb", -1, Cap(c.climb[h.element], 30));
  }

  // Where it stands.
  sink("position", -1, Share(c.words_before[i], c.total.words));
  sink("block_position", -1, Share(i, count));
  sink("after_h1", -1,
       c.first_h1 == kNoIndex ? 0
       : i > c.first_h1       ? Cap(i - c.first_h1, 200)
                              : -Cap(c.first_h1 - i, 200));
  sink("after_first_prose", -1,
       c.first_prose == kNoIndex ? 0
       : i >= c.first_prose      ? 1 + Cap(i - c.first_prose, 500)
                                 : -Cap(c.first_prose - i, 200));
  sink("before_last_prose", -1,
       i <= c.last_prose ? Cap(c.last_prose - i, 500)
                         : -Cap(i - c.last_prose, 200));

  // The page.
  sink("page_words", -1, F(c.total.words));
  sink("page_blocks", -1, F(count));
  sink("page_link_share", -1, Share(c.total.link_chars, c.total.chars));
  sink("page_prose", -1, F(c.total.prose));
  sink("page_prose_share", -1, Share(c.total.prose, c.total.words));
  sink("page_long_blocks", -1, F(c.long_blocks));
  sink("page_sections", -1, F(static_cast<uint32_t>(c.sections.size())));
  if (c.largest_group == kNoIndex) {
    sink("page_group_count", -1, 0);
    sink("page_group_share", -1, 0);
    sink("page_group_mean", -1, 0);
  } else {
    const PageContext::Group& g = c.groups[c.largest_group];
    sink("page_group_count", -1, F(g.count));
    sink("page_group_share", -1, Share(g.sums.words, c.total.words));
    sink("page_group_mean", -1, Share(g.sums.words, g.count));
  }
  int number = 0;
  for (const uint32_t bit :
       {kArticleName, kForumName, kProductName, kListName, kContentName}) {
    sink("body_name", number++, (c.page->meta().body_names & bit) != 0 ? 1 : 0);
  }
  for (int k = 0; k < 12; ++k) {
    sink("page_bit", k, F(c.page->page_bits() >> k & 1));
  }
}

}  // namespace

std::vector<std::string> FeatureNames() {
  BlockBuilder builder;
  builder.Begin(16);
  builder.Text("x", {});
  builder.Finish();
  PageContext context;
  context.Prepare(&builder);
  std::vector<std::string> names;
  auto sink = [&](const char* name, int number, float) {
    std::string full = name;
    if (number != -1) full += "_" + std::to_string(number);
    names.push_back(full);
  };
  Each(context, 0, sink);
  return names;
}

size_t FeatureCount() {
  static const size_t count = FeatureNames().size();
  return count;
}

void ComputeFeatures(const PageContext& context, std::vector<float>* out) {
  const size_t count = context.page->blocks().size();
  out->resize(count * FeatureCount());
  float* at = out->data();
  auto sink = [&](const char*, int, float value) { *at++ = value; };
  for (uint32_t i = 0; i < count; ++i) Each(context, i, sink);
}

}  // namespace winnow::html
