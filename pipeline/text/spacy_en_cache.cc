// SPDX-License-Identifier: Apache-2.0
#include "pipeline/text/spacy_en_cache.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace winnow {
namespace {

constexpr size_t kLeastBytes = 64 << 10;
// A record of usual size, for the share of slots and records.
constexpr size_t kUsualRecord = 48;

template <typename T>
bool SameAt(const char* a, const char* b, size_t at) {
  T x;
  T y;
  std::memcpy(&x, a + at, sizeof x);
  std::memcpy(&y, b + at, sizeof y);
  return x == y;
}

// memcmp(a, b, size) == 0 without the call. REQUIRES: size > 0.
bool SameBytes(const char* a, const char* b, size_t size) {
  if (size < 4) {
    return a[0] == b[0] && a[size / 2] == b[size / 2] &&
           a[size - 1] == b[size - 1];
  }
  if (size < 8) {
    return SameAt<uint32_t>(a, b, 0) && SameAt<uint32_t>(a, b, size - 4);
  }
  for (size_t at = 0; at + 8 < size; at += 8) {
    if (!SameAt<uint64_t>(a, b, at)) return false;
  }
  return SameAt<uint64_t>(a, b, size - 8);
}

}  // namespace

SpacyChunkCache::SpacyChunkCache(size_t bytes) {
  bytes = std::max(bytes, kLeastBytes);
  slots_.resize(std::bit_floor(bytes / kUsualRecord));
  records_.resize(bytes - slots_.size() * sizeof(Slot));
}

std::span<const SpacyToken> SpacyChunkCache::Find(uint64_t hash,
                                                  std::string_view chunk) {
  const size_t mask = slots_.size() - 1;
  const auto tag = static_cast<uint32_t>(hash >> 32);
  for (size_t i = hash & mask; slots_[i].record != 0; i = (i + 1) & mask) {
    if (slots_[i].tag != tag) continue;
    const char* record = records_.data() + slots_[i].record;
    const auto size = static_cast<unsigned char>(record[0]);
    const auto tokens = static_cast<unsigned char>(record[1]);
    const char* facts = record + kHead;
    const char* hashes = facts + kFacts * tokens;
    if (size != chunk.size() ||
        !SameBytes(hashes + kHash * tokens, chunk.data(), size)) {
      continue;
    }
    for (size_t t = 0; t < tokens; ++t) {
      const char* fact = facts + kFacts * t;
      std::memcpy(&found_[t].raw, hashes + kHash * t, kHash);
      found_[t].end = static_cast<unsigned char>(fact[0]);
      found_[t].chars = static_cast<unsigned char>(fact[1]);
      found_[t].flags = static_cast<uint8_t>(fact[2]);
    }
    return {found_.data(), tokens};
  }
  return {};
}

void SpacyChunkCache::Put(uint64_t hash, std::string_view chunk,
                          std::span<const SpacyToken> tokens) {
  if (chunk.size() > kLongestChunk || tokens.size() > kMostTokens) return;
  const size_t need = kHead + (kFacts + kHash) * tokens.size() + chunk.size();
  if (2 * (used_slots_ + 1) > slots_.size() ||
      used_bytes_ + need > records_.size()) {
    Clear();
  }
  const size_t mask = slots_.size() - 1;
  size_t i = hash & mask;
  while (slots_[i].record != 0) i = (i + 1) & mask;
  slots_[i] = {static_cast<uint32_t>(hash >> 32),
               static_cast<uint32_t>(used_bytes_)};
  char* out = records_.data() + used_bytes_;
  *out++ = static_cast<char>(chunk.size());
  *out++ = static_cast<char>(tokens.size());
  for (const SpacyToken& token : tokens) {
    *out++ = static_cast<char>(token.end);
    *out++ = static_cast<char>(token.chars);
    *out++ = static_cast<char>(token.flags);
  }
  for (const SpacyToken& token : tokens) {
    std::memcpy(out, &token.raw, kHash);
    out += kHash;
  }
  std::memcpy(out, chunk.data(), chunk.size());
  ++used_slots_;
  used_bytes_ += need;
}

void SpacyChunkCache::Clear() {
  std::fill(slots_.begin(), slots_.end(), Slot());
  used_slots_ = 0;
  used_bytes_ = 1;
}

}  // namespace winnow
