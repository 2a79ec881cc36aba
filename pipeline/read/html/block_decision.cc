// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/html/block_decision.h"

#include <algorithm>
#include <array>

#include "pipeline/read/html/block_model.h"
#include "pipeline/read/html/block_tags.h"
#include "pipeline/read/html/words.h"

namespace winnow::html {
namespace {

// In units of kCertain. Chosen by cross-validation on the training pages.
constexpr int kCaptionPenalty = 307;
constexpr int kCommentPenalty = 307;
constexpr int kHiddenPenalty = 307;
constexpr int kRepeatPenalty = 307;  // of a long block that stood before
constexpr int kMainShift = -102;
constexpr int kPrecisionShift = 51;
constexpr int kRecallShift = -205;
constexpr int kFloor = 82;

// Less expected content than this many words is none.
constexpr uint64_t kLeastWords = 4;
// A page so short and with so few links is all content.
constexpr uint32_t kShortPage = 60;
constexpr uint32_t kBoilerplate = kInNav | kInFooter | kInAside | kInButton |
                                  kInDialog | kInLabel | kInHidden |
                                  kInNoscript;

bool IsCaption(const Element& e) {
  if (e.tag == TagId::kFigcaption || e.tag == TagId::kCaption) return true;
  return (e.around & kInFigure) != 0 && (e.around & (kInPre | kInTable)) == 0;
}

bool IsArticlePage(const PageContext& c) {
  const auto& elements = c.page->elements();
  if ((c.page->page_bits() & (kOgArticle | kLdArticle)) != 0) return true;
  const auto holds = [&](uint32_t element, uint32_t percent) {
    return element != kNoIndex && uint64_t{elements[element].sums.words} * 100 >
                                      uint64_t{c.total.words} * percent;
  };
  return holds(c.body_prop, 20) || holds(c.best, 30);
}

// Posts of users are what the page is about, whatever their class says.
bool IsForumPage(const PageContext& c) {
  if ((c.page->page_bits() & (kLdForum | kLdQuestion)) != 0) return true;
  return (c.page->meta().body_names & kForumName) != 0;
}

void Adjust(const PageContext& c, const MainContentOptions& options,
            std::vector<uint16_t>* probabilities) {
  const auto& blocks = c.page->blocks();
  const auto& elements = c.page->elements();
  const bool article = IsArticlePage(c) && !IsForumPage(c);
  for (uint32_t i = 0; i < blocks.size(); ++i) {
    const Element& e = elements[blocks[i].element];
    int p = (*probabilities)[i];
    if (options.mode != HtmlMode::kRecall && IsCaption(e)) p -= kCaptionPenalty;
    const bool comment = (e.names_above & kCommentName) != 0 ||
                         (c.first_comment != kNoIndex && i > c.first_comment);
    if (options.keep_comments) {
      if ((e.names_above & kCommentName) != 0 && blocks[i].words >= 5 &&
          blocks[i].link_chars * 2 < blocks[i].chars) {
        p += static_cast<int>(kCertain);
      }
    } else if (article && comment) {
      p -= kCommentPenalty;
    }
    if (article && (e.around & kInHidden) != 0) p -= kHiddenPenalty;
    if (article && blocks[i].duplicate && blocks[i].words >= 10) {
      p -= kRepeatPenalty;
    }
    (*probabilities)[i] =
        static_cast<uint16_t>(std::clamp(p, 0, static_cast<int>(kCertain)));
  }
}

// Half of the largest expected F1: keeping all blocks of at least some
// probability, F1 = 2 * hits / (words kept + words of content).
uint32_t Threshold(const std::vector<Block>& blocks,
                   const std::vector<uint16_t>& probabilities) {
  std::array<uint64_t, kCertain + 1> words{};
  uint64_t content = 0;  // in 1/kCertain words
  for (size_t i = 0; i < blocks.size(); ++i) {
    words[probabilities[i]] += blocks[i].words;
    content += uint64_t{blocks[i].words} * probabilities[i];
  }
  uint64_t kept = 0;
  uint64_t hits = 0;
  uint64_t best_hits = 0;
  uint64_t best_sum = 1;
  for (size_t p = kCertain + 1; p-- > 0;) {
    if (words[p] == 0) continue;
    kept += words[p];
    hits += words[p] * p;
    const uint64_t sum = kept * kCertain + content;
    // hits / sum > best_hits / best_sum; both stay below 2^38.
    if (static_cast<double>(hits) * static_cast<double>(best_sum) >
        static_cast<double>(best_hits) * static_cast<double>(sum)) {
      best_hits = hits;
      best_sum = sum;
    }
  }
  // F1 / 2 in 1/kCertain.
  return static_cast<uint32_t>(best_hits * kCertain / best_sum);
}

int ShiftOf(HtmlMode mode) {
  switch (mode) {
    case HtmlMode::kPrecision:
      return kPrecisionShift;
    case HtmlMode::kRecall:
      return kRecallShift;
    default:
      return kMainShift;
  }
}

}  // namespace

void DecideBlocks(const PageContext& c, const MainContentOptions& options,
                  std::vector<uint16_t>* probabilities,
                  std::vector<uint8_t>* keep) {
  const auto& blocks = c.page->blocks();
  const auto& elements = c.page->elements();
  keep->assign(blocks.size(), 1);
  if (options.mode == HtmlMode::kAllText) return;
  if (c.total.words <= kShortPage &&
      uint64_t{c.total.link_chars} * 4 <= c.total.chars) {
    for (size_t i = 0; i < blocks.size(); ++i) {
      (*keep)[i] =
          (elements[blocks[i].element].around & kBoilerplate) == 0 ? 1 : 0;
    }
    return;
  }
  Adjust(c, options, probabilities);
  const int threshold =
      std::max(static_cast<int>(Threshold(blocks, *probabilities)) +
                   ShiftOf(options.mode),
               kFloor);
  uint64_t content = 0;
  for (size_t i = 0; i < blocks.size(); ++i) {
    (*keep)[i] = (*probabilities)[i] >= threshold ? 1 : 0;
    if ((*keep)[i] != 0) {
      content += uint64_t{(*probabilities)[i]} * blocks[i].words;
    }
  }
  // Nothing but a few words of a menu.
  if (content < kLeastWords * kCertain) keep->assign(blocks.size(), 0);
}

}  // namespace winnow::html
