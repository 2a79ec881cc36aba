// SPDX-License-Identifier: Apache-2.0
// Units of cl100k and o200k, 64 bytes at a time. A window begins where a unit
// does, so nothing before it matters. Each class of characters becomes a mask
// with one bit a byte, and the beginnings of units are found for the whole
// window by shifts of the masks. With L, N, O (neither nor white), blank (white
// but CR, LF) and newline (CR, LF), a character begins a unit if it is
//
//   L        after N, after a newline, or after an O that begins no unit
//   N        after anything else, and every third N of a run
//   O        after anything but O and U+0020
//   newline  after L or N
//   blank    after L, N, O; or before anything that is not white
//
// What that leaves together stays together in both patterns, or is one unit of
// several pieces: "HelloWorld", "don't" (an apostrophe between two L begins no
// unit, nor does the L after it), "\n  \n ". A mark after L or another mark is
// taken as L, as in o200k; cl100k makes it O, so what may follow differs.
//
// Where the masks do not decide, the window ends and UnitEnd() goes on: at N
// and white space of more than one byte, at a mark that does not follow L, at O
// or a newline after a mark, at "/" after newlines after O.
#include "stats/tokens/unit_scanner.h"

#include <bit>
#include <cstring>

#include "stats/tokens/char_class.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "stats/tokens/unit_scanner.cc"
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wold-style-cast"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#include "hwy/foreach_target.h"  // IWYU pragma: keep
#include "hwy/highway.h"
#pragma GCC diagnostic pop

#ifndef WINNOW_STATS_TOKENS_UNIT_SCANNER_ONCE
#define WINNOW_STATS_TOKENS_UNIT_SCANNER_ONCE
namespace winnow {

inline constexpr size_t kWindow = 64;
// What is read of the text: the characters that begin in the window.
inline constexpr size_t kWindowRead = kWindow + 2;

// One bit a byte, the first byte in the lowest bit.
struct WindowMasks {
  uint64_t letter = 0;
  uint64_t number = 0;
  uint64_t white = 0;
  uint64_t newline = 0;
  uint64_t space = 0;  // U+0020
  uint64_t apostrophe = 0;
  uint64_t slash = 0;
  uint64_t high = 0;  // bytes of characters beyond ASCII
};

}  // namespace winnow
#endif

HWY_BEFORE_NAMESPACE();
namespace winnow {
namespace HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

// Reads 64 bytes.
HWY_INLINE WindowMasks Classify(const char* text) {
  WindowMasks masks;
#if HWY_TARGET == HWY_SCALAR
  const CharClasses& classes = CharClasses::Get();
  for (size_t i = 0; i < kWindow; ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const uint64_t bit = uint64_t{1} << i;
    if (c >= 0x80) {
      masks.high |= bit;
      continue;
    }
    const uint8_t flags = classes.of_ascii(c);
    if ((flags & kClassLetter) != 0) masks.letter |= bit;
    if ((flags & kClassNumber) != 0) masks.number |= bit;
    if ((flags & kClassWhite) != 0) masks.white |= bit;
    if ((flags & kClassNewline) != 0) masks.newline |= bit;
    if (c == ' ') masks.space |= bit;
    if (c == '\'') masks.apostrophe |= bit;
    if (c == '/') masks.slash |= bit;
  }
#else
  const hn::CappedTag<uint8_t, kWindow> d;
  const size_t lanes = hn::Lanes(d);
  const auto value = [&](char c) HWY_ATTR {
    return hn::Set(d, static_cast<uint8_t>(c));
  };
  for (size_t i = 0; i < kWindow; i += lanes) {
    const auto c = hn::LoadU(d, reinterpret_cast<const uint8_t*>(text) + i);
    const auto put = [&](auto mask, uint64_t* bits) HWY_ATTR {
      uint64_t part = 0;
      hn::StoreMaskBits(d, mask, reinterpret_cast<uint8_t*>(&part));
      *bits |= part << i;
    };
    const auto space = hn::Eq(c, value(' '));
    const auto newline = hn::Or(hn::Eq(c, value('\n')), hn::Eq(c, value('\r')));
    put(hn::Lt(hn::Sub(hn::Or(c, value(' ')), value('a')),
               hn::Set(d, uint8_t{26})),
        &masks.letter);
    put(hn::Lt(hn::Sub(c, value('0')), hn::Set(d, uint8_t{10})), &masks.number);
    put(hn::Or(space, hn::Lt(hn::Sub(c, value('\t')), hn::Set(d, uint8_t{5}))),
        &masks.white);
    put(newline, &masks.newline);
    put(space, &masks.space);
    put(hn::Eq(c, value('\'')), &masks.apostrophe);
    put(hn::Eq(c, value('/')), &masks.slash);
    put(hn::Gt(c, hn::Set(d, uint8_t{0x7F})), &masks.high);
  }
#endif
  return masks;
}

// What is beyond ASCII: lead bytes by length, and what the masks cannot decide.
struct HighMasks {
  uint64_t lead[3] = {};  // first bytes of characters of 2, 3, 4 bytes
  uint64_t mark = 0;
  uint64_t undecided = 0;
};

#if HWY_TARGET != HWY_SCALAR
// Takes out of masks->high the characters of the scripts that are most written,
// where a range of lead and following bytes is all letters or all symbols.
// Reads kWindowRead bytes.
HWY_INLINE void ClassifyPlain(const char* text, WindowMasks* masks,
                              HighMasks* found) {
  const hn::CappedTag<uint8_t, kWindow> d;
  const hn::RebindToSigned<decltype(d)> signed_d;
  uint64_t letters2 = 0;
  uint64_t letters3 = 0;
  uint64_t symbols3 = 0;
  for (size_t i = 0; i < kWindow; i += hn::Lanes(d)) {
    const auto* bytes = reinterpret_cast<const uint8_t*>(text) + i;
    const auto a = hn::LoadU(d, bytes);
    const auto b = hn::LoadU(d, bytes + 1);
    const auto c = hn::LoadU(d, bytes + 2);
    const auto is = [&](auto v, int value) HWY_ATTR {
      return hn::Eq(v, hn::Set(d, static_cast<uint8_t>(value)));
    };
    const auto in = [&](auto v, int low, int high) HWY_ATTR {
      return hn::Lt(hn::Sub(v, hn::Set(d, static_cast<uint8_t>(low))),
                    hn::Set(d, static_cast<uint8_t>(high - low + 1)));
    };
    // 80-BF are the lowest signed bytes.
    const auto continues = [&](auto v) HWY_ATTR {
      return hn::RebindMask(
          d, hn::Lt(hn::BitCast(signed_d, v), hn::Set(signed_d, int8_t{-64})));
    };
    const auto put = [&](auto mask, uint64_t* bits) HWY_ATTR {
      uint64_t part = 0;
      hn::StoreMaskBits(d, mask, reinterpret_cast<uint8_t*>(&part));
      *bits |= part << i;
    };
    const auto cb = continues(b);
    const auto cbc = hn::And(cb, continues(c));
    // Latin with accents, Greek, Cyrillic.
    const auto latin =
        hn::Or(in(a, 0xC4, 0xC9),
               hn::AndNot(hn::Or(is(b, 0x97), is(b, 0xB7)), is(a, 0xC3)));
    const auto greek =
        hn::Or(hn::AndNot(is(b, 0xA2), hn::And(is(a, 0xCE), in(b, 0x91, 0xBF))),
               hn::And(is(a, 0xCF), in(b, 0x80, 0x8F)));
    put(hn::And(cb, hn::Or(hn::Or(latin, greek), in(a, 0xD0, 0xD1))),
        &letters2);
    // Han U+4E00-9FFF; Hangul U+AC00-D77F; kana; Latin U+1E00-1EFF.
    const auto han =
        hn::Or(in(a, 0xE5, 0xE9), hn::And(is(a, 0xE4), in(b, 0xB8, 0xBF)));
    const auto hangul = hn::Or(in(a, 0xEB, 0xEC),
                               hn::Or(hn::And(is(a, 0xEA), in(b, 0xB0, 0xBF)),
                                      hn::And(is(a, 0xED), in(b, 0x80, 0x9D))));
    const auto kana = hn::And(
        is(a, 0xE3),
        hn::Or(hn::And(is(b, 0x81), in(c, 0x81, 0xBF)),
               hn::Or(hn::And(is(b, 0x82),
                              hn::Or(in(c, 0x80, 0x96), in(c, 0xA1, 0xBF))),
                      hn::AndNot(is(c, 0xBB), is(b, 0x83)))));
    const auto vietnamese = hn::And(is(a, 0xE1), in(b, 0xB8, 0xBB));
    put(hn::And(cbc, hn::Or(hn::Or(han, hangul), hn::Or(kana, vietnamese))),
        &letters3);
    // U+2010-2027; U+3001-3002, U+300C-3011; U+FF01-FF0F, U+FF1A-FF20.
    const auto quotes =
        hn::And(hn::And(is(a, 0xE2), is(b, 0x80)), in(c, 0x90, 0xA7));
    const auto cjk = hn::And(hn::And(is(a, 0xE3), is(b, 0x80)),
                             hn::Or(in(c, 0x81, 0x82), in(c, 0x8C, 0x91)));
    const auto wide = hn::And(hn::And(is(a, 0xEF), is(b, 0xBC)),
                              hn::Or(in(c, 0x81, 0x8F), in(c, 0x9A, 0xA0)));
    put(hn::Or(quotes, hn::Or(cjk, wide)), &symbols3);
  }
  const uint64_t letters =
      letters2 | letters2 << 1 | letters3 | letters3 << 1 | letters3 << 2;
  masks->letter |= letters;
  masks->high &= ~(letters | symbols3 | symbols3 << 1 | symbols3 << 2);
  found->lead[1] |= symbols3;
}
#endif

// Adds the characters beyond ASCII of the window at text[pos] to the masks.
// `window` is the same text, readable for kWindowRead bytes.
HWY_INLINE HighMasks ClassifyHigh(std::string_view text, size_t pos,
                                  const char* window, WindowMasks* masks) {
  const CharClasses& classes = CharClasses::Get();
  HighMasks found;
#if HWY_TARGET == HWY_SCALAR
  static_cast<void>(window);
#else
  // For a quotation mark or two it does not pay.
  if (std::popcount(masks->high) > 9) ClassifyPlain(window, masks, &found);
#endif
  uint64_t left = masks->high;
  while (left != 0) {
    const auto i = static_cast<size_t>(std::countr_zero(left));
    if (pos + i >= text.size()) break;  // padding
    size_t next = 0;
    const uint8_t flags = classes.At(text, pos + i, &next);
    const size_t length = next - pos - i;
    const uint64_t bytes = ((uint64_t{1} << length) - 1) << i;
    const uint64_t lead = uint64_t{1} << i;
    left &= ~bytes;
    if (length > 1) found.lead[length - 2] |= lead;
    if ((flags & kClassLetter) != 0) {
      masks->letter |= bytes;
    } else if ((flags & kClassMark) != 0) {
      // Alone it may be a prefix or a symbol, and nobody's letter.
      if ((masks->letter << 1 & lead) == 0) found.undecided |= lead;
      masks->letter |= bytes;
      found.mark |= bytes;
    } else if ((flags & (kClassNumber | kClassWhite)) != 0) {
      found.undecided |= lead;
      if ((flags & kClassWhite) != 0) masks->white |= bytes;
      if ((flags & kClassNumber) != 0) masks->number |= bytes;
    }
  }
  return found;
}

// Bits of the characters that begin a unit. Exact below the first undecided
// bit and below the last byte of the window, whose neighbour is not seen.
HWY_INLINE uint64_t UnitStarts(const WindowMasks& m, const HighMasks& high,
                               uint64_t* undecided) {
  const uint64_t other = ~(m.letter | m.number | m.white);
  const uint64_t after_letter = m.letter << 1;
  const uint64_t after_other = other << 1;
  const uint64_t joint = m.apostrophe & after_letter & m.letter >> 1;

  const uint64_t others = other & ~after_other & ~(m.space << 1) & ~joint;
  // The last byte of the first character of an O run that begins a unit: a
  // letter after it belongs to it.
  const uint64_t multibyte = high.lead[0] | high.lead[1] | high.lead[2];
  uint64_t prefixes = others & ~multibyte;
  if (multibyte != 0) {
    prefixes |= (others & high.lead[0]) << 1 | (others & high.lead[1]) << 2 |
                (others & high.lead[2]) << 3;
  }
  const uint64_t blank = m.white & ~m.newline;
  const uint64_t letters =
      m.letter & ~after_letter & ~((blank | prefixes | joint) << 1);
  uint64_t numbers = m.number & ~(m.number << 1);
  const uint64_t third = m.number & m.number << 1 & m.number << 2;
  for (uint64_t more = numbers << 3 & third; more != 0;
       more = more << 3 & third) {
    numbers |= more;
  }
  const uint64_t whites =
      (m.white & ~(m.white << 1) & ~(m.newline & after_other)) |
      (blank & ~(m.white >> 1));

  *undecided = high.undecided;
  if (high.mark != 0) *undecided |= (high.mark << 1) & (other | m.newline);
  if (m.slash != 0) {
    // The carry of the addition runs through the newlines after O.
    const uint64_t tails = m.newline & after_other;
    *undecided |= (m.newline + tails) & ~m.newline & m.slash;
  }
  return others | letters | numbers | whites;
}

size_t ScanModern(std::string_view text, size_t pos, std::span<size_t> ends) {
  size_t n = 0;
  while (pos < text.size() && ends.size() - n >= kUnitRoom) {
    const size_t left = text.size() - pos;
    const char* window = text.data() + pos;
    char padded[kWindowRead];
    if (left < kWindowRead) [[unlikely]] {
      // Spaces after the end, so that white space at the end stays together.
      std::memset(padded, ' ', kWindowRead);
      std::memcpy(padded, window, left);
      window = padded;
    }
    // The last byte cannot be judged unless the text ends before it: its
    // neighbour is outside.
    uint64_t usable = ~uint64_t{0} >> (left < kWindow ? kWindow - left : 1);
    WindowMasks masks = Classify(window);
    HighMasks high;
    if (masks.high != 0) high = ClassifyHigh(text, pos, window, &masks);
    uint64_t undecided = 0;
    uint64_t starts = UnitStarts(masks, high, &undecided);
    undecided &= usable;
    // Below the lowest undecided bit.
    if (undecided != 0) usable = (undecided & (~undecided + 1)) - 1;
    starts &= usable & ~uint64_t{1};
    size_t last = pos;
    for (; starts != 0; starts &= starts - 1) {
      last = pos + static_cast<size_t>(std::countr_zero(starts));
      ends[n++] = last;
    }
    if (undecided != 0 || (last == pos && left >= kWindow)) {
      // One unit that the masks do not end.
      last = UnitEnd(UnitFamily::kModern, text, last);
      ends[n++] = last;
    } else if (left < kWindow) {
      ends[n++] = last = text.size();
    }
    pos = last;
  }
  return n;
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace winnow
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace winnow {

HWY_EXPORT(ScanModern);

size_t UnitEnd(UnitFamily family, std::string_view text, size_t pos) {
  if (family == UnitFamily::kGpt2) {
    return PieceEnd<TokenPattern::kGpt2>(text, pos);
  }
  // Whichever is behind takes a step, until both stand at one place.
  size_t a = PieceEnd<TokenPattern::kCl100k>(text, pos);
  size_t b = PieceEnd<TokenPattern::kO200k>(text, pos);
  while (a != b) {
    if (a < b) {
      a = PieceEnd<TokenPattern::kCl100k>(text, a);
    } else {
      b = PieceEnd<TokenPattern::kO200k>(text, b);
    }
  }
  return a;
}

size_t ScanUnits(UnitFamily family, std::string_view text, size_t pos,
                 std::span<size_t> ends) {
  if (family == UnitFamily::kModern) {
    return HWY_DYNAMIC_DISPATCH(ScanModern)(text, pos, ends);
  }
  size_t n = 0;
  while (n < ends.size() && pos < text.size()) {
    pos = PieceEnd<TokenPattern::kGpt2>(text, pos);
    ends[n++] = pos;
  }
  return n;
}

}  // namespace winnow
#endif  // HWY_ONCE
