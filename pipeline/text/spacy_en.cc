// SPDX-License-Identifier: Apache-2.0
#include "pipeline/text/spacy_en.h"

#include <array>
#include <bit>

#include "pipeline/text/hash.h"
#include "pipeline/text/spacy_en_chunk.h"
#include "pipeline/text/spacy_en_filter.h"
#include "pipeline/text/spacy_en_masks.h"
#include "pipeline/text/spacy_en_space.h"

namespace winnow {
namespace {

// What one byte behind a word of ASCII letters means.
enum class Tail : uint8_t {
  kOther,  // ask the exact tokenizer
  kCut,    // a token of its own
  kDot,    // a token of its own after some words
};

struct TailTable {
  std::array<Tail, 256> kind{};
  std::array<uint64_t, 256> raw{};  // Hash64 of the byte

  TailTable() {
    // The suffixes among ASCII, but for the apostrophe: "goin'" stays whole.
    for (const char c : std::string_view(",:;!?()[]{}<>_#*&\"`")) {
      kind[static_cast<unsigned char>(c)] = Tail::kCut;
    }
    kind['.'] = Tail::kDot;
    for (size_t i = 0; i < raw.size(); ++i) {
      const char c = static_cast<char>(i);
      raw[i] = Hash64(std::string_view(&c, 1));
    }
  }
};

bool IsLowerLetter(char c) { return c >= 'a' && c <= 'z'; }

// True if a dot behind the word is a suffix.
bool DotIsCut(std::string_view word) {
  return IsLowerLetter(word.back()) ||
         (word.size() >= 2 && !IsLowerLetter(word[word.size() - 2]));
}

// Writes words without a look at each array's capacity.
class Writer {
 public:
  // Starts with room for `tokens`.
  Writer(Words* words, size_t tokens) : words_(*words) {
    Resize(tokens);
  }
  void Room(size_t tokens) {
    if (size_ + tokens > room_) Resize(room_ + room_ / 2 + tokens);
  }
  // REQUIRES: room.
  void Add(size_t begin, size_t end, uint32_t chars, unsigned flags,
           uint64_t raw) {
    begin_[size_] = static_cast<uint32_t>(begin);
    end_[size_] = static_cast<uint32_t>(end);
    chars_[size_] = chars;
    flags_[size_] = static_cast<uint8_t>(flags);
    raw_[size_] = raw;
    ++size_;
  }
  void Finish() { Resize(size_); }

 private:
  void Resize(size_t room) {
    words_.begin.resize(room);
    words_.end.resize(room);
    words_.chars.resize(room);
    words_.flags.resize(room);
    words_.raw.resize(room);
    words_.folded.clear();
    begin_ = words_.begin.data();
    end_ = words_.end.data();
    chars_ = words_.chars.data();
    flags_ = words_.flags.data();
    raw_ = words_.raw.data();
    room_ = room;
  }

  Words& words_;
  size_t room_ = 0;
  size_t size_ = 0;
  uint32_t* begin_ = nullptr;
  uint32_t* end_ = nullptr;
  uint32_t* chars_ = nullptr;
  uint8_t* flags_ = nullptr;
  uint64_t* raw_ = nullptr;
};

}  // namespace

struct SpacyEnTokenizer::State {
  explicit State(size_t cache_bytes) : chunks(cache_bytes) {}

  void Tokenize(std::string_view text, Writer* out);
  // Takes the chunk, or what precedes white space beyond ASCII in it, by the
  // exact tokenizer. Returns where the next chunk begins.
  size_t TakeChunk(std::string_view text, size_t begin, Writer* out);

  SpacyMasks masks;
  SpacyChunkTokenizer chunks;
  const SpacyWordFilter& filter = SpacyWordFilter::Get();
  TailTable tails;
};

void SpacyEnTokenizer::State::Tokenize(std::string_view text, Writer* out) {
  FillSpacyMasks(text, &masks);
  size_t pos = SpacySpaceEnd(text, 0);
  while (pos < text.size()) {
    // Bits beyond the window read as black: such a chunk is too long for this.
    const uint64_t white = SpacyMasks::Window(masks.white, pos);
    const uint64_t letter = SpacyMasks::Window(masks.letter, pos);
    const auto size = static_cast<size_t>(std::countr_zero(white));
    const auto letters = static_cast<size_t>(std::countr_one(letter));
    if (size > 63 || letters == 0 || letters + 1 < size) {
      pos = TakeChunk(text, pos, out);
      continue;
    }
    const std::string_view word = text.substr(pos, letters);
    const uint64_t raw = Hash64(word);
    const unsigned flags = kWordHasAlpha | kWordHasNonPunct;
    out->Room(2);
    if (letters == size) {
      if (filter.MayBeCut(raw)) {
        pos = TakeChunk(text, pos, out);
        continue;
      }
      out->Add(pos, pos + letters, static_cast<uint32_t>(letters), flags, raw);
    } else {
      const auto last = static_cast<unsigned char>(text[pos + letters]);
      const Tail tail = tails.kind[last];
      if (tail == Tail::kOther ||
          (tail == Tail::kCut && filter.MayBeCut(raw)) ||
          (tail == Tail::kDot &&
           (filter.MayBeCutOrTakeDot(raw) || !DotIsCut(word)))) {
        pos = TakeChunk(text, pos, out);
        continue;
      }
      out->Add(pos, pos + letters, static_cast<uint32_t>(letters), flags, raw);
      out->Add(pos + letters, pos + size, 1, 0, tails.raw[last]);
    }
    pos += size;
    const uint64_t more = white >> size;
    const auto gap = static_cast<size_t>(std::countr_one(more));
    pos = size + gap < 64 ? pos + gap : SpacySpaceEnd(text, pos);
    // White space beyond ASCII looks like a chunk; TakeChunk skips it.
  }
}

size_t SpacyEnTokenizer::State::TakeChunk(std::string_view text, size_t pos,
                                          Writer* out) {
  const size_t end = SpacyChunkEnd(text, pos);
  if (pos < end) {
    const std::span<const SpacyToken> tokens = chunks.Tokens(text, pos, end);
    out->Room(tokens.size());
    size_t begin = pos;
    for (const SpacyToken& token : tokens) {
      out->Add(begin, pos + token.end, token.chars,
               token.flags & kSpacyWordFlags, token.raw);
      begin = pos + token.end;
    }
  }
  return SpacySpaceEnd(text, end);
}

SpacyEnTokenizer::SpacyEnTokenizer(size_t cache_bytes)
    : state_(std::make_unique<State>(cache_bytes)) {}

SpacyEnTokenizer::~SpacyEnTokenizer() = default;

void SpacyEnTokenizer::Tokenize(std::string_view text, Words* words) {
  // English has a token for every five bytes.
  Writer out(words, text.size() / 4 + 16);
  state_->Tokenize(text, &out);
  out.Finish();
}

}  // namespace winnow
