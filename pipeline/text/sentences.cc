// SPDX-License-Identifier: Apache-2.0
#include "pipeline/text/sentences.h"

#include "pipeline/text/spacy_en_chunk.h"
#include "pipeline/text/spacy_en_space.h"

namespace winnow {
namespace {

// Calls boundary(offset) for each sentence after the first with the end of the
// token before it, until it returns false.
template <typename Boundary>
void FindBoundaries(std::string_view text, SpacyChunkTokenizer* chunks,
                    Boundary boundary) {
  bool seen = false;
  size_t token_end = 0;  // of the token before
  const auto step = [&](unsigned flags) {
    if ((flags & kSpacyIsStop) != 0) {
      seen = true;
      return true;
    }
    if (!seen || (flags & kSpacyIsPunct) != 0) return true;
    seen = false;
    return boundary(static_cast<uint32_t>(token_end));
  };
  size_t pos = 0;
  while (pos < text.size()) {
    const size_t space_end = SpacySpaceEnd(text, pos);
    // A space behind a chunk is no token.
    const size_t space_begin =
        pos + (pos > 0 && pos < space_end && text[pos] == ' ' ? 1 : 0);
    if (space_begin < space_end) {
      if (!step(0)) return;
      token_end = space_end;
    }
    if (space_end == text.size()) return;
    pos = SpacyChunkEnd(text, space_end);
    for (const SpacyToken& token : chunks->Tokens(text, space_end, pos)) {
      if (!step(token.flags)) return;
      token_end = space_end + token.end;
    }
  }
}

}  // namespace

struct Sentencizer::State {
  explicit State(size_t cache_bytes) : chunks(cache_bytes) {}

  SpacyChunkTokenizer chunks;
};

Sentencizer::Sentencizer(size_t cache_bytes)
    : state_(std::make_unique<State>(cache_bytes)) {}

Sentencizer::~Sentencizer() = default;

uint32_t Sentencizer::CountSentences(std::string_view text, uint32_t at_most) {
  uint32_t sentences = 1;
  if (at_most <= sentences) return at_most;
  FindBoundaries(text, &state_->chunks,
                 [&](uint32_t) { return ++sentences < at_most; });
  return sentences;
}

void Sentencizer::Split(std::string_view text,
                        std::vector<std::pair<uint32_t, uint32_t>>* spans) {
  spans->clear();
  uint32_t begin = 0;
  FindBoundaries(text, &state_->chunks, [&](uint32_t end) {
    spans->emplace_back(begin, end);
    begin = end;
    return true;
  });
  spans->emplace_back(begin, static_cast<uint32_t>(text.size()));
}

}  // namespace winnow
