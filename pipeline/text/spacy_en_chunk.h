// SPDX-License-Identifier: Apache-2.0
// Described tokens of one chunk, from a cache where the chunk was seen before.
// The cache never changes a result: it holds only chunks whose tokens do not
// depend on what stands around them, and compares their bytes.
#ifndef WINNOW_PIPELINE_TEXT_SPACY_EN_CHUNK_H_
#define WINNOW_PIPELINE_TEXT_SPACY_EN_CHUNK_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "pipeline/text/spacy_en_cache.h"
#include "pipeline/text/spacy_en_exact.h"

namespace winnow {

// Thread-compatible.
class SpacyChunkTokenizer {
 public:
  explicit SpacyChunkTokenizer(size_t cache_bytes) : cache_(cache_bytes) {}

  // Tokens of the chunk text[begin, end), in order; valid until the next call.
  // REQUIRES: as for SpacyExact::Tokens.
  std::span<const SpacyToken> Tokens(std::string_view text, size_t begin,
                                     size_t end);

  // Chunks that the cache knew.
  uint64_t hits() const { return hits_; }

 private:
  SpacyExact exact_;
  SpacyChunkCache cache_;
  std::vector<SpacyToken> fresh_;
  uint64_t hits_ = 0;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_TEXT_SPACY_EN_CHUNK_H_
