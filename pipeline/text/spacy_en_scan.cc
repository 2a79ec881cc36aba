// SPDX-License-Identifier: Apache-2.0
// Bit maps of 64 bytes: where chunks begin and end follows from the white-space
// map and its neighbour bit; adding the begins to the letter map lets a carry
// run through each leading run of letters and come out behind it.
#include "pipeline/text/spacy_en_scan.h"

#include <algorithm>
#include <array>
#include <cstring>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wold-style-cast"
#pragma GCC diagnostic ignored "-Wcast-qual"
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "pipeline/text/spacy_en_scan.cc"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"
#pragma GCC diagnostic pop

HWY_BEFORE_NAMESPACE();
namespace winnow {
namespace HWY_NAMESPACE {

constexpr size_t kBlock = 64;

#if HWY_TARGET == HWY_SCALAR

void BlockMasks(const uint8_t* HWY_RESTRICT text, uint64_t* white,
                uint64_t* letter) {
  *white = *letter = 0;
  for (size_t i = 0; i < kBlock; ++i) {
    const unsigned c = text[i];
    const uint64_t bit = uint64_t{1} << i;
    if (c == ' ' || c - 0x09 <= 4 || c - 0x1C <= 3) *white |= bit;
    if ((c | 0x20) - 'a' < 26) *letter |= bit;
  }
}

#else

namespace hn = hwy::HWY_NAMESPACE;
using Tag = hn::CappedTag<uint8_t, kBlock>;
using V = hn::Vec<Tag>;
using M = hn::Mask<Tag>;

HWY_INLINE V Byte(int c) { return hn::Set(Tag(), static_cast<uint8_t>(c)); }

// first <= c <= first + span
HWY_INLINE M InSpan(V c, int first, int span) {
  const V offset = hn::Sub(c, Byte(first));
  return hn::Eq(hn::Min(offset, Byte(span)), offset);
}

HWY_INLINE void BlockMasks(const uint8_t* HWY_RESTRICT text, uint64_t* white,
                           uint64_t* letter) {
  const Tag d;
  alignas(8) uint8_t white_bytes[8];
  alignas(8) uint8_t letter_bytes[8];
  for (size_t i = 0; i < kBlock; i += hn::Lanes(d)) {
    const V c = hn::LoadU(d, text + i);
    const M space = hn::Or(hn::Eq(c, Byte(' ')),
                           hn::Or(InSpan(c, 0x09, 4), InSpan(c, 0x1C, 3)));
    hn::StoreMaskBits(d, space, white_bytes + i / 8);
    hn::StoreMaskBits(d, InSpan(hn::Or(c, Byte(0x20)), 'a', 25),
                      letter_bytes + i / 8);
  }
  std::memcpy(white, white_bytes, sizeof *white);
  std::memcpy(letter, letter_bytes, sizeof *letter);
}

#endif

// Writes base + position of each bit; may write up to seven more.
HWY_INLINE uint32_t* Positions(uint64_t bits, uint32_t base, uint32_t* out) {
  // A set bit to find when all are used up: the builtin needs one.
  constexpr uint64_t kGuard = uint64_t{1} << 63;
  uint32_t* const end = out + __builtin_popcountll(bits);
  while (out < end) {
    for (int i = 0; i < 8; ++i) {
      out[i] = base + static_cast<uint32_t>(__builtin_ctzll(bits | kGuard));
      bits &= bits - 1;
    }
    out += 8;
  }
  return end;
}

HWY_INLINE void ScanBlock(const uint8_t* HWY_RESTRICT text, uint32_t base,
                          SpacyScanCarry* carry, SpacyChunkList* list) {
  uint64_t white;
  uint64_t letter;
  BlockMasks(text, &white, &letter);
  const uint64_t before = ~white << 1 | carry->in_chunk;
  const uint64_t begins = ~white & ~before;
  const uint64_t ends = white & before;
  const uint64_t sum = letter + begins;
  const uint64_t all = sum + carry->in_letters;
  carry->in_chunk = ~white >> 63;
  carry->in_letters = sum < letter || all < sum ? 1 : 0;
  const auto write = [base](uint64_t bits,
                            std::array<uint32_t, SpacyChunkList::kRoom>* out,
                            uint32_t* size) HWY_ATTR {
    uint32_t* const data = out->data();
    *size = static_cast<uint32_t>(Positions(bits, base, data + *size) - data);
  };
  write(begins, &list->begin, &carry->begins);
  write(all & ~letter, &list->letters, &carry->letters);
  write(ends, &list->end, &carry->ends);
}

// Scans up to kBytes from `pos` on; beyond the text is white space. Returns the
// position reached.
size_t Scan(const uint8_t* HWY_RESTRICT text, size_t size, size_t pos,
            SpacyScanCarry* out_carry, SpacyChunkList* list) {
  SpacyScanCarry carry = *out_carry;
  const size_t stop =
      size - pos < SpacyChunkList::kBytes ? size : pos + SpacyChunkList::kBytes;
  for (; pos + kBlock <= stop; pos += kBlock) {
    ScanBlock(text + pos, static_cast<uint32_t>(pos), &carry, list);
  }
  if (stop == size) {
    uint8_t tail[kBlock];
    std::memset(tail, ' ', kBlock);
    if (pos < size) std::memcpy(tail, text + pos, size - pos);
    ScanBlock(tail, static_cast<uint32_t>(pos), &carry, list);
    pos += kBlock;
  }
  *out_carry = carry;
  return pos;
}

}  // namespace HWY_NAMESPACE
}  // namespace winnow
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace winnow {

HWY_EXPORT(Scan);

void SpacyChunkScanner::Start(std::string_view text) {
  text_ = text;
  pos_ = 0;
  done_ = false;
  carry_ = SpacyScanCarry();
}

bool SpacyChunkScanner::Next() {
  do {
    // A chunk without an end yet moves to the front.
    if (carry_.begins > carry_.ends) list_.begin[0] = list_.begin[carry_.ends];
    if (carry_.letters > carry_.ends) {
      list_.letters[0] = list_.letters[carry_.ends];
    }
    carry_.begins -= carry_.ends;
    carry_.letters -= carry_.ends;
    carry_.ends = 0;
    if (done_) return false;
    pos_ = HWY_DYNAMIC_DISPATCH(Scan)(
        reinterpret_cast<const uint8_t*>(text_.data()), text_.size(), pos_,
        &carry_, &list_);
    done_ = pos_ > text_.size();
  } while (carry_.ends == 0);
  return true;
}

}  // namespace winnow
#endif  // HWY_ONCE
