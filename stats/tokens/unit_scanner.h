// SPDX-License-Identifier: Apache-2.0
// Cuts text into units: spans that begin and end where a token piece does, in
// every pattern of a family. Units are what the cache holds, so that one
// look-up serves two vocabularies whose patterns cut differently: "don't" is
// one unit, of one piece in o200k and of two in cl100k. A unit may hold more
// pieces than it must.
//
// The number of tokens of a unit taken by itself is its share of the whole
// text's: no pattern looks back, and the only one that looks ahead, white space
// before other text, gives the same last piece at the end of the text.
#ifndef WINNOW_STATS_TOKENS_UNIT_SCANNER_H_
#define WINNOW_STATS_TOKENS_UNIT_SCANNER_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "stats/tokens/piece_scanner.h"

namespace winnow {

enum class UnitFamily : uint8_t {
  kGpt2,    // kGpt2: units are its pieces
  kModern,  // kCl100k and kO200k together
};

constexpr UnitFamily FamilyOf(TokenPattern pattern) {
  return pattern == TokenPattern::kGpt2 ? UnitFamily::kGpt2
                                        : UnitFamily::kModern;
}

// Units that are found at one go; a buffer for fewer is too small.
inline constexpr size_t kUnitRoom = 64;

// Finds units from text[pos] on, which begins one, until fewer than kUnitRoom
// of `ends` are free or the text ends. Writes where each one ends and returns
// how many there are. REQUIRES: pos < text.size(), ends.size() >= kUnitRoom.
size_t ScanUnits(UnitFamily family, std::string_view text, size_t pos,
                 std::span<size_t> ends);

// The end of the shortest unit at `pos`, straight from the pieces.
size_t UnitEnd(UnitFamily family, std::string_view text, size_t pos);

}  // namespace winnow

#endif  // WINNOW_STATS_TOKENS_UNIT_SCANNER_H_
