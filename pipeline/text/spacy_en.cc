// SPDX-License-Identifier: Apache-2.0
// Most chunks are a word of ASCII letters, with or without one sign behind it:
// they are told apart by a scan and written at once. The others go through
// the chunk cache to the exact tokenizer.
#include "pipeline/text/spacy_en.h"

#include <algorithm>

#include "pipeline/text/spacy_en_chunk.h"
#include "pipeline/text/spacy_en_filter.h"
#include "pipeline/text/spacy_en_scan.h"
#include "pipeline/text/spacy_en_simple.h"
#include "pipeline/text/spacy_en_space.h"
#include "pipeline/text/spacy_en_writer.h"

namespace winnow {
namespace {

// Simple chunks between two looks at the room for words.
constexpr size_t kAtOnce = 64;

constexpr unsigned kWordFlags = kWordHasAlpha | kWordHasNonPunct;

// Not a class of the header, so that the compiler may put its functions into
// each other.
class WordFinder {
 public:
  explicit WordFinder(size_t cache_bytes) : chunks_(cache_bytes) {}

  void Tokenize(std::string_view text, SpacyWordWriter* out);
  SpacyEnCounts counts() const {
    return {listed_, listed_ - not_simple_, chunks_.hits()};
  }

 private:
  void TakeList(std::string_view text, SpacyWordWriter* out);
  // Writes chunk i of the list if it is simple, to room for two words.
  bool TakeSimple(std::string_view text, size_t i, SpacyWordRows* rows) const;
  // Writes [begin, end), a chunk but for white space beyond ASCII.
  void TakeChunk(std::string_view text, size_t begin, size_t end,
                 SpacyWordWriter* out);

  SpacyChunkScanner scanner_;
  SpacyChunkTokenizer chunks_;
  const SpacyWordFilter& filter_ = SpacyWordFilter::Get();
  const SpacyTails tails_;
  uint64_t listed_ = 0;
  uint64_t not_simple_ = 0;
};

void WordFinder::Tokenize(std::string_view text, SpacyWordWriter* out) {
  scanner_.Start(text);
  while (scanner_.Next()) TakeList(text, out);
}

void WordFinder::TakeList(std::string_view text, SpacyWordWriter* out) {
  const SpacyChunkList& list = scanner_.list();
  const size_t size = scanner_.size();
  listed_ += size;
  size_t i = 0;
  while (i < size) {
    const size_t stop = std::min(i + kAtOnce, size);
    SpacyWordRows rows = out->Room(2 * kAtOnce);
    while (i < stop && TakeSimple(text, i, &rows)) ++i;
    out->Continue(rows);
    if (i == stop) continue;
    TakeChunk(text, list.begin[i], list.end[i], out);
    ++i;
  }
}

inline bool WordFinder::TakeSimple(std::string_view text, size_t i,
                                   SpacyWordRows* rows) const {
  const SpacyChunkList& list = scanner_.list();
  const uint32_t begin = list.begin[i];
  const uint32_t letters_end = list.letters[i];
  const uint32_t end = list.end[i];
  const uint32_t letters = letters_end - begin;
  if (letters == 0 || letters_end + 1 < end || begin + 4 > text.size()) {
    return false;
  }
  const uint64_t raw = HashSpacyWord(text.data() + begin, letters);
  if (filter_.MayBeCut(raw)) return false;
  if (letters_end == end) {
    rows->Add(begin, end, letters, kWordFlags, raw);
    return true;
  }
  const char last = text[letters_end];
  const SpacyTail tail = tails_.kind(last);
  if (tail == SpacyTail::kOther ||
      (tail == SpacyTail::kDot &&
       !IsSpacyDotCut({text.data() + begin, letters}, raw, filter_))) {
    return false;
  }
  rows->Add(begin, letters_end, letters, kWordFlags, raw);
  rows->Add(letters_end, end, 1, 0, tails_.raw(last));
  return true;
}

void WordFinder::TakeChunk(std::string_view text, size_t begin, size_t end,
                           SpacyWordWriter* out) {
  ++not_simple_;
  while (begin < end) {
    const size_t chunk_end = SpacyChunkEnd(text.substr(0, end), begin);
    if (begin < chunk_end) {
      const auto tokens = chunks_.Tokens(text, begin, chunk_end);
      SpacyWordRows rows = out->Room(tokens.size());
      auto from = static_cast<uint32_t>(begin);
      for (const SpacyToken& token : tokens) {
        const uint32_t to = static_cast<uint32_t>(begin) + token.end;
        rows.Add(from, to, token.chars, token.flags & kSpacyWordFlags,
                 token.raw);
        from = to;
      }
      out->Continue(rows);
    }
    begin = SpacySpaceEnd(text.substr(0, end), chunk_end);
  }
}

}  // namespace

struct SpacyEnTokenizer::State {
  explicit State(size_t cache_bytes) : finder(cache_bytes) {}

  WordFinder finder;
};

SpacyEnTokenizer::SpacyEnTokenizer(size_t cache_bytes)
    : state_(std::make_unique<State>(cache_bytes)) {}

SpacyEnTokenizer::~SpacyEnTokenizer() = default;

void SpacyEnTokenizer::Tokenize(std::string_view text, Words* words) {
  // English has a token for every five bytes.
  SpacyWordWriter out(words, text.size() / 4 + 2 * kAtOnce);
  state_->finder.Tokenize(text, &out);
  out.Finish();
}

SpacyEnCounts SpacyEnTokenizer::counts() const {
  return state_->finder.counts();
}

}  // namespace winnow
