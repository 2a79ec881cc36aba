// SPDX-License-Identifier: Apache-2.0
#include "pipeline/text/spacy_en_affixes.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "pipeline/text/spacy_en_classes.h"

namespace winnow {
namespace {

constexpr char32_t kEllipsis = U'\u2026';
constexpr char32_t kEnDash = U'\u2013';
constexpr char32_t kEmDash = U'\u2014';

// LIST_UNITS in UTF-8. One entry joins the last Cyrillic and the first Arabic
// unit: a space is missing in the source, and the joined form is what counts.
constexpr std::string_view kUnits[] = {
    "km",  "km²", "km³",  "m",    "m²",  "m³",   "dm",   "dm²",  "dm³",
    "cm",  "cm²", "cm³",  "mm",   "mm²", "mm³",  "ha",   "µm",   "nm",
    "yd",  "in",  "ft",   "kg",   "g",   "mg",   "µg",   "t",    "lb",
    "oz",  "m/s", "km/h", "kmh",  "mph", "hPa",  "Pa",   "mbar", "mb",
    "MB",  "kb",  "KB",   "gb",   "GB",  "tb",   "TB",   "T",    "G",
    "M",   "K",   "%",    "км",   "км²", "км³",  "м",    "м²",   "м³",
    "дм",  "дм²", "дм³",  "см",   "см²", "см³",  "мм",   "мм²",  "мм³",
    "нм",  "кг",  "г",    "мг",   "м/с", "км/ч", "кПа",  "Па",   "мбар",
    "Кб",  "КБ",  "кб",   "Мб",   "МБ",  "мб",   "Гб",   "ГБ",   "гб",
    "Тб",  "ТБ",  "тбكم", "كم²",  "كم³", "م",    "م²",   "م³",   "سم",
    "سم²", "سم³", "مم",   "مم²",  "مم³", "كم",   "غرام", "جرام", "جم",
    "كغ",  "ملغ", "كوب",  "اكواب"};
constexpr size_t kLongestUnit = 5;  // characters

bool IsUnit(std::string_view string) {
  return std::find(std::begin(kUnits), std::end(kUnits), string) !=
         std::end(kUnits);
}

// US$, C$ and A$; the length of the one that begins at i.
size_t DollarAt(const SpacyChunk& chunk, size_t i, size_t hi) {
  const size_t left = hi - i;
  if (left >= 2 && (chunk.code(i) == 'C' || chunk.code(i) == 'A') &&
      chunk.code(i + 1) == '$') {
    return 2;
  }
  return left >= 3 && chunk.Slice(i, i + 3) == "US$" ? 3 : 0;
}

// Length of the unit or currency that ends at hi after a digit. Units and
// currencies hold no digit, so at most one beginning is possible.
size_t AfterDigit(const SpacyChunk& chunk, size_t lo, size_t hi) {
  for (size_t length = 1; length <= kLongestUnit && length < hi - lo;
       ++length) {
    const size_t i = hi - length;
    if (!chunk.Is(i - 1, kSpDigit)) continue;
    if (length == 1 && chunk.Is(i, kSpCurrency)) return length;
    if (DollarAt(chunk, i, hi) == length) return length;
    return IsUnit(chunk.Slice(i, hi)) ? length : 0;
  }
  return 0;
}

// The suffix that ends with the full stop at hi - 1.
size_t DotSuffix(const SpacyChunk& chunk, size_t lo, size_t hi) {
  size_t i = hi - 1;
  while (i > lo && chunk.code(i - 1) == '.') --i;
  if (hi - i >= 2) return hi - i;
  if (i == lo) return 0;
  if (chunk.Is(i - 1, kSpDotBefore)) return 1;
  if (i - lo < 2) return 0;
  if (chunk.code(i - 2) == U'\u00B0' &&
      std::u32string_view(U"FfCcKk").find(chunk.code(i - 1)) !=
          std::u32string_view::npos) {
    return 1;
  }
  return chunk.Is(i - 1, kSpUpper) && chunk.Is(i - 2, kSpUpper) ? 1 : 0;
}

// Between letters: one to three hyphens, one or two dashes, a tilde.
size_t HyphenInfix(const SpacyChunk& chunk, size_t lo, size_t hi, size_t i) {
  const char32_t c = chunk.code(i);
  size_t most = 1;
  if (c == '-') {
    most = 3;
  } else if (c == kEmDash) {
    most = 2;
  } else if (c != kEnDash && c != '~') {
    return 0;
  }
  if (i == lo || !chunk.Is(i - 1, kSpAlpha | kSpDigit)) return 0;
  size_t end = i + 1;
  while (end < hi && end - i < most && chunk.code(end) == c) ++end;
  return end < hi && chunk.Is(end, kSpAlpha) ? end - i : 0;
}

}  // namespace

size_t SpacyPrefix(const SpacyChunk& chunk, size_t lo, size_t hi) {
  if (lo == hi) return 0;
  if (chunk.Is(lo, kSpPrefix)) return 1;
  switch (chunk.code(lo)) {
    case '+':
      return lo + 1 < hi && chunk.Is(lo + 1, kSpDigit) ? 0 : 1;
    case '.': {
      size_t end = lo + 1;
      while (end < hi && chunk.code(end) == '.') ++end;
      return end - lo >= 2 ? end - lo : 0;
    }
    case 'U':
    case 'C':
    case 'A':
      return DollarAt(chunk, lo, hi);
    default:
      return 0;
  }
}

size_t SpacySuffix(const SpacyChunk& chunk, size_t lo, size_t hi) {
  if (lo == hi) return 0;
  const size_t last = hi - 1;
  const char32_t c = chunk.code(last);
  if (c == '.') return DotSuffix(chunk, lo, hi);
  if (c == kEllipsis) {
    return last > lo && chunk.code(last - 1) == kEllipsis ? 2 : 1;
  }
  if (chunk.Is(last, kSpSuffix)) return 1;
  if (last == lo) return 0;
  const char32_t before = chunk.code(last - 1);
  if ((c == 's' || c == 'S') && (before == '\'' || before == U'\u2019')) {
    return 2;
  }
  if (c == '+') return chunk.Is(last - 1, kSpDigit) ? 1 : 0;
  return AfterDigit(chunk, lo, hi);
}

size_t SpacyInfix(const SpacyChunk& chunk, size_t lo, size_t hi, size_t i) {
  const char32_t c = chunk.code(i);
  if (chunk.Is(i, kSpIcon) || c == kEllipsis) return 1;
  if (c == '.') {
    size_t end = i + 1;
    while (end < hi && chunk.code(end) == '.') ++end;
    if (end - i >= 2) return end - i;
  }
  if (i == lo || i + 1 >= hi) return 0;
  const uint32_t before = chunk.bits(i - 1);
  const uint32_t after = chunk.bits(i + 1);
  switch (c) {
    case '.':
      return (before & (kSpLower | kSpQuote)) != 0 &&
             (after & (kSpUpper | kSpQuote)) != 0;
    case ',':
      return (before & kSpAlpha) != 0 && (after & kSpAlpha) != 0;
    case ':':
    case '<':
    case '>':
    case '=':
    case '/':
      return (before & (kSpAlpha | kSpDigit)) != 0 && (after & kSpAlpha) != 0;
    case '+':
    case '*':
    case '^':
    case '-':
      if ((before & kSpDigit) != 0 &&
          ((after & kSpDigit) != 0 || chunk.code(i + 1) == '-')) {
        return 1;
      }
      break;
    default:
      break;
  }
  return HyphenInfix(chunk, lo, hi, i);
}

}  // namespace winnow
