// SPDX-License-Identifier: Apache-2.0
#include "stats/tokens/piece_cache.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstdlib>
#include <new>

namespace winnow {
namespace {

constexpr size_t kHugePage = size_t{2} << 20;

// Zeroed, on huge pages where the system has them: probes are random, and
// misses in the TLB would cost as much as those in the cache.
void* NewTable(size_t bytes) {
  const size_t alignment = bytes >= kHugePage ? kHugePage : 64;
  void* memory = std::aligned_alloc(alignment, bytes);
  if (memory == nullptr) throw std::bad_alloc();
  if (bytes >= kHugePage) ::madvise(memory, bytes, MADV_HUGEPAGE);
  std::memset(memory, 0, bytes);
  return memory;
}

constexpr uint64_t MaskOfBytes(size_t n) {
  return n >= 8 ? ~uint64_t{0} : (uint64_t{1} << (8 * n)) - 1;
}

constexpr PieceCache::ShortKey MaskOf(size_t n) {
  return {MaskOfBytes(n), n > 8 ? MaskOfBytes(n - 8) : 0};
}

}  // namespace

const PieceCache::ShortKey PieceCache::kMasks[kMaxShort + 1] = {
    MaskOf(0),  MaskOf(1),  MaskOf(2),  MaskOf(3), MaskOf(4),  MaskOf(5),
    MaskOf(6),  MaskOf(7),  MaskOf(8),  MaskOf(9), MaskOf(10), MaskOf(11),
    MaskOf(12), MaskOf(13), MaskOf(14), MaskOf(15)};

void PieceCache::Free::operator()(void* memory) const { std::free(memory); }

PieceCache::PieceCache(size_t bytes) {
  bytes = std::max(bytes, size_t{8} << 10);
  // Two thirds for short spans, rounded down to powers of two.
  const size_t short_bytes = std::bit_floor(bytes * 2 / 3);
  const size_t long_bytes = std::bit_floor(bytes - short_bytes);
  short_.reset(static_cast<ShortKey*>(NewTable(short_bytes)));
  long_.reset(static_cast<LongEntry*>(NewTable(long_bytes)));
  const size_t short_slots = short_bytes / sizeof(ShortKey);
  short_shift_ = 64 - static_cast<unsigned>(std::countr_zero(short_slots));
  long_mask_ = long_bytes / sizeof(LongEntry) - 1;
}

void PieceCache::AddShort(size_t slot, ShortKey key, PairCount count) {
  size_t way = 0;
  while (way < 4 && short_[slot ^ way].high >> 56 != 0) ++way;
  // A full set gives up each of its slots in turn.
  if (way == 4) way = ++victim_ & 3;
  const uint64_t counts = count.first | count.second << 4;
  short_[slot ^ way] = {key.low, key.high | counts << 56};
}

void PieceCache::AddLong(size_t slot, std::string_view span, PairCount count) {
  size_t way = 0;
  while (way < 2 && long_[slot ^ way].size != 0) ++way;
  if (way == 2) way = ++victim_ & 1;
  LongEntry& entry = long_[slot ^ way];
  std::memcpy(entry.bytes, span.data(), span.size());
  entry.size = static_cast<uint8_t>(span.size());
  entry.counts[0] = static_cast<uint8_t>(count.first);
  entry.counts[1] = static_cast<uint8_t>(count.second);
}

}  // namespace winnow
