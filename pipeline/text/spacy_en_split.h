// SPDX-License-Identifier: Apache-2.0
// The exact tokenizer for one chunk (a run without white space), in linear
// time: first pass of explosion/spaCy 3.8, spacy/tokenizer.pyx (_split_affixes,
// _attach_tokens). The slow twin of the fast paths in spacy_en.cc.
#ifndef WINNOW_PIPELINE_TEXT_SPACY_EN_SPLIT_H_
#define WINNOW_PIPELINE_TEXT_SPACY_EN_SPLIT_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "pipeline/text/spacy_en_decode.h"

namespace winnow {

// Thread-compatible; keeps its scratch.
class SpacySplitter {
 public:
  // Byte offsets in `chunk` at which its tokens end, before the second pass.
  // Valid until the next call. REQUIRES: chunk is valid UTF-8, not empty and
  // without white space (or nothing but white space, which is one token).
  const std::vector<uint32_t>& Split(std::string_view chunk) {
    return Run(chunk, true);
  }

  // The same without special cases: what the second pass looks for.
  const std::vector<uint32_t>& SplitWithoutRules(std::string_view chunk) {
    return Run(chunk, false);
  }

  // The last chunk.
  const SpacyChunk& chunk() const { return chunk_; }

 private:
  const std::vector<uint32_t>& Run(std::string_view chunk, bool with_rules);
  bool IsRule(size_t lo, size_t hi) const;
  // Takes affixes off [*lo, *hi).
  void StripAffixes(size_t* lo, size_t* hi);
  void AddMiddle(size_t lo, size_t hi);
  void AddInfixes(size_t lo, size_t hi);
  // A token ends before character `end`.
  void EndToken(size_t end) { ends_.push_back(chunk_.at(end)); }

  bool with_rules_ = true;
  SpacyChunk chunk_;
  std::vector<uint32_t> ends_;
  std::vector<size_t> suffix_ends_;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_TEXT_SPACY_EN_SPLIT_H_
