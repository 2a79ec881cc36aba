// SPDX-License-Identifier: Apache-2.0
// A word of letters ends no sentence, and the sign behind it is known at sight;
// only the other chunks are tokenized.
#include "pipeline/text/sentences.h"

#include "pipeline/text/spacy_en_chunk.h"
#include "pipeline/text/spacy_en_classes.h"
#include "pipeline/text/spacy_en_filter.h"
#include "pipeline/text/spacy_en_scan.h"
#include "pipeline/text/spacy_en_simple.h"
#include "pipeline/text/spacy_en_space.h"
#include "pipeline/text/unicode.h"

namespace winnow {
namespace {

class BoundaryFinder {
 public:
  explicit BoundaryFinder(size_t cache_bytes) : chunks_(cache_bytes) {}

  // Calls boundary(offset) for each sentence but the first with the end of the
  // token before it, until it returns false.
  template <typename Boundary>
  void Find(std::string_view text, Boundary boundary);

 private:
  // All return false to stop.
  template <typename Boundary>
  bool TakeListed(size_t i, Boundary boundary);
  // A chunk but for white space beyond ASCII.
  template <typename Boundary>
  bool TakeChunk(uint32_t begin, uint32_t end, Boundary boundary);
  // White space from the last token to `begin`.
  template <typename Boundary>
  bool TakeSpace(uint32_t begin, Boundary boundary);
  template <typename Boundary>
  bool TakeToken(unsigned flags, uint32_t end, Boundary boundary);
  bool IsDotCut(uint32_t begin, uint32_t end) const;
  bool HasStop(std::string_view chunk) const;

  SpacyChunkScanner scanner_;
  SpacyChunkTokenizer chunks_;
  const SpacyClasses& classes_ = SpacyClasses::Get();
  const SpacyWordFilter& filter_ = SpacyWordFilter::Get();
  const SpacyTails tails_;
  std::string_view text_;
  bool seen_ = false;       // a stop, and nothing but punctuation since
  uint32_t token_end_ = 0;  // of the last token
};

template <typename Boundary>
void BoundaryFinder::Find(std::string_view text, Boundary boundary) {
  text_ = text;
  seen_ = false;
  token_end_ = 0;
  scanner_.Start(text);
  while (scanner_.Next()) {
    for (size_t i = 0; i < scanner_.size(); ++i) {
      if (!TakeListed(i, boundary)) return;
    }
  }
  TakeSpace(static_cast<uint32_t>(text.size()), boundary);
}

template <typename Boundary>
bool BoundaryFinder::TakeListed(size_t i, Boundary boundary) {
  const SpacyChunkList& list = scanner_.list();
  const uint32_t begin = list.begin[i];
  const uint32_t letters = list.letters[i];
  const uint32_t end = list.end[i];
  unsigned tail_flags = 0;
  if (letters < end) {
    const SpacyTail tail = tails_.kind(text_[letters]);
    if (letters == begin || letters + 1 < end || tail == SpacyTail::kOther ||
        (tail == SpacyTail::kDot && !IsDotCut(begin, letters))) {
      return TakeChunk(begin, end, boundary);
    }
    if (tail == SpacyTail::kPunct) tail_flags = kSpacyIsPunct;
    if (tail >= SpacyTail::kStop) tail_flags = kSpacyIsStop;
  }
  // The word may be several tokens: they all look the same from here.
  return TakeSpace(begin, boundary) && TakeToken(0, letters, boundary) &&
         (letters == end || TakeToken(tail_flags, end, boundary));
}

bool BoundaryFinder::IsDotCut(uint32_t begin, uint32_t end) const {
  if (begin + 4 > text_.size()) return false;
  const std::string_view word = text_.substr(begin, end - begin);
  return IsSpacyDotCut(word, HashSpacyWord(word.data(), word.size()), filter_);
}

bool BoundaryFinder::HasStop(std::string_view chunk) const {
  for (size_t pos = 0; pos < chunk.size();) {
    const auto byte = static_cast<unsigned char>(chunk[pos]);
    const uint32_t bits = byte < 0x80 ? (++pos, classes_.Ascii(byte))
                                      : classes_[DecodeUtf8(chunk, &pos)];
    if ((bits & kSpStop) != 0) return true;
  }
  return false;
}

template <typename Boundary>
bool BoundaryFinder::TakeChunk(uint32_t begin, uint32_t end,
                               Boundary boundary) {
  const std::string_view text = text_.substr(0, end);
  size_t pos = begin;
  while (pos < end) {
    const size_t chunk_end = SpacyChunkEnd(text, pos);
    if (pos < chunk_end) {
      const auto chunk = static_cast<uint32_t>(pos);
      if (!TakeSpace(chunk, boundary)) return false;
      if (!seen_ && !HasStop(text.substr(pos, chunk_end - pos))) {
        token_end_ = static_cast<uint32_t>(chunk_end);
      } else {
        for (const SpacyToken& token : chunks_.Tokens(text_, pos, chunk_end)) {
          if (!TakeToken(token.flags, chunk + token.end, boundary)) {
            return false;
          }
        }
      }
    }
    pos = SpacySpaceEnd(text, chunk_end);
  }
  return true;
}

template <typename Boundary>
bool BoundaryFinder::TakeSpace(uint32_t begin, Boundary boundary) {
  if (!seen_ || begin == token_end_) return true;
  // A space behind a chunk is no token, the rest of a run is one.
  if (begin == token_end_ + 1 && text_[token_end_] == ' ') return true;
  return TakeToken(0, begin, boundary);
}

template <typename Boundary>
bool BoundaryFinder::TakeToken(unsigned flags, uint32_t end,
                               Boundary boundary) {
  const uint32_t before = token_end_;
  token_end_ = end;
  if ((flags & kSpacyIsStop) != 0) {
    seen_ = true;
    return true;
  }
  if (!seen_ || (flags & kSpacyIsPunct) != 0) return true;
  seen_ = false;
  return boundary(before);
}

}  // namespace

struct Sentencizer::State {
  explicit State(size_t cache_bytes) : finder(cache_bytes) {}

  BoundaryFinder finder;
};

Sentencizer::Sentencizer(size_t cache_bytes)
    : state_(std::make_unique<State>(cache_bytes)) {}

Sentencizer::~Sentencizer() = default;

uint32_t Sentencizer::CountSentences(std::string_view text, uint32_t at_most) {
  uint32_t sentences = 1;
  if (at_most <= sentences) return at_most;
  state_->finder.Find(text, [&](uint32_t) { return ++sentences < at_most; });
  return sentences;
}

void Sentencizer::Split(std::string_view text,
                        std::vector<std::pair<uint32_t, uint32_t>>* spans) {
  spans->clear();
  uint32_t begin = 0;
  state_->finder.Find(text, [&](uint32_t end) {
    spans->emplace_back(begin, end);
    begin = end;
    return true;
  });
  spans->emplace_back(begin, static_cast<uint32_t>(text.size()));
}

}  // namespace winnow
