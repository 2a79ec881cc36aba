// SPDX-License-Identifier: Apache-2.0
#include "pipeline/text/spacy_en_classes.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <string_view>

#include "pipeline/text/punctuation.h"
#include "pipeline/text/spacy_en_ranges.h"
#include "pipeline/text/unicode.h"

namespace winnow {
namespace {

// Beyond the third plane no code point has any of the bits.
constexpr uint32_t kLimit = 0x40000;
constexpr uint32_t kBlock = 256;
// Nor is there punctuation of datatrove's sets from here on.
constexpr uint32_t kPunctuationLimit = 0x20000;

// LIST_PUNCT without its two-character entry.
constexpr std::u32string_view kPunctList =
    U"\u2026,:;!?\u00BF\u061F\u00A1()[]{}<>_#*&\u3002\uFF1F\uFF01\uFF0C\u3001"
    U"\uFF1B\uFF1A\uFF5E\u00B7\u0964\u060C\u06D4\u061B\u066A";
constexpr std::u32string_view kQuoteList =
    U"'\"\u201D\u201C`\u2018\u00B4\u2019\u201A,\u201E\u00BB\u00AB\u300C\u300D"
    U"\u300E\u300F\uFF08\uFF09\u3014\u3015\u3010\u3011\u300A\u300B\u3008\u3009"
    U"\u2329\u232A\u27E6\u27E7";
constexpr std::u32string_view kCurrencyList =
    U"$\u00A3\u20AC\u00A5\u0E3F\u20BD\uFDFC\u20B4";  // and 20A0-20BF

uint32_t StandardBits(char32_t c) {
  const CodePointInfo info = CodePoint(c);
  uint32_t bits = 0;
  if ((info.flags & kCpPySpace) != 0) bits |= kSpPySpace;
  if ((info.flags & kCpLetter) != 0) bits |= kSpLetter;
  if ((info.flags & kCpPunct) != 0) bits |= kSpPunctCat;
  if ((info.flags & (kCpLetter | kCpNumber)) != 0 || c == '_') bits |= kSpWord;
  if (info.category == Category::kNd) bits |= kSpDecimal;
  if (c < kPunctuationLimit) {
    if (IsDatatrovePunctuation(c)) bits |= kSpPunct;
    if (IsSentencizerStop(c)) bits |= kSpStop;
  }
  if (c >= 0xA1 && c <= 0xFFFF) bits |= kSpHost;
  return bits;
}

class Filler {
 public:
  explicit Filler(std::vector<uint32_t>* flat) : flat_(*flat) {}

  template <size_t kSize>
  void Add(const CodePointStride (&strides)[kSize], uint32_t bits) {
    for (const CodePointStride& s : strides) {
      for (uint32_t c = s.first; c <= s.last; c += s.step) flat_[c] |= bits;
    }
  }
  void Add(std::u32string_view list, uint32_t bits) {
    for (char32_t c : list) flat_[c] |= bits;
  }
  void Add(char32_t first, char32_t last, uint32_t bits) {
    for (char32_t c = first; c <= last; ++c) flat_[c] |= bits;
  }

 private:
  std::vector<uint32_t>& flat_;
};

void FillAll(std::vector<uint32_t>* flat) {
  for (char32_t c = 0; c < kLimit; ++c) (*flat)[c] = StandardBits(c);
  Filler fill(flat);
  const uint32_t both_cases = kSpAlpha | kSpLower | kSpUpper;
  fill.Add(kUncasedAlpha, both_cases | kSpDotBefore);
  fill.Add(kLowerAlpha, kSpAlpha | kSpLower | kSpDotBefore);
  fill.Add(kUpperAlpha, kSpAlpha | kSpUpper);
  fill.Add(kOtherAlpha, kSpAlpha);
  fill.Add(kIcons, kSpIcon | kSpPrefix | kSpSuffix | kSpInfix);
  fill.Add(kPunctList, kSpPrefix | kSpSuffix | kSpDotBefore);
  fill.Add(kQuoteList, kSpQuote | kSpPrefix | kSpSuffix | kSpDotBefore);
  fill.Add(kCurrencyList, kSpCurrency | kSpPrefix);
  fill.Add(0x20A0, 0x20BF, kSpCurrency | kSpPrefix);
  fill.Add(U"\u00A7%=", kSpPrefix);
  fill.Add(U"\u2013\u2014", kSpPrefix | kSpSuffix);
  // The bar is a leftover of an alternation pasted into a character class.
  fill.Add(U"%\u00B2-+|", kSpDotBefore);
  fill.Add(U"\u2026.,+-*^:<>=/~\u2013\u2014", kSpInfix);
  fill.Add(U".", kSpDot);
  fill.Add(U"@", kSpAt);
  fill.Add('0', '9', kSpDigit | kSpDotBefore | kSpHost);
  fill.Add('A', 'Z', kSpHost);
  fill.Add('a', 'z', kSpHost);
}

}  // namespace

const SpacyClasses& SpacyClasses::Get() {
  static const SpacyClasses classes;
  return classes;
}

SpacyClasses::SpacyClasses() {
  std::vector<uint32_t> flat(kLimit);
  FillAll(&flat);
  std::copy_n(flat.begin(), ascii_.size(), ascii_.begin());
  std::map<std::vector<uint32_t>, uint32_t> seen;
  for (uint32_t i = 0; i < index_.size(); ++i) {
    std::vector<uint32_t> block(kBlock);
    const uint32_t first = i * kBlock;
    if (first < kLimit) {
      const auto from = flat.begin() + first;
      block.assign(from, from + kBlock);
    }
    const auto offset = static_cast<uint32_t>(blocks_.size());
    const auto [it, added] = seen.emplace(block, offset);
    if (added) blocks_.insert(blocks_.end(), block.begin(), block.end());
    index_[i] = it->second;
  }
}

}  // namespace winnow
