// SPDX-License-Identifier: Apache-2.0
// Chunk to tokens, in bounded memory that is allocated once. When full it is
// emptied as a whole: the frequent chunks are back soon.
#ifndef WINNOW_PIPELINE_TEXT_SPACY_EN_CACHE_H_
#define WINNOW_PIPELINE_TEXT_SPACY_EN_CACHE_H_

#include <array>
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
  static constexpr size_t kLongestChunk = 128;
  static constexpr size_t kMostTokens = 32;

  // `bytes` is a ceiling for all memory; at least 64 KiB.
  explicit SpacyChunkCache(size_t bytes);

  // Tokens of the chunk, empty if it is not here. `hash` is its Hash64. Valid
  // until the next call.
  std::span<const SpacyToken> Find(uint64_t hash, std::string_view chunk);

  // Keeps the tokens unless the chunk is too large. REQUIRES: Find said no.
  void Put(uint64_t hash, std::string_view chunk,
           std::span<const SpacyToken> tokens);

 private:
  // A record: size of the chunk, number of tokens, for each token its end,
  // characters and flags in a byte each, then the hashes, then the chunk.
  static constexpr size_t kHead = 2;
  static constexpr size_t kFacts = 3;
  static constexpr size_t kHash = sizeof(uint64_t);

  struct Slot {
    uint32_t tag = 0;     // upper half of the hash
    uint32_t record = 0;  // offset into records_, 0 if the slot is free
  };

  void Clear();

  std::vector<Slot> slots_;  // open addressing, at most half full
  std::vector<char> records_;
  size_t used_slots_ = 0;
  size_t used_bytes_ = 1;
  std::array<SpacyToken, kMostTokens> found_;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_TEXT_SPACY_EN_CACHE_H_
