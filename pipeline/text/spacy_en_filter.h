// SPDX-License-Identifier: Apache-2.0
// The quick answer to "may this run of ASCII letters be cut?": a bit map over
// word hashes. It says yes for a few words too many and never no wrongly; who
// gets a yes asks the exact tokenizer.
#ifndef WINNOW_PIPELINE_TEXT_SPACY_EN_FILTER_H_
#define WINNOW_PIPELINE_TEXT_SPACY_EN_FILTER_H_

#include <array>
#include <cstddef>
#include <cstdint>

namespace winnow {

class SpacyWordFilter {
 public:
  // Made once for the process.
  static const SpacyWordFilter& Get();

  // True for words that are special cases of several tokens ("cannot").
  bool MayBeCut(uint64_t hash) const { return Test(cut_, hash); }

  // True for those, and for words that are special cases with a dot ("Mr").
  bool MayBeCutOrTakeDot(uint64_t hash) const { return Test(dot_, hash); }

 private:
  static constexpr size_t kBits = 1 << 14;
  using Map = std::array<uint64_t, kBits / 64>;

  SpacyWordFilter();
  static bool Test(const Map& map, uint64_t hash) {
    return (map[hash % kBits / 64] >> (hash % 64) & 1) != 0;
  }

  Map cut_{};
  Map dot_{};
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_TEXT_SPACY_EN_FILTER_H_
