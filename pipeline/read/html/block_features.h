// SPDX-License-Identifier: Apache-2.0
// What the model sees of a block: itself, its neighbours, the elements around
// it, the heading above it, its repeated siblings, the page. All in passes over
// blocks and elements, linear in both.
#ifndef WINNOW_PIPELINE_READ_HTML_BLOCK_FEATURES_H_
#define WINNOW_PIPELINE_READ_HTML_BLOCK_FEATURES_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/read/html/block.h"
#include "pipeline/read/html/block_builder.h"

namespace winnow::html {

// What features need of a page beyond its blocks. Scratch of one worker.
class PageContext {
 public:
  // Sums, twins, containers, sections; fills the elements' sums too.
  void Prepare(BlockBuilder* page);

  struct Section {                // a heading and what follows up to the next
    uint32_t heading = kNoIndex;  // block
    BlockSums sums;
    uint32_t first = 0;
  };
  // Siblings of one shape.
  struct Group {
    uint64_t key = 0;
    uint32_t count = 0;
    uint32_t seen = 0;
    BlockSums sums;
    uint32_t min_words = kNoIndex;
    uint32_t max_words = 0;
  };

  const BlockBuilder* page = nullptr;
  BlockSums total;
  uint32_t long_blocks = 0;
  uint32_t first_prose = kNoIndex;
  uint32_t last_prose = 0;
  uint32_t first_h1 = kNoIndex;
  uint32_t best = 0;    // element: the container of the best score
  uint32_t best60 = 0;  // innermost with 60 % of the prose
  uint32_t best85 = 0;
  uint32_t largest_group = kNoIndex;
  uint32_t body_class = kNoIndex;  // largest element with such a class
  uint32_t body_prop = kNoIndex;   // ... such an itemprop
  uint32_t articles = 0;           // outermost <article>s
  uint32_t main_element = kNoIndex;
  uint32_t first_comment = kNoIndex;  // block: an element named so begins
  uint32_t first_related = kNoIndex;
  uint32_t ld_words = 0;  // in texts of the JSON-LD
  float slug_words = -1;  // of the page's address
  float path_depth = -1;
  std::vector<uint32_t> up;  // element: nearest around it with more blocks
  std::vector<uint32_t> repeated;      // element: itself or nearest with twins
  std::vector<uint32_t> climb;         // element: steps to an ancestor of best
  std::vector<uint32_t> below;         // ... and from there to best
  std::vector<uint32_t> group_of;      // element
  std::vector<uint32_t> words_before;  // block
  std::vector<uint32_t> section_of;    // block
  std::vector<float> ld_share;         // block: found in the JSON-LD's texts
  std::vector<float> meta_share;       // block: found in the description
  std::vector<uint32_t> article_of;    // element: outermost <article>
  std::vector<uint32_t> last_long;     // block: nearest long block before it
  std::vector<uint32_t> next_long;
  std::vector<float> title_share;  // block: how much of it is the title
  std::vector<Group> groups;
  std::vector<Section> sections;

 private:
  void SumElements();
  void FindTwins();
  void FindContainers();
  void FindSections();
  void CompareTitles();
  void FindLandmarks();
  void CompareJsonLd();
  void CompareGrams();
  void ReadAddress();
  void MarkDuplicates();

  BlockBuilder* builder_ = nullptr;
  std::vector<uint32_t> slots_;
  std::vector<uint64_t> title_words_;
  // Hashes of four words in a row, with a filter before the search.
  struct GramSet {
    std::vector<uint64_t> grams;
    std::array<uint64_t, 1024> filter{};
    void Clear();
    void Add(std::string_view text);
    void Sort();
    bool Has(uint64_t h) const;
  };
  GramSet ld_grams_;
  GramSet meta_grams_;
  std::string decoded_;
};

// How many floats a block has.
size_t FeatureCount();
// Their names, for the training alone.
std::vector<std::string> FeatureNames();
// Writes FeatureCount() floats for each block.
void ComputeFeatures(const PageContext& context, std::vector<float>* out);

}  // namespace winnow::html

#endif  // WINNOW_PIPELINE_READ_HTML_BLOCK_FEATURES_H_
