// SPDX-License-Identifier: Apache-2.0
#include "pipeline/text/spacy_en_cache.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace winnow {
namespace {

constexpr size_t kLeastBytes = 64 << 10;
// Tokens and key bytes to expect for a chunk.
constexpr size_t kTokensPerChunk = 3;
constexpr size_t kBytesPerChunk = 12;

}  // namespace

SpacyChunkCache::SpacyChunkCache(size_t bytes) {
  const size_t per_chunk =
      2 * sizeof(Slot) + kTokensPerChunk * sizeof(SpacyToken) + kBytesPerChunk;
  // Rounded down to a power of two, so that slots are found by a mask.
  const size_t chunks =
      std::bit_floor(std::max(bytes, kLeastBytes) / per_chunk);
  slots_.resize(2 * chunks);
  tokens_.resize(kTokensPerChunk * chunks);
  keys_.resize(kBytesPerChunk * chunks);
}

std::span<const SpacyToken> SpacyChunkCache::Find(
    uint64_t hash, std::string_view chunk) const {
  const size_t mask = slots_.size() - 1;
  for (size_t i = hash & mask; slots_[i].generation == generation_;
       i = (i + 1) & mask) {
    const Slot& slot = slots_[i];
    if (slot.hash == hash && slot.key_size == chunk.size() &&
        std::memcmp(keys_.data() + slot.key, chunk.data(), chunk.size()) == 0) {
      return {tokens_.data() + slot.token, slot.tokens};
    }
  }
  return {};
}

void SpacyChunkCache::Put(uint64_t hash, std::string_view chunk,
                          std::span<const SpacyToken> tokens) {
  if (chunk.size() > kLongestChunk || tokens.size() > kMostTokens) return;
  if (2 * (used_slots_ + 1) > slots_.size() ||
      used_tokens_ + tokens.size() > tokens_.size() ||
      used_keys_ + chunk.size() > keys_.size()) {
    Clear();
  }
  const size_t mask = slots_.size() - 1;
  size_t i = hash & mask;
  while (slots_[i].generation == generation_) i = (i + 1) & mask;
  slots_[i] = {hash,
               static_cast<uint32_t>(used_tokens_),
               generation_,
               static_cast<uint32_t>(used_keys_),
               static_cast<uint16_t>(chunk.size()),
               static_cast<uint16_t>(tokens.size())};
  std::copy(tokens.begin(), tokens.end(),
            tokens_.begin() + static_cast<std::ptrdiff_t>(used_tokens_));
  std::memcpy(keys_.data() + used_keys_, chunk.data(), chunk.size());
  ++used_slots_;
  used_tokens_ += tokens.size();
  used_keys_ += chunk.size();
}

void SpacyChunkCache::Clear() {
  used_slots_ = used_tokens_ = used_keys_ = 0;
  if (++generation_ != 0) return;
  std::fill(slots_.begin(), slots_.end(), Slot());
  generation_ = 1;
}

}  // namespace winnow
