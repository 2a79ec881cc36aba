// SPDX-License-Identifier: Apache-2.0
// Words of Profile::kSpacyEn: the tokens of spaCy's blank English pipeline as
// datatrove 0.10 uses them (white-space tokens left out). Exact, checked
// against explosion/spaCy 3.8 by tests/oracle/spacy_oracle.py.
//
// Time is linear in the text, whatever it holds; no chunk is cut to keep it so.
// Tokens of a text are those of its lines one after the other: nothing reaches
// over a line feed.
#ifndef WINNOW_PIPELINE_TEXT_SPACY_EN_H_
#define WINNOW_PIPELINE_TEXT_SPACY_EN_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "pipeline/text/analysis.h"

namespace winnow {

// How the chunks so far were taken.
struct SpacyEnCounts {
  uint64_t chunks = 0;
  uint64_t simple = 0;  // at sight
  uint64_t cached = 0;  // from the cache; the others by the exact tokenizer
};

// One for each worker. Tables are shared by all and made with the first one; a
// warm tokenizer does not allocate. Thread-compatible.
class SpacyEnTokenizer {
 public:
  static constexpr size_t kCacheBytes = 1 << 20;

  // `cache_bytes` bounds the memory for tokens of chunks seen before. Results
  // do not depend on it.
  explicit SpacyEnTokenizer(size_t cache_bytes = kCacheBytes);
  ~SpacyEnTokenizer();
  SpacyEnTokenizer(const SpacyEnTokenizer&) = delete;
  SpacyEnTokenizer& operator=(const SpacyEnTokenizer&) = delete;

  // Replaces all arrays of `words`; `folded` becomes empty.
  // REQUIRES: text is valid UTF-8 and shorter than 4 GiB.
  void Tokenize(std::string_view text, Words* words);

  SpacyEnCounts counts() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_TEXT_SPACY_EN_H_
