// SPDX-License-Identifier: Apache-2.0
// A text as bit maps, one bit for each byte: where the English tokenizer's fast
// paths look first. Made by one data-parallel pass.
#ifndef WINNOW_PIPELINE_TEXT_SPACY_EN_MASKS_H_
#define WINNOW_PIPELINE_TEXT_SPACY_EN_MASKS_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace winnow {

// What one byte is; bytes of multi-byte characters are high.
struct SpacyMasks {
  std::vector<uint64_t> white;   // ASCII white space, and all beyond the text
  std::vector<uint64_t> letter;  // A-Z a-z
  std::vector<uint64_t> look;    // high, or one of . ! ?

  // The 64 bits from position `pos` on. REQUIRES: pos <= the text's size.
  static uint64_t Window(const std::vector<uint64_t>& mask, size_t pos) {
    const size_t word = pos / 64;
    const size_t shift = pos % 64;
    return mask[word] >> shift | mask[word + 1] << 1 << (63 - shift);
  }
};

// Fills all maps, two words longer than the text needs.
void FillSpacyMasks(std::string_view text, SpacyMasks* masks);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_TEXT_SPACY_EN_MASKS_H_
