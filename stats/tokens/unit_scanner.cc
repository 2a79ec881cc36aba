// SPDX-License-Identifier: Apache-2.0
#include "stats/tokens/unit_scanner.h"

namespace winnow {

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
  size_t n = 0;
  while (n < ends.size() && pos < text.size()) {
    pos = UnitEnd(family, text, pos);
    ends[n++] = pos;
  }
  return n;
}

}  // namespace winnow
