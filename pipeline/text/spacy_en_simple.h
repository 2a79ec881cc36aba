// SPDX-License-Identifier: Apache-2.0
// Chunks that need no tokenizer: a word of ASCII letters, alone or with one
// sign behind it that is a token of its own. Nine in ten chunks of English.
#ifndef WINNOW_PIPELINE_TEXT_SPACY_EN_SIMPLE_H_
#define WINNOW_PIPELINE_TEXT_SPACY_EN_SIMPLE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "pipeline/text/hash.h"
#include "pipeline/text/spacy_en_filter.h"

namespace winnow {

// What one byte behind a word of ASCII letters means.
enum class SpacyTail : uint8_t {
  kOther,   // ask the exact tokenizer
  kPunct,   // a token of its own, of category P*
  kSymbol,  // a token of its own, of another category
  kStop,    // a token of its own that the sentencizer stops at
  kDot,     // the same after most words
};

class SpacyTails {
 public:
  SpacyTails() {
    // The suffixes among ASCII, but for the apostrophe: "goin'" stays whole.
    Set(",:;()[]{}_#*&\"", SpacyTail::kPunct);
    Set("<>`", SpacyTail::kSymbol);
    Set("!?", SpacyTail::kStop);
    Set(".", SpacyTail::kDot);
    for (size_t i = 0; i < raw_.size(); ++i) {
      const char c = static_cast<char>(i);
      raw_[i] = Hash64(std::string_view(&c, 1));
    }
  }

  SpacyTail kind(char c) const { return kind_[static_cast<unsigned char>(c)]; }
  // Hash64 of the byte.
  uint64_t raw(char c) const { return raw_[static_cast<unsigned char>(c)]; }

 private:
  void Set(std::string_view bytes, SpacyTail kind) {
    for (const char c : bytes) kind_[static_cast<unsigned char>(c)] = kind;
  }

  std::array<SpacyTail, 256> kind_{};
  std::array<uint64_t, 256> raw_{};
};

// Hash64. Words of up to 8 bytes, most of them, without a branch on their size.
// Follows XXH3's short inputs (xxHash 0.8, xxhash.h).
// REQUIRES: size > 0, four bytes can be read at p.
inline uint64_t HashSpacyWord(const char* p, size_t size) {
  if (size > 8) return Hash64({p, size});
  const auto byte = [p](size_t i) {
    return uint32_t{static_cast<unsigned char>(p[i])};
  };
  const uint64_t is_short = size < 4 ? ~uint64_t{0} : 0;
  const uint64_t three = byte(0) << 16 | byte(size / 2) << 24 | byte(size - 1) |
                         static_cast<uint32_t>(size) << 8;
  const size_t last = (size - 4) & ~is_short;
  const uint64_t eight =
      XXH_readLE32(p + last) + (uint64_t{XXH_readLE32(p)} << 32);
  const uint64_t up_to_3 = XXH64_avalanche(
      three ^ (XXH_readLE32(XXH3_kSecret) ^ XXH_readLE32(XXH3_kSecret + 4)));
  const uint64_t up_to_8 = XXH3_rrmxmx(
      eight ^
          (XXH_readLE64(XXH3_kSecret + 8) ^ XXH_readLE64(XXH3_kSecret + 16)),
      size);
  return (up_to_3 & is_short) | (up_to_8 & ~is_short);
}

// True if a dot behind this word of ASCII letters is a token of its own: after
// a small letter or two capitals, unless word and dot are a special case.
inline bool IsSpacyDotCut(std::string_view word, uint64_t hash,
                          const SpacyWordFilter& filter) {
  const auto is_small = [](char c) { return c >= 'a' && c <= 'z'; };
  if (filter.MayBeCutOrTakeDot(hash)) return false;
  if (is_small(word.back())) return true;
  return word.size() >= 2 && !is_small(word[word.size() - 2]);
}

}  // namespace winnow

#endif  // WINNOW_PIPELINE_TEXT_SPACY_EN_SIMPLE_H_
