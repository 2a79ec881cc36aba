// SPDX-License-Identifier: Apache-2.0
// Tokens of a chunk as spaCy's English tokenizer leaves them after both passes,
// without fast path or cache.
//
// The second pass works on the document, not on the chunk: a key's tokens that
// straddle a single space are not merged, but they hide shorter matches inside
// the chunks on both sides. "x:)" gives "x :)", "x:) )" gives "x : ) )". So a
// chunk that the second pass changes is looked at together with its neighbours.
#ifndef WINNOW_PIPELINE_TEXT_SPACY_EN_EXACT_H_
#define WINNOW_PIPELINE_TEXT_SPACY_EN_EXACT_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "pipeline/text/spacy_en_merge.h"
#include "pipeline/text/spacy_en_split.h"

namespace winnow {

// Thread-compatible; keeps its scratch.
class SpacyExact {
 public:
  // Byte offsets from `begin` at which the tokens of the chunk
  // text[begin, end) end. Valid until the next call.
  // REQUIRES: the chunk is a maximal run without white space in valid UTF-8.
  const std::vector<uint32_t>& Tokens(std::string_view text, size_t begin,
                                      size_t end);

  // True if the last result may depend on what stands around the chunk.
  bool contextual() const { return contextual_; }

  // The chunk as the last call read it. REQUIRES: !contextual().
  const SpacyChunk& chunk() const { return splitter_.chunk(); }

 private:
  bool HasChange(std::string_view chunk);
  // Fills tokens_ with up to kLongest - 1 tokens on each side and the chunk's.
  void Gather(std::string_view text, size_t begin, size_t end);
  void GatherLeft(std::string_view text, size_t begin);
  void GatherRight(std::string_view text, size_t end);
  void KeepLongestMatches();
  void Apply(std::string_view chunk);

  bool contextual_ = false;
  SpacySplitter splitter_;
  std::vector<uint32_t> ends_;
  std::vector<std::string_view> tokens_;
  uint32_t own_first_ = 0;  // the chunk's tokens in tokens_
  uint32_t own_last_ = 0;
  std::vector<SpacyMatch> matches_;
  std::vector<uint8_t> seen_;
  std::vector<const SpacyMatch*> kept_;  // by first token
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_TEXT_SPACY_EN_EXACT_H_
