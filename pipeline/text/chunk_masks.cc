// SPDX-License-Identifier: Apache-2.0
#include "pipeline/text/chunk_masks.h"

#include <algorithm>
#include <cstring>

#include "pipeline/text/code_point_table.h"
#include "pipeline/text/unicode.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "pipeline/text/chunk_masks.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "pipeline/text/dot_runs-inl.h"
#include "pipeline/text/scan_block-inl.h"

HWY_BEFORE_NAMESPACE();
namespace winnow {
namespace HWY_NAMESPACE {

HWY_INLINE unsigned Count(uint64_t bits) {
  return static_cast<unsigned>(__builtin_popcountll(bits));
}

// Decodes the character that starts at p. REQUIRES: valid, not ASCII.
HWY_INLINE char32_t DecodeWide(const uint8_t* p) {
  const auto trail = [&](int i) { return p[i] & 0x3FU; };
  if (p[0] < 0xE0) return (p[0] & 0x1FU) << 6 | trail(1);
  if (p[0] < 0xF0) return (p[0] & 0x0FU) << 12 | trail(1) << 6 | trail(2);
  return (p[0] & 0x07U) << 18 | trail(1) << 12 | trail(2) << 6 | trail(3);
}

// Spreads first bytes over their characters; `before` is 1 if the character
// that reaches into the block is one of them.
HWY_INLINE uint64_t Spread(uint64_t first, uint64_t before, uint64_t trail) {
  uint64_t bytes = first | ((first << 1 | before) & trail);
  bytes |= (bytes << 1 | before) & trail;
  return bytes | ((bytes << 1 | before) & trail);
}

// First bytes of the block's non-ASCII characters, by property.
struct WideBits {
  uint64_t base = 0;  // letter or number
  uint64_t letter = 0;
  uint64_t mark = 0;
  uint64_t single = 0;
  uint64_t space = 0;
  uint64_t fold = 0;
  uint64_t non_punct = 0;
  uint64_t line_break = 0;
  uint64_t ellipses = 0;  // a number
};

HWY_INLINE WideBits Classify(const uint8_t* text, size_t b,
                             const ChunkMasks& m) {
  const uint64_t easy = m.syllable[b] | m.han[b];
  WideBits w;
  w.base = w.letter = w.non_punct = easy;
  w.single = m.han[b];
  for (uint64_t rest = m.high[b] & ~m.trail[b] & ~easy; rest != 0;
       rest &= rest - 1) {
    const auto i = static_cast<unsigned>(__builtin_ctzll(rest));
    const char32_t c = DecodeWide(text + b * 64 + i);
    const uint64_t bits = CodePointBits(c);
    const uint64_t flags = bits >> kCpFlagShift;
    const auto put = [i](uint64_t value) { return (value & 1) << i; };
    static_assert(kCpLetter == 1 && kCpMark == 2 && kCpNumber == 4 &&
                  kCpSingle == 32 && kCpPySpace == 64 && kCpHasLower == 128 &&
                  kCpBitUnstable == 32);
    w.base |= put(flags | flags >> 2);
    w.letter |= put(flags);
    w.mark |= put(flags >> 1);
    w.single |= put(flags >> 5);
    w.space |= put(flags >> 6);
    w.fold |= put(flags >> 7 | bits >> 5);
    w.non_punct |= put((bits & kCpBitsPunctuation) == 0);
    w.ellipses += c == 0x2026;
    if ((flags & kCpPySpace) != 0) {
      w.line_break |= put(c == 0x85 || c == 0x2028 || c == 0x2029);
    }
  }
  w.single &= ~w.mark;
  return w;
}

// Word borders of both profiles in a block with non-ASCII characters.
HWY_INLINE void FinishWide(const uint8_t* text, size_t b, ChunkMasks* m,
                           ChunkCarry* carry, TextCounts* counts) {
  const WideBits w = Classify(text, b, *m);
  const uint64_t trail = m->trail[b];
  m->alpha[b] |= w.letter;
  m->fold[b] = m->upper[b] | w.fold;
  m->non_punct[b] = m->alnum[b] | w.non_punct;
  m->other_break[b] |= w.line_break;
  counts->ellipses += w.ellipses;

  const uint64_t space = m->space[b] | Spread(w.space, carry->space, trail);
  const uint64_t after_space = space << 1 | carry->space;
  m->space_begin[b] = ~space & after_space;
  m->space_end[b] = space & ~after_space;
  carry->space = space >> 63;

  const uint64_t alnum = m->alnum[b] | Spread(w.base, carry->alnum, trail);
  const uint64_t mark = Spread(w.mark, carry->mark, trail);
  const uint64_t single = Spread(w.single, carry->single, trail);
  // Marks belong to what is before their run: adding the first byte of such a
  // run to the runs carries through it and clears it.
  const auto attached = [&](uint64_t before) {
    return mark & ~(mark + (mark & before));
  };
  const uint64_t word = alnum | attached(alnum << 1 | carry->word);
  const uint64_t cluster = single | attached(single << 1 | carry->cluster);
  const uint64_t after_word = word << 1 | carry->word;
  const uint64_t cut =
      w.single | (alnum & ~trail & (cluster << 1 | carry->cluster));
  m->alnum_begin[b] = (word & ~after_word) | cut;
  m->alnum_end[b] = (~word | cut) & after_word;
  carry->alnum = alnum >> 63;
  carry->mark = mark >> 63;
  carry->single = single >> 63;
  carry->word = word >> 63;
  carry->cluster = cluster >> 63;
}

HWY_INLINE void FinishAscii(size_t b, ChunkMasks* m, ChunkCarry* carry) {
  const uint64_t space = m->space[b];
  const uint64_t after_space = space << 1 | carry->space;
  m->space_begin[b] = ~space & after_space;
  m->space_end[b] = space & ~after_space;
  carry->space = space >> 63;

  const uint64_t word = m->alnum[b];
  const uint64_t after_word = word << 1 | carry->word;
  const uint64_t cut = word & carry->cluster;
  m->fold[b] = m->upper[b];
  m->non_punct[b] = word;
  m->alnum_begin[b] = (word & ~after_word) | cut;
  m->alnum_end[b] = (~word | cut) & after_word;
  carry->alnum = carry->word = word >> 63;
  carry->mark = carry->single = carry->cluster = 0;
}

void ScanChunkImpl(const char* chars, size_t size, ChunkMasks* m,
                   ChunkCarry* carry, TextCounts* counts) {
  const auto* text = reinterpret_cast<const uint8_t*>(chars) + m->begin;
  const size_t left = size - m->begin;
  m->blocks = std::min(ChunkMasks::kBlocks, RangeBlocks(left));
  uint64_t high = 0;
  for (size_t b = 0; b < m->blocks; ++b) {
    // A block reads one byte beyond itself.
    if (b * 64 + 65 <= left) {
      ScanBlock(text + b * 64, b, m);
    } else {
      uint8_t last[64 + 1];
      std::memset(last, ' ', sizeof(last));
      std::memcpy(last, text + b * 64, left - b * 64);
      ScanBlock(last, b, m);
    }
    high |= m->high[b];
  }
  m->ascii = high == 0;

  uint64_t trail = 0;
  uint64_t words = 0;
  uint64_t line_feeds = 0;
  uint64_t hashes = 0;
  uint64_t other_breaks = 0;
  for (size_t b = 0; b < m->blocks; ++b) {
    if (m->high[b] == 0) {
      FinishAscii(b, m, carry);
    } else {
      FinishWide(text, b, m, carry, counts);
      trail += Count(m->trail[b]);
    }
    words += Count(m->space_begin[b]);
    line_feeds += Count(m->line_feed[b]);
    hashes += Count(m->hash[b]);
    other_breaks |= m->other_break[b];
    counts->ellipses += DotRuns(m->dot[b], &carry->dots);
  }
  counts->chars += std::min(left, m->blocks * 64) - trail;
  counts->words += words;
  counts->line_feeds += line_feeds;
  counts->hashes += hashes;
  if (other_breaks != 0) counts->only_line_feeds = false;
}

uint32_t CountTrailImpl(const ChunkMasks& m, const uint32_t* positions,
                        size_t count, uint32_t* out) {
  uint32_t before = 0;  // block b
  size_t b = 0;
  for (size_t i = 0; i < count; ++i) {
    const size_t at = positions[i] - m.begin;
    for (; b < at / 64; ++b) before += Count(m.trail[b]);
    out[i] = before + Count(m.trail[b] & ((1ULL << at % 64) - 1));
  }
  for (; b < m.blocks; ++b) before += Count(m.trail[b]);
  return before;
}

}  // namespace HWY_NAMESPACE
}  // namespace winnow
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace winnow {

HWY_EXPORT(ScanChunkImpl);
HWY_EXPORT(CountTrailImpl);

void ScanChunk(const char* text, size_t size, ChunkMasks* masks,
               ChunkCarry* carry, TextCounts* counts) {
  HWY_DYNAMIC_DISPATCH(ScanChunkImpl)(text, size, masks, carry, counts);
}

uint32_t CountTrail(const ChunkMasks& masks, const uint32_t* positions,
                    size_t count, uint32_t* out) {
  if (masks.ascii) {
    std::fill_n(out, count, 0U);
    return 0;
  }
  return HWY_DYNAMIC_DISPATCH(CountTrailImpl)(masks, positions, count, out);
}

}  // namespace winnow
#endif  // HWY_ONCE
