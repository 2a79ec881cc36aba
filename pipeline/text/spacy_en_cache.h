// SPDX-License-Identifier: Apache-2.0
// Chunk to tokens, in bounded memory that is allocated once. When full it is
// emptied as a whole: the frequent chunks are back soon.
#ifndef WINNOW_PIPELINE_TEXT_SPACY_EN_CACHE_H_
#define WINNOW_PIPELINE_TEXT_SPACY_EN_CACHE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace winnow {

// Bits of SpacyToken::flags beside those of WordFlag.
enum SpacyTokenFlag : uint8_t {
  kSpacyWordFlags = 3,  // the bits of WordFlag
  kSpacyIsStop = 4,     // exactly one character of the sentencizer's list
  kSpacyIsPunct = 8,    // nothing but characters of category P*
};

struct SpacyToken {
  uint64_t raw = 0;    // Hash64 of the bytes
  uint32_t end = 0;    // byte offset from the chunk's begin
  uint32_t chars = 0;  // code points
  uint8_t flags = 0;
};

class SpacyChunkCache {
 public:
  // Larger chunks are not kept.
  static constexpr size_t kLongestChunk = 64;
  static constexpr size_t kMostTokens = 16;

  // `bytes` is a ceiling for slots and tokens together; at least 64 KiB.
  explicit SpacyChunkCache(size_t bytes);

  // Tokens of the chunk, empty if it is not here. `hash` is its Hash64. Valid
  // until the next Put.
  std::span<const SpacyToken> Find(uint64_t hash, std::string_view chunk) const;

  // Keeps the tokens unless the chunk is too large. REQUIRES: Find said no.
  void Put(uint64_t hash, std::string_view chunk,
           std::span<const SpacyToken> tokens);

 private:
  struct Slot {
    uint64_t hash = 0;
    uint32_t token = 0;       // first in tokens_
    uint32_t generation = 0;  // in use if equal to generation_
    uint32_t key = 0;         // first byte in keys_
    uint16_t key_size = 0;
    uint16_t tokens = 0;
  };

  void Clear();

  std::vector<Slot> slots_;  // open addressing, at most half full
  std::vector<SpacyToken> tokens_;
  std::vector<char> keys_;
  size_t used_slots_ = 0;
  size_t used_tokens_ = 0;
  size_t used_keys_ = 0;
  uint32_t generation_ = 1;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_TEXT_SPACY_EN_CACHE_H_
