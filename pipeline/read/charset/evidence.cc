// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/charset/evidence.h"

#include <array>
#include <initializer_list>

namespace winnow {
namespace {

enum Kind : uint8_t {
  kSpace,  // white space, and what else separates words
  kLower,  // letters, in windows-1252 where they are high
  kUpper,
  kMark,       // quotes, dashes, dots: they stand at words
  kSymbol,     // no part of a word
  kUndefined,  // no character in windows-1252
};

constexpr std::array<Kind, 256> MakeKinds() {
  std::array<Kind, 256> kinds{};
  for (unsigned b = 0; b < 256; ++b) {
    kinds[b] = kSpace;
    if (b >= 'a' && b <= 'z') kinds[b] = kLower;
    if (b >= 'A' && b <= 'Z') kinds[b] = kUpper;
    if (b >= 0x80 && b < 0xC0) kinds[b] = kSymbol;
    if (b >= 0xC0) kinds[b] = b < 0xDF ? kUpper : kLower;
  }
  for (const uint8_t b : std::initializer_list<uint8_t>{
           0x82, 0x84, 0x85, 0x8B, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97,
           0x9B, 0xA0, 0xAB, 0xB7, 0xBB, 0xAD}) {
    kinds[b] = kMark;
  }
  for (const uint8_t b : std::initializer_list<uint8_t>{0x8A, 0x8C, 0x8E, 0x9F})
    kinds[b] = kUpper;
  for (const uint8_t b :
       std::initializer_list<uint8_t>{0x83, 0x9A, 0x9C, 0x9E, 0xAA, 0xBA}) {
    kinds[b] = kLower;
  }
  for (const uint8_t b :
       std::initializer_list<uint8_t>{0x81, 0x8D, 0x8F, 0x90, 0x9D}) {
    kinds[b] = kUndefined;
  }
  kinds[0xD7] = kinds[0xF7] = kSymbol;
  return kinds;
}

constexpr std::array<Kind, 256> kKinds = MakeKinds();

bool IsLetter(Kind kind) { return kind == kLower || kind == kUpper; }

bool IsOdd(Kind before, Kind kind, Kind behind) {
  switch (kind) {
    case kUndefined:
      return true;
    case kSymbol:
      return IsLetter(before) && IsLetter(behind);
    case kUpper:
      return before == kLower && behind == kLower;
    default:
      return false;
  }
}

void CountPairs(const unsigned char* run, size_t length, ByteEvidence* e) {
  size_t i = 0;
  while (i + 1 < length) {
    const unsigned lead = run[i];
    if (lead < 0xA1 || lead == 0xFF || run[i + 1] < 0xA1) {
      ++e->broken;
      ++i;
      continue;
    }
    ++e->pairs;
    e->hangul += lead >= 0xB0 && lead <= 0xC8;
    e->hanzi += lead >= 0xB0 && lead <= 0xD7;
    e->kana += lead == 0xA4 || lead == 0xA5;
    e->symbols += lead <= 0xA3;
    i += 2;
  }
  e->broken += length - i;
}

}  // namespace

ByteEvidence LookAt(std::string_view bytes) {
  ByteEvidence e;
  e.bytes = bytes.size();
  const auto* s = reinterpret_cast<const unsigned char*>(bytes.data());
  const size_t n = bytes.size();
  for (size_t i = 0; i < n;) {
    const unsigned char b = s[i];
    if (b < 0x80) {
      e.letters += IsLetter(kKinds[b]);
      e.visible += b > 0x20;
      e.control += (b < 0x20 && b != '\n' && b != '\t' && b != '\r' &&
                    b != '\f' && b != 0x1B) ||
                   b == 0x7F;
      ++i;
      continue;
    }
    const size_t begin = i;
    while (i < n && s[i] >= 0x80) {
      const Kind before = i > 0 ? kKinds[s[i - 1]] : kSpace;
      const Kind behind = i + 1 < n ? kKinds[s[i + 1]] : kSpace;
      e.odd_1252 += IsOdd(before, kKinds[s[i]], behind);
      ++i;
    }
    const size_t length = i - begin;
    e.high += length;
    e.letters += length;
    e.visible += length;
    ++e.runs;
    CountPairs(s + begin, length, &e);
  }
  return e;
}

}  // namespace winnow
