// SPDX-License-Identifier: Apache-2.0
#include "stats/tokens/char_class.h"

#include <algorithm>
#include <map>

#include "pipeline/error.h"
#include "pipeline/text/unicode.h"

namespace winnow {
namespace {

uint8_t Classify(char32_t c) {
  const CodePointInfo info = CodePoint(c);
  if (c == '\r' || c == '\n') return kClassWhite | kClassNewline;
  if ((info.flags & kCpWhite) != 0) return kClassWhite;
  if ((info.flags & kCpNumber) != 0) return kClassNumber;
  if ((info.flags & kCpMark) != 0) {
    return kClassOther | kClassMark | kClassUpper | kClassLower;
  }
  switch (info.category) {
    case Category::kLu:
    case Category::kLt:
      return kClassLetter | kClassUpper;
    case Category::kLl:
      return kClassLetter | kClassLower;
    case Category::kLm:
    case Category::kLo:
      return kClassLetter | kClassUpper | kClassLower;
    default:
      return kClassOther;
  }
}

}  // namespace

CharClasses::CharClasses() {
  std::map<std::vector<uint8_t>, uint8_t> known;
  std::vector<uint8_t> block(kBlockSize);
  for (size_t b = 0; b < index_.size(); ++b) {
    for (size_t i = 0; i < kBlockSize; ++i) {
      block[i] = Classify(static_cast<char32_t>(b * kBlockSize + i));
    }
    const auto [entry, added] =
        known.emplace(block, static_cast<uint8_t>(known.size()));
    if (added) {
      WINNOW_CHECK(known.size() <= 256);
      blocks_.insert(blocks_.end(), block.begin(), block.end());
    }
    index_[b] = entry->second;
  }
  std::copy_n(blocks_.begin() + index_[0] * kBlockSize, ascii_.size(),
              ascii_.begin());
}

const CharClasses& CharClasses::Get() {
  static const CharClasses classes;
  return classes;
}

}  // namespace winnow
