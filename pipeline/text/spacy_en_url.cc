// SPDX-License-Identifier: Apache-2.0
#include "pipeline/text/spacy_en_url.h"

#include <array>

#include "pipeline/text/spacy_en_classes.h"

namespace winnow {
namespace {

constexpr size_t kLongestLabel = 64;
constexpr size_t kShortestDomain = 2;
constexpr size_t kLongestDomain = 63;

// First of : / ? # @ in [lo, hi), else hi. No host or address holds one.
size_t HostEnd(const SpacyChunk& chunk, size_t lo, size_t hi) {
  for (size_t i = lo; i < hi; ++i) {
    const char32_t c = chunk.code(i);
    if (c == ':' || c == '/' || c == '?' || c == '#' || c == '@') return i;
  }
  return hi;
}

// What may follow the host: a port of 2 to 5 digits, then a path.
bool IsPortAndPath(const SpacyChunk& chunk, size_t lo, size_t hi) {
  if (lo < hi && chunk.code(lo) == ':') {
    size_t end = lo + 1;
    while (end < hi && chunk.Is(end, kSpDecimal)) ++end;
    const size_t digits = end - lo - 1;
    if (digits < 2 || digits > 5) return false;
    lo = end;
  }
  if (lo == hi) return true;
  const char32_t c = chunk.code(lo);
  return c == '/' || c == '?' || c == '#';
}

bool IsLabel(const SpacyChunk& chunk, size_t lo, size_t hi) {
  if (hi == lo || hi - lo > kLongestLabel) return false;
  if (!chunk.Is(lo, kSpHost) || !chunk.Is(hi - 1, kSpHost)) return false;
  for (size_t i = lo + 1; i + 1 < hi; ++i) {
    const char32_t c = chunk.code(i);
    if (!chunk.Is(i, kSpHost) && c != '_' && c != '-') return false;
  }
  return true;
}

bool IsHostName(const SpacyChunk& chunk, size_t lo, size_t hi) {
  size_t domain = hi;
  while (domain > lo && chunk.Is(domain - 1, kSpLower)) --domain;
  const size_t length = hi - domain;
  if (length < kShortestDomain || length > kLongestDomain) return false;
  if (domain - lo < 2 || chunk.code(domain - 1) != '.') return false;
  size_t label = lo;
  for (size_t i = lo; i < domain; ++i) {
    if (chunk.code(i) != '.') continue;
    if (!IsLabel(chunk, label, i)) return false;
    label = i + 1;
  }
  return true;
}

// One number of an address. The pattern's \d takes any decimal digit, its
// literal digits are ASCII.
struct Octet {
  size_t digits = 0;
  std::array<char32_t, 3> code{};

  bool Starts(char32_t a) const { return code[0] == a; }
  bool Starts(char32_t a, char32_t b) const {
    return code[0] == a && code[1] == b;
  }
  bool Is(char32_t a, char32_t b) const { return digits == 2 && Starts(a, b); }
  bool Is(char32_t a, char32_t b, char32_t c) const {
    return digits == 3 && Starts(a, b) && code[2] == c;
  }
  // Second digit in first..last.
  bool SecondIn(char32_t first, char32_t last) const {
    return code[1] >= first && code[1] <= last;
  }
  bool ThirdIn(char32_t first, char32_t last) const {
    return code[2] >= first && code[2] <= last;
  }
  bool StartsOneToNine() const { return code[0] >= '1' && code[0] <= '9'; }
};

bool IsFirstOctet(const Octet& o) {
  if (o.digits <= 2) return o.StartsOneToNine();
  if (o.Starts('1')) return true;
  if (!o.Starts('2')) return false;
  return o.SecondIn('0', '1') || (o.SecondIn('2', '2') && o.ThirdIn('0', '3'));
}

bool IsMiddleOctet(const Octet& o) {
  if (o.digits <= 2 || o.Starts('1')) return true;
  if (!o.Starts('2')) return false;
  return o.SecondIn('0', '4') || (o.SecondIn('5', '5') && o.ThirdIn('0', '5'));
}

bool IsLastOctet(const Octet& o) {
  if (o.digits <= 2) return o.StartsOneToNine();
  if (o.Starts('1')) return true;
  if (!o.Starts('2')) return false;
  return o.SecondIn('0', '4') || (o.SecondIn('5', '5') && o.ThirdIn('0', '4'));
}

// Networks that the pattern refuses.
bool IsPrivate(const std::array<Octet, 4>& o) {
  if (o[0].Is('1', '0') || o[0].Is('1', '2', '7')) return true;
  if (o[0].Is('1', '6', '9') && o[1].Is('2', '5', '4')) return true;
  if (o[0].Is('1', '9', '2') && o[1].Is('1', '6', '8')) return true;
  if (!o[0].Is('1', '7', '2') || o[1].digits != 2) return false;
  if (o[1].Starts('1')) return o[1].SecondIn('6', '9');
  return o[1].Starts('2') || (o[1].Starts('3') && o[1].SecondIn('0', '1'));
}

bool IsAddress(const SpacyChunk& chunk, size_t lo, size_t hi) {
  std::array<Octet, 4> octets;
  size_t n = 0;
  for (size_t i = lo; i < hi; ++i) {
    if (chunk.code(i) == '.') {
      if (octets[n].digits == 0 || ++n == octets.size()) return false;
      continue;
    }
    Octet& octet = octets[n];
    if (!chunk.Is(i, kSpDecimal) || octet.digits == octet.code.size()) {
      return false;
    }
    octet.code[octet.digits++] = chunk.code(i);
  }
  if (n != 3 || octets[3].digits == 0) return false;
  return IsFirstOctet(octets[0]) && IsMiddleOctet(octets[1]) &&
         IsMiddleOctet(octets[2]) && IsLastOctet(octets[3]) &&
         !IsPrivate(octets);
}

bool IsHostPortPath(const SpacyChunk& chunk, size_t lo, size_t hi) {
  if (lo == hi || !chunk.Is(lo, kSpHost | kSpDecimal)) return false;
  const size_t end = HostEnd(chunk, lo, hi);
  if (!IsPortAndPath(chunk, end, hi)) return false;
  return IsHostName(chunk, lo, end) || IsAddress(chunk, lo, end);
}

// Where the text after a scheme begins, else lo.
size_t SchemeEnd(const SpacyChunk& chunk, size_t lo, size_t hi) {
  size_t i = lo;
  while (i < hi) {
    const char32_t c = chunk.code(i);
    if (!chunk.Is(i, kSpWord) && c != '+' && c != '-' && c != '.') break;
    ++i;
  }
  if (i - lo < 2 || hi - i < 3) return lo;
  return chunk.Slice(i, i + 3) == "://" ? i + 3 : lo;
}

}  // namespace

bool IsSpacyUrl(const SpacyChunk& chunk, size_t lo, size_t hi) {
  // A host has a dot.
  if ((chunk.any() & kSpDot) == 0) return false;
  if (IsHostPortPath(chunk, lo, hi)) return true;
  const size_t scheme = SchemeEnd(chunk, lo, hi);
  if (scheme != lo && IsHostPortPath(chunk, scheme, hi)) return true;
  if ((chunk.any() & kSpAt) == 0) return false;
  // Whatever stands before an @ can be the user. No host holds an @, so the
  // tries together stay linear.
  for (size_t i = lo + 1; i < hi; ++i) {
    if (chunk.code(i) == '@' && IsHostPortPath(chunk, i + 1, hi)) return true;
  }
  return false;
}

}  // namespace winnow
