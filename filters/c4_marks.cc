// SPDX-License-Identifier: Apache-2.0
#include "filters/c4_marks.h"

#include <bit>
#include <cstring>

#include "pipeline/text/unicode.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "filters/c4_marks.cc"
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wold-style-cast"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#include "hwy/foreach_target.h"  // IWYU pragma: keep
#include "hwy/highway.h"
#pragma GCC diagnostic pop

#ifndef WINNOW_FILTERS_C4_MARKS_ONCE
#define WINNOW_FILTERS_C4_MARKS_ONCE
namespace winnow {

// Two neighbouring bytes, with bit 5 set, that are rare and stand in every
// occurrence of what we look for. '[' becomes '{' by that bit and needs no
// neighbour.
struct BytePair {
  uint8_t first;
  uint8_t second;
};
inline constexpr uint8_t kCurlyByte = '{';
inline constexpr BytePair kPairs[] = {
    {'p', 's'},    // lorem iPSum
    {'j', 'a'},    // JAvascript
    {'m', 's'},    // terMS of use
    {'c', 'y'},    // privaCY policy
    {'o', 'k'},    // coOKie
    {0xE2, 0xA4},  // KELVIN SIGN is E2 84 AA
};
inline constexpr size_t kBlockBytes = 64;

}  // namespace winnow
#endif

HWY_BEFORE_NAMESPACE();
namespace winnow {
namespace HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

// Sets bit i of bits[b] where text[64 * b + i] may be in a mark. Reads one byte
// beyond the last block.
void Propose(const uint8_t* text, size_t blocks, uint64_t* bits) {
#if HWY_TARGET == HWY_SCALAR
  for (size_t b = 0; b < blocks; ++b) {
    bits[b] = 0;
    for (size_t i = 0; i < kBlockBytes; ++i) {
      const uint8_t* at = text + b * kBlockBytes + i;
      bool hit = (at[0] | 0x20) == kCurlyByte;
      for (const BytePair& pair : kPairs) {
        hit |= (at[0] | 0x20) == pair.first && (at[1] | 0x20) == pair.second;
      }
      bits[b] |= uint64_t{hit} << i;
    }
  }
#else
  const hn::CappedTag<uint8_t, kBlockBytes> d;
  const size_t lanes = hn::Lanes(d);
  const auto bit5 = hn::Set(d, 0x20);
  const auto curly = hn::Set(d, kCurlyByte);
  for (size_t b = 0; b < blocks; ++b) {
    uint8_t bytes[kBlockBytes / 8 + 8];
    for (size_t i = 0; i < kBlockBytes; i += lanes) {
      const uint8_t* at = text + b * kBlockBytes + i;
      const auto here = hn::Or(hn::LoadU(d, at), bit5);
      const auto next = hn::Or(hn::LoadU(d, at + 1), bit5);
      auto hit = hn::Eq(here, curly);
      for (const BytePair& pair : kPairs) {
        hit = hn::Or(hit, hn::And(hn::Eq(here, hn::Set(d, pair.first)),
                                  hn::Eq(next, hn::Set(d, pair.second))));
      }
      hn::StoreMaskBits(d, hit, bytes + i / 8);
    }
    std::memcpy(bits + b, bytes, sizeof *bits);
  }
#endif
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace winnow
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace winnow {
namespace {

HWY_EXPORT(Propose);

constexpr size_t kChunkBlocks = 32;

char LowerAscii(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

// Whether text[at...] is `lower`, but for the case of ASCII letters. `at` may
// have wrapped below zero.
bool LowerEquals(std::string_view text, size_t at, std::string_view lower) {
  if (at > text.size() || text.size() - at < lower.size()) return false;
  for (size_t i = 0; i < lower.size(); ++i) {
    if (LowerAscii(text[at + i]) != lower[i]) return false;
  }
  return true;
}

bool IsCookiePhrase(std::string_view text, size_t at) {
  if (LowerEquals(text, at, "cookie policy")) return true;
  if (!LowerEquals(text, at, "cookies")) return false;
  return LowerEquals(text, at - 4, "use ") ||
         LowerEquals(text, at - 5, "uses ") ||
         LowerEquals(text, at - 7, "use of ");
}

// What stands at a proposed place, or 0.
unsigned Decide(std::string_view text, size_t at) {
  switch (text[at]) {
    case '[':
      return kMarkBracket;
    case '{':
      return kMarkCurly;
    case 'p':
    case 'P':
      return LowerEquals(text, at - 7, "lorem ipsum") ? kMarkLorem : 0;
    case 'j':
    case 'J':
      return LowerEquals(text, at, "javascript") ? kMarkJavascript : 0;
    case 'm':
    case 'M':
      return LowerEquals(text, at - 3, "terms of use") ? kMarkPolicy : 0;
    case 'c':
    case 'C':
      return LowerEquals(text, at - 5, "privacy policy") ? kMarkPolicy : 0;
    case 'o':
    case 'O':
      return IsCookiePhrase(text, at - 2) ? kMarkPolicy : 0;
    case '\xE2':
      return text.substr(at).starts_with("\xE2\x84\xAA") ? kMarkKelvin : 0;
    default:
      return 0;
  }
}

void DecideAll(std::string_view text, size_t begin, const uint64_t* bits,
               size_t blocks, std::vector<C4Mark>* marks) {
  for (size_t b = 0; b < blocks; ++b) {
    for (uint64_t rest = bits[b]; rest != 0; rest &= rest - 1) {
      const size_t at =
          begin + b * kBlockBytes + static_cast<size_t>(std::countr_zero(rest));
      if (const unsigned kind = Decide(text, at)) {
        marks->push_back(
            {static_cast<uint32_t>(at), static_cast<C4MarkKind>(kind)});
      }
    }
  }
}

}  // namespace

void FindC4Marks(std::string_view text, std::vector<C4Mark>* marks) {
  marks->clear();
  uint64_t bits[kChunkBlocks];
  size_t begin = 0;
  while (text.size() - begin > kBlockBytes) {
    // The kernel reads one byte more than its blocks have.
    size_t blocks = (text.size() - begin - 1) / kBlockBytes;
    if (blocks > kChunkBlocks) blocks = kChunkBlocks;
    HWY_DYNAMIC_DISPATCH(Propose)
    (reinterpret_cast<const uint8_t*>(text.data()) + begin, blocks, bits);
    DecideAll(text, begin, bits, blocks, marks);
    begin += blocks * kBlockBytes;
  }
  uint8_t tail[kBlockBytes + 1] = {};
  if (begin == text.size()) return;
  std::memcpy(tail, text.data() + begin, text.size() - begin);
  HWY_DYNAMIC_DISPATCH(Propose)(tail, 1, bits);
  DecideAll(text, begin, bits, 1, marks);
}

size_t CitationLength(std::string_view text, size_t at) {
  size_t pos = at + 1;
  for (const std::string_view word : {"edit]", "citation needed]"}) {
    if (text.substr(pos).starts_with(word)) return 1 + word.size();
  }
  while (pos < text.size()) {
    if (text[pos] == ']') return pos + 1 - at;
    if (CodePoint(DecodeUtf8(text, &pos)).category != Category::kNd) break;
  }
  return 0;
}

}  // namespace winnow
#endif  // HWY_ONCE
