// SPDX-License-Identifier: Apache-2.0
#include "pipeline/text/spacy_en_chunk.h"

#include "pipeline/text/analysis.h"
#include "pipeline/text/hash.h"
#include "pipeline/text/spacy_en_classes.h"
#include "pipeline/text/unicode.h"

namespace winnow {

void DescribeSpacyToken(std::string_view token, SpacyToken* out) {
  static const SpacyClasses& classes = SpacyClasses::Get();
  uint32_t any = 0;
  uint32_t all = ~0U;
  uint32_t chars = 0;
  for (size_t pos = 0; pos < token.size(); ++chars) {
    const auto byte = static_cast<unsigned char>(token[pos]);
    const uint32_t bits =
        byte < 0x80 ? (++pos, classes[byte]) : classes[DecodeUtf8(token, &pos)];
    any |= bits;
    all &= bits;
  }
  unsigned flags = 0;
  if ((any & kSpLetter) != 0) flags |= kWordHasAlpha;
  if ((all & kSpPunct) == 0) flags |= kWordHasNonPunct;
  if ((all & kSpPunctCat) != 0) flags |= kSpacyIsPunct;
  if (chars == 1 && (all & kSpStop) != 0) flags |= kSpacyIsStop;
  out->chars = chars;
  out->flags = static_cast<uint8_t>(flags);
  out->raw = Hash64(token);
}

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
  fresh_.clear();
  uint32_t from = 0;
  for (uint32_t to : exact_.Tokens(text, begin, end)) {
    SpacyToken& token = fresh_.emplace_back();
    token.end = to;
    DescribeSpacyToken(chunk.substr(from, to - from), &token);
    from = to;
  }
  if (keep && !exact_.contextual()) cache_.Put(hash, chunk, fresh_);
  return fresh_;
}

}  // namespace winnow
