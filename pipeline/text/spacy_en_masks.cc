// SPDX-License-Identifier: Apache-2.0
#include "pipeline/text/spacy_en_masks.h"

#include <array>
#include <cstring>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wold-style-cast"
#pragma GCC diagnostic ignored "-Wcast-qual"
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "pipeline/text/spacy_en_masks.cc"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"
#pragma GCC diagnostic pop

HWY_BEFORE_NAMESPACE();
namespace winnow {
namespace HWY_NAMESPACE {

constexpr size_t kBlock = 64;

#if HWY_TARGET == HWY_SCALAR
void Masks(const uint8_t* HWY_RESTRICT text, uint64_t* white, uint64_t* letter,
           uint64_t* look) {
  *white = *letter = *look = 0;
  for (size_t i = 0; i < kBlock; ++i) {
    const unsigned c = text[i];
    const uint64_t bit = uint64_t{1} << i;
    if (c == ' ' || c - 0x09 <= 4 || c - 0x1C <= 3) *white |= bit;
    if ((c | 0x20) - 'a' < 26) *letter |= bit;
    if (c >= 0x80 || c == '.' || c == '!' || c == '?') *look |= bit;
  }
}
#else
namespace hn = hwy::HWY_NAMESPACE;

void Masks(const uint8_t* HWY_RESTRICT text, uint64_t* white, uint64_t* letter,
           uint64_t* look) {
  const hn::CappedTag<uint8_t, kBlock> d;
  const size_t lanes = hn::Lanes(d);
  const auto at_most = [&](auto v, uint8_t most) HWY_ATTR {
    return hn::Eq(hn::Min(v, hn::Set(d, most)), v);
  };
  const auto from = [&](auto v, uint8_t first)
                        HWY_ATTR { return hn::Sub(v, hn::Set(d, first)); };
  const auto is = [&](auto v, char c) HWY_ATTR {
    return hn::Eq(v, hn::Set(d, static_cast<uint8_t>(c)));
  };
  for (size_t i = 0; i < kBlock; i += lanes) {
    const auto c = hn::LoadU(d, text + i);
    const auto w = hn::Or(hn::Or(is(c, ' '), at_most(from(c, 0x09), 4)),
                          at_most(from(c, 0x1C), 3));
    const auto l = at_most(from(hn::Or(c, hn::Set(d, 0x20)), 'a'), 25);
    const auto s = hn::Or(hn::Or(is(c, '.'), is(c, '!')),
                          hn::Or(is(c, '?'), hn::Not(at_most(c, 0x7F))));
    hn::StoreMaskBits(d, w, reinterpret_cast<uint8_t*>(white) + i / 8);
    hn::StoreMaskBits(d, l, reinterpret_cast<uint8_t*>(letter) + i / 8);
    hn::StoreMaskBits(d, s, reinterpret_cast<uint8_t*>(look) + i / 8);
  }
}
#endif

void Fill(const uint8_t* HWY_RESTRICT text, size_t size, uint64_t* white,
          uint64_t* letter, uint64_t* look) {
  const size_t blocks = size / kBlock;
  for (size_t i = 0; i < blocks; ++i) {
    Masks(text + i * kBlock, white + i, letter + i, look + i);
  }
  std::array<uint8_t, kBlock> tail;
  tail.fill(' ');
  const size_t rest = size % kBlock;
  if (rest != 0) std::memcpy(tail.data(), text + blocks * kBlock, rest);
  Masks(tail.data(), white + blocks, letter + blocks, look + blocks);
}

}  // namespace HWY_NAMESPACE
}  // namespace winnow
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace winnow {

HWY_EXPORT(Fill);

void FillSpacyMasks(std::string_view text, SpacyMasks* masks) {
  const size_t words = text.size() / 64 + 2;
  masks->white.resize(words);
  masks->letter.resize(words);
  masks->look.resize(words);
  HWY_DYNAMIC_DISPATCH(Fill)
  (reinterpret_cast<const uint8_t*>(text.data()), text.size(),
   masks->white.data(), masks->letter.data(), masks->look.data());
  masks->white.back() = ~uint64_t{0};
  masks->letter.back() = 0;
  masks->look.back() = 0;
}

}  // namespace winnow
#endif  // HWY_ONCE
