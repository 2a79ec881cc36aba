// SPDX-License-Identifier: Apache-2.0
#include "pipeline/text/spacy_en.h"

#include "pipeline/text/spacy_en_chunk.h"
#include "pipeline/text/spacy_en_space.h"

namespace winnow {

struct SpacyEnTokenizer::State {
  explicit State(size_t cache_bytes) : chunks(cache_bytes) {}

  SpacyChunkTokenizer chunks;
};

SpacyEnTokenizer::SpacyEnTokenizer(size_t cache_bytes)
    : state_(std::make_unique<State>(cache_bytes)) {}

SpacyEnTokenizer::~SpacyEnTokenizer() = default;

void SpacyEnTokenizer::Tokenize(std::string_view text, Words* words) {
  words->begin.clear();
  words->end.clear();
  words->chars.clear();
  words->flags.clear();
  words->raw.clear();
  words->folded.clear();
  size_t pos = SpacySpaceEnd(text, 0);
  while (pos < text.size()) {
    const size_t end = SpacyChunkEnd(text, pos);
    uint32_t begin = static_cast<uint32_t>(pos);
    for (const SpacyToken& token : state_->chunks.Tokens(text, pos, end)) {
      words->begin.push_back(begin);
      begin = static_cast<uint32_t>(pos) + token.end;
      words->end.push_back(begin);
      words->chars.push_back(token.chars);
      words->flags.push_back(
          static_cast<uint8_t>(token.flags & kSpacyWordFlags));
      words->raw.push_back(token.raw);
    }
    pos = SpacySpaceEnd(text, end);
  }
}

}  // namespace winnow
