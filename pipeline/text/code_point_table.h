// SPDX-License-Identifier: Apache-2.0
// The table behind unicode.h and punctuation.h, for loops that cannot afford a
// call for each character. One entry of 16 bits:
//   0-4   general category
//   5     kCpBitUnstable: alone or after another character, NFC may change it
//   6-7   punctuation: 0 none, 1 only simplified, 2 terminal, 3 sentencizer
//   stop 8-15  CodePointFlag
#ifndef WINNOW_PIPELINE_TEXT_CODE_POINT_TABLE_H_
#define WINNOW_PIPELINE_TEXT_CODE_POINT_TABLE_H_

#include <cstdint>

namespace winnow {

inline constexpr uint16_t kCpBitUnstable = 1U << 5;
inline constexpr uint16_t kCpBitsPunctuation = 3U << 6;
inline constexpr unsigned kCpFlagShift = 8;

// Two stages, blocks of 256 code points; made at build time.
extern const uint16_t kInfoIndex[0x1100];
extern const uint16_t kInfoBlocks[][256];

// REQUIRES: c <= 0x10FFFF.
inline uint16_t CodePointBits(char32_t c) {
  return kInfoBlocks[kInfoIndex[c >> 8]][c & 255];
}

}  // namespace winnow

#endif  // WINNOW_PIPELINE_TEXT_CODE_POINT_TABLE_H_
