// SPDX-License-Identifier: Apache-2.0
#include "pipeline/text/punctuation.h"

#include "pipeline/text/code_point_table.h"

namespace winnow {
namespace {

// 0 none, 1 only of datatrove's 129, 2 terminal, 3 terminal and a stop.
unsigned Class(char32_t c) {
  return c > 0x10FFFF ? 0 : (CodePointBits(c) & kCpBitsPunctuation) >> 6;
}

}  // namespace

bool IsDatatrovePunctuation(char32_t c) { return Class(c) != 0; }

bool IsSimplifyPunctuation(char32_t c) {
  if (Class(c) <= 1) return Class(c) == 1;
  // The seven that both sets share.
  return c == 0x21 || c == 0x2E || c == 0x3F || c == 0x3002 || c == 0xFF01 ||
         c == 0xFF0E || c == 0xFF1F;
}

bool IsTerminalPunctuation(char32_t c) { return Class(c) >= 2; }

bool IsSentencizerStop(char32_t c) { return Class(c) == 3; }

}  // namespace winnow
