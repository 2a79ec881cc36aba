// SPDX-License-Identifier: Apache-2.0
#include "pipeline/text/spacy_en_chunk.h"

#include "pipeline/text/analysis.h"
#include "pipeline/text/hash.h"
#include "pipeline/text/spacy_en_classes.h"
#include "pipeline/text/unicode.h"

namespace winnow {

namespace {

// Bits of a token's characters, joined.
struct TokenBits {
  uint32_t any = 0;
  uint32_t all = ~0U;
  uint32_t chars = 0;

  void Add(uint32_t bits) {
    any |= bits;
    all &= bits;
    ++chars;
  }
};

TokenBits ReadToken(std::string_view token) {
  static const SpacyClasses& classes = SpacyClasses::Get();
  TokenBits bits;
  for (size_t pos = 0; pos < token.size();) {
    bits.Add(classes[DecodeUtf8(token, &pos)]);
  }
  return bits;
}

// In a chunk of ASCII characters are bytes.
TokenBits ReadAsciiToken(const SpacyChunk& chunk, uint32_t begin,
                         uint32_t end) {
  TokenBits bits;
  for (uint32_t i = begin; i < end; ++i) bits.Add(chunk.bits(i));
  return bits;
}

uint8_t Flags(const TokenBits& bits) {
  unsigned flags = 0;
  if ((bits.any & kSpLetter) != 0) flags |= kWordHasAlpha;
  if ((bits.all & kSpPunct) == 0) flags |= kWordHasNonPunct;
  if ((bits.all & kSpPunctCat) != 0) flags |= kSpacyIsPunct;
  if (bits.chars == 1 && (bits.all & kSpStop) != 0) flags |= kSpacyIsStop;
  return static_cast<uint8_t>(flags);
}

}  // namespace

std::span<const SpacyToken> SpacyChunkTokenizer::Tokens(std::string_view text,
                                                        size_t begin,
                                                        size_t end) {
  const std::string_view chunk = text.substr(begin, end - begin);
  const bool keep = chunk.size() <= SpacyChunkCache::kLongestChunk;
  uint64_t hash = 0;
  if (keep) {
    hash = Hash64(chunk);
    const std::span<const SpacyToken> found = cache_.Find(hash, chunk);
    if (!found.empty()) {
      ++hits_;
      return found;
    }
  }
  const std::vector<uint32_t>& ends = exact_.Tokens(text, begin, end);
  const bool ascii = !exact_.contextual() && exact_.chunk().is_ascii();
  fresh_.clear();
  uint32_t from = 0;
  for (const uint32_t to : ends) {
    const std::string_view token = chunk.substr(from, to - from);
    const TokenBits bits =
        ascii ? ReadAsciiToken(exact_.chunk(), from, to) : ReadToken(token);
    fresh_.push_back({Hash64(token), to, bits.chars, Flags(bits)});
    from = to;
  }
  if (keep && !exact_.contextual()) cache_.Put(hash, chunk, fresh_);
  return fresh_;
}

}  // namespace winnow
