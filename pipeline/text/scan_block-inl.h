// SPDX-License-Identifier: Apache-2.0
// Per-target part of chunk_masks.cc: the masks that need only a look at the
// bytes, 64 bytes at a time.
#if defined(WINNOW_PIPELINE_TEXT_SCAN_BLOCK_INL_H_) == \
    defined(HWY_TARGET_TOGGLE)
#ifdef WINNOW_PIPELINE_TEXT_SCAN_BLOCK_INL_H_
#undef WINNOW_PIPELINE_TEXT_SCAN_BLOCK_INL_H_
#else
#define WINNOW_PIPELINE_TEXT_SCAN_BLOCK_INL_H_
#endif

#include <hwy/highway.h>

#include "pipeline/text/chunk_masks.h"

HWY_BEFORE_NAMESPACE();
namespace winnow {
namespace HWY_NAMESPACE {

#if HWY_TARGET == HWY_SCALAR

// The plain loop: what the vector code must equal.
HWY_INLINE void ScanBlock(const uint8_t* p, size_t b, ChunkMasks* m) {
  m->space[b] = m->alnum[b] = m->alpha[b] = m->upper[b] = 0;
  m->line_feed[b] = m->other_break[b] = m->hash[b] = m->dot[b] = 0;
  m->high[b] = m->trail[b] = m->syllable[b] = m->han[b] = 0;
  for (size_t i = 0; i < 64; ++i) {
    const unsigned c = p[i];
    const unsigned next = p[i + 1];
    const auto set = [&](uint64_t* mask, bool on) {
      mask[b] |= static_cast<uint64_t>(on) << i;
    };
    const bool lower = c >= 'a' && c <= 'z';
    const bool upper = c >= 'A' && c <= 'Z';
    set(m->space, (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x20));
    set(m->alnum, lower || upper || (c >= '0' && c <= '9'));
    set(m->alpha, lower || upper);
    set(m->upper, upper);
    set(m->line_feed, c == '\n');
    set(m->other_break, (c >= 0x0B && c <= 0x0D) || (c >= 0x1C && c <= 0x1E));
    set(m->hash, c == '#');
    set(m->dot, c == '.');
    set(m->high, c >= 0x80);
    set(m->trail, c >= 0x80 && c < 0xC0);
    set(m->syllable, c == 0xEB || c == 0xEC || (c == 0xEA && next >= 0xB0) ||
                         (c == 0xED && next <= 0x9D));
    set(m->han, (c >= 0xE5 && c <= 0xE9) || (c == 0xE4 && next >= 0xB8));
  }
}

#else

namespace hn = hwy::HWY_NAMESPACE;
using Bytes = hn::CappedTag<uint8_t, 64>;
using V = hn::Vec<Bytes>;
using M = hn::Mask<Bytes>;

// first <= v < first + count.
HWY_INLINE M InRange(Bytes d, V v, int first, int count) {
  const auto x = hn::Sub(v, hn::Set(d, static_cast<uint8_t>(first)));
  return hn::Eq(hn::Min(x, hn::Set(d, static_cast<uint8_t>(count - 1))), x);
}

HWY_INLINE M Is(Bytes d, V v, int byte) {
  return hn::Eq(v, hn::Set(d, static_cast<uint8_t>(byte)));
}

// Masks of blocks with non-ASCII characters; `next` is `v` one byte on.
HWY_INLINE void ScanWide(Bytes d, V v, V next, size_t at, size_t b,
                         ChunkMasks* m) {
  const auto store = [&](uint64_t* mask, M bits) HWY_ATTR {
    hn::StoreMaskBits(d, bits, reinterpret_cast<uint8_t*>(mask + b) + at / 8);
  };
  store(m->trail, InRange(d, v, 0x80, 0x40));
  // All of EB and EC, EA from B0 on, ED up to 9D: U+AC00..U+D77F. The few
  // syllables of ED 9E are left to the tables.
  store(m->syllable,
        hn::Or(InRange(d, v, 0xEB, 2),
               hn::Or(hn::And(Is(d, v, 0xEA), InRange(d, next, 0xB0, 0x50)),
                      hn::And(Is(d, v, 0xED), InRange(d, next, 0, 0x9E)))));
  store(m->han, hn::Or(InRange(d, v, 0xE5, 5),
                       hn::And(Is(d, v, 0xE4), InRange(d, next, 0xB8, 0x48))));
}

HWY_INLINE void ScanBlock(const uint8_t* p, size_t b, ChunkMasks* m) {
  const Bytes d;
  auto all = hn::Zero(d);
  for (size_t at = 0; at < 64; at += hn::Lanes(d)) {
    const auto v = hn::LoadU(d, p + at);
    const auto store = [&](uint64_t* mask, M bits) HWY_ATTR {
      hn::StoreMaskBits(d, bits, reinterpret_cast<uint8_t*>(mask + b) + at / 8);
    };
    const M alpha = InRange(d, hn::Or(v, hn::Set(d, 0x20)), 'a', 26);
    const M high = InRange(d, v, 0x80, 0x80);
    store(m->space, hn::Or(InRange(d, v, 0x09, 5), InRange(d, v, 0x1C, 5)));
    store(m->alnum, hn::Or(alpha, InRange(d, v, '0', 10)));
    store(m->alpha, alpha);
    store(m->upper, InRange(d, v, 'A', 26));
    store(m->line_feed, Is(d, v, '\n'));
    store(m->other_break,
          hn::Or(InRange(d, v, 0x0B, 3), InRange(d, v, 0x1C, 3)));
    store(m->hash, Is(d, v, '#'));
    store(m->dot, Is(d, v, '.'));
    store(m->high, high);
    all = hn::Or(all, v);
  }
  if (hn::AllFalse(d, InRange(d, all, 0x80, 0x80))) {
    m->trail[b] = 0;
    return;
  }
  for (size_t at = 0; at < 64; at += hn::Lanes(d)) {
    ScanWide(d, hn::LoadU(d, p + at), hn::LoadU(d, p + at + 1), at, b, m);
  }
}

#endif  // HWY_TARGET == HWY_SCALAR

}  // namespace HWY_NAMESPACE
}  // namespace winnow
HWY_AFTER_NAMESPACE();

#endif  // toggle
