// SPDX-License-Identifier: Apache-2.0
// Sums over elements, repeated siblings, containers, sections, duplicates.
#include <algorithm>
#include <array>

#include "pipeline/read/html/block_features.h"
#include "pipeline/read/html/block_tags.h"
#include "pipeline/read/html/words.h"

namespace winnow::html {
namespace {

constexpr uint32_t kLongWords = 15;

bool IsProse(const Block& b) {
  return b.words >= 10 && b.link_chars * 4 <= b.chars;
}

BlockSums SumsOf(const Block& b) {
  BlockSums s;
  s.blocks = 1;
  s.words = b.words;
  s.chars = b.chars;
  s.link_chars = b.link_chars;
  s.links = b.links;
  s.sentences = b.sentences;
  s.prose = IsProse(b) ? b.words : 0;
  s.commas = b.commas;
  return s;
}

uint64_t Mix(uint64_t h) {
  h *= 0x9E3779B97F4A7C15U;
  return h ^ h >> 32;
}

// A power of two that leaves half of the table free.
size_t Slots(size_t n) {
  size_t slots = 16;
  while (slots < 2 * n) slots *= 2;
  return slots;
}

}  // namespace

void PageContext::Prepare(BlockBuilder* builder) {
  builder_ = builder;
  page = builder;
  SumElements();
  FindTwins();
  FindContainers();
  FindSections();
  MarkDuplicates();
  CompareTitles();
  FindLandmarks();
  CompareJsonLd();
  ReadAddress();
}

void PageContext::SumElements() {
  auto& elements = builder_->elements();
  const auto& blocks = builder_->blocks();
  total = {};
  long_blocks = 0;
  first_prose = first_h1 = kNoIndex;
  last_prose = 0;
  words_before.resize(blocks.size());
  last_long.resize(blocks.size());
  next_long.resize(blocks.size());
  uint32_t words = 0;
  uint32_t last = kNoIndex;
  for (size_t i = 0; i < blocks.size(); ++i) {
    const auto n = static_cast<uint32_t>(i);
    const Block& b = blocks[i];
    const BlockSums s = SumsOf(b);
    elements[b.element].sums.Add(s);
    total.Add(s);
    words_before[i] = words;
    words += b.words;
    last_long[i] = last;
    if (s.prose > 0) {
      if (first_prose == kNoIndex) first_prose = n;
      last_prose = n;
    }
    if (s.prose >= kLongWords) {
      ++long_blocks;
      last = n;
    }
    if (first_h1 == kNoIndex && elements[b.element].tag == TagId::kH1) {
      first_h1 = n;
    }
  }
  uint32_t next = kNoIndex;
  for (size_t i = blocks.size(); i-- > 0;) {
    next_long[i] = next;
    if (IsProse(blocks[i]) && blocks[i].words >= kLongWords) {
      next = static_cast<uint32_t>(i);
    }
  }
  for (size_t i = elements.size(); i-- > 1;) {
    Element& parent = elements[elements[i].parent];
    parent.sums.Add(elements[i].sums);
    parent.images += elements[i].images;
    elements[i].names_below |= elements[i].names;
    parent.names_below |= elements[i].names_below;
  }
  up.resize(elements.size());
  up[0] = 0;
  for (size_t i = 1; i < elements.size(); ++i) {
    const uint32_t parent = elements[i].parent;
    up[i] = elements[parent].sums.blocks > elements[i].sums.blocks ? parent
                                                                   : up[parent];
  }
}

void PageContext::FindTwins() {
  auto& elements = builder_->elements();
  const size_t slots = Slots(elements.size());
  slots_.assign(slots, kNoIndex);
  groups.clear();
  group_of.assign(elements.size(), kNoIndex);
  for (size_t i = 1; i < elements.size(); ++i) {
    Element& e = elements[i];
    if (e.sums.blocks == 0) continue;
    const uint64_t key = uint64_t{e.parent} << 32 | e.shape;
    size_t at = Mix(key) & (slots - 1);
    while (slots_[at] != kNoIndex && groups[slots_[at]].key != key) {
      at = (at + 1) & (slots - 1);
    }
    if (slots_[at] == kNoIndex) {
      slots_[at] = static_cast<uint32_t>(groups.size());
      Group group;
      group.key = key;
      groups.push_back(group);
    }
    Group& group = groups[slots_[at]];
    group_of[i] = slots_[at];
    e.twin_index = group.count++;
    group.sums.Add(e.sums);
    group.min_words = std::min(group.min_words, e.sums.words);
    group.max_words = std::max(group.max_words, e.sums.words);
  }
  repeated.resize(elements.size());
  repeated[0] = kNoIndex;
  largest_group = kNoIndex;
  uint32_t most = 0;
  for (size_t i = 1; i < elements.size(); ++i) {
    Element& e = elements[i];
    if (group_of[i] != kNoIndex) {
      const Group& group = groups[group_of[i]];
      e.twins = group.count;
      // Groups of elements with some text inside, no table rows of words.
      if (group.count >= 3 && group.sums.words > most &&
          group.sums.blocks > group.count) {
        most = group.sums.words;
        largest_group = group_of[i];
      }
    }
    repeated[i] = e.twins >= 3 ? static_cast<uint32_t>(i) : repeated[e.parent];
  }
}

// Readability's scores: prose counts for the elements around it.
void PageContext::FindContainers() {
  auto& elements = builder_->elements();
  const auto& blocks = builder_->blocks();
  static constexpr std::array<float, 6> kWeights = {
      1.0F, 0.5F, 1.0F / 6.0F, 1.0F / 9.0F, 1.0F / 12.0F, 1.0F / 15.0F};
  for (const Block& b : blocks) {
    if (b.words < 6 || b.link_chars * 2 > b.chars) continue;
    const float score = 1.0F + static_cast<float>(b.commas) +
                        std::min(static_cast<float>(b.words) / 16.0F, 3.0F);
    // The element of a paragraph itself is no container.
    uint32_t e = b.element;
    if (elements[e].sums.blocks == 1 && e != 0) e = up[e];
    for (const float weight : kWeights) {
      elements[e].score += score * weight;
      if (e == 0) break;
      e = elements[e].parent;
    }
  }
  best = best60 = best85 = 0;
  float top = -1;
  for (size_t i = 0; i < elements.size(); ++i) {
    const Element& e = elements[i];
    if (e.sums.chars == 0) continue;
    const float share = static_cast<float>(e.sums.link_chars) /
                        static_cast<float>(e.sums.chars);
    const float score = e.score * (1 - share);
    if (score > top) {
      top = score;
      best = static_cast<uint32_t>(i);
    }
    // Children come behind their parents: the last that holds is innermost,
    // no two that hold more than half can be side by side.
    if (uint64_t{e.sums.prose} * 10 >= uint64_t{total.prose} * 6) {
      best60 = static_cast<uint32_t>(i);
    }
    if (uint64_t{e.sums.prose} * 100 >= uint64_t{total.prose} * 85) {
      best85 = static_cast<uint32_t>(i);
    }
  }
  climb.assign(elements.size(), 0);
  below.assign(elements.size(), kNoIndex);
  uint32_t distance = 0;
  for (uint32_t e = best;; e = elements[e].parent) {
    below[e] = distance++;
    if (e == 0) break;
  }
  for (size_t i = 1; i < elements.size(); ++i) {
    if (below[i] != kNoIndex) continue;
    climb[i] = climb[elements[i].parent] + 1;
    below[i] = below[elements[i].parent];
  }
}

void PageContext::FindSections() {
  const auto& blocks = builder_->blocks();
  const auto& elements = builder_->elements();
  sections.clear();
  sections.emplace_back();
  section_of.resize(blocks.size());
  for (size_t i = 0; i < blocks.size(); ++i) {
    if ((elements[blocks[i].element].around & kInHeading) != 0) {
      Section section;
      section.heading = section.first = static_cast<uint32_t>(i);
      sections.push_back(section);
    } else {
      sections.back().sums.Add(SumsOf(blocks[i]));
    }
    section_of[i] = static_cast<uint32_t>(sections.size() - 1);
  }
}

void PageContext::MarkDuplicates() {
  auto& blocks = builder_->blocks();
  const size_t slots = Slots(blocks.size());
  slots_.assign(slots, kNoIndex);
  for (size_t i = 0; i < blocks.size(); ++i) {
    size_t at = blocks[i].hash & (slots - 1);
    while (slots_[at] != kNoIndex &&
           blocks[slots_[at]].hash != blocks[i].hash) {
      at = (at + 1) & (slots - 1);
    }
    if (slots_[at] == kNoIndex) {
      slots_[at] = static_cast<uint32_t>(i);
    } else {
      blocks[i].duplicate = true;
    }
  }
}

void PageContext::FindLandmarks() {
  const auto& elements = builder_->elements();
  body_class = body_prop = main_element = kNoIndex;
  first_comment = first_related = kNoIndex;
  articles = 0;
  article_of.assign(elements.size(), kNoIndex);
  const auto larger = [&](uint32_t* best_so_far, uint32_t i) {
    if (*best_so_far == kNoIndex ||
        elements[i].sums.prose > elements[*best_so_far].sums.prose) {
      *best_so_far = i;
    }
  };
  for (uint32_t i = 1; i < elements.size(); ++i) {
    const Element& e = elements[i];
    const uint32_t own = e.around & ~elements[e.parent].around;
    article_of[i] = article_of[e.parent];
    if (e.sums.blocks == 0) continue;
    if ((own & kInBodyClass) != 0) larger(&body_class, i);
    if ((own & kInBodyProp) != 0) larger(&body_prop, i);
    if ((own & kInMain) != 0) larger(&main_element, i);
    if ((own & kInArticle) != 0 && article_of[i] == kNoIndex) {
      article_of[i] = i;
      ++articles;
    }
    if (first_comment == kNoIndex && (e.names & kCommentName) != 0 &&
        e.sums.words >= 15) {
      first_comment = e.first_block;
    }
    if (first_related == kNoIndex && (e.names & kRelatedName) != 0 &&
        e.sums.words >= 15) {
      first_related = e.first_block;
    }
  }
}

}  // namespace winnow::html
