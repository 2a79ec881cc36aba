// SPDX-License-Identifier: Apache-2.0
#include "pipeline/text/punctuation.h"

#include <gtest/gtest.h>

#include <string_view>

namespace winnow {
namespace {

int Count(bool (*in)(char32_t)) {
  int n = 0;
  for (char32_t c = 0; c <= 0x110000; ++c) n += in(c);
  return n;
}

TEST(PunctuationTest, SetsHaveTheirSizes) {
  EXPECT_EQ(Count(IsDatatrovePunctuation), 281);
  EXPECT_EQ(Count(IsSimplifyPunctuation), 129);
  EXPECT_EQ(Count(IsTerminalPunctuation), 159);
  EXPECT_EQ(Count(IsSentencizerStop), 128);
}

TEST(PunctuationTest, SetsContainEachOther) {
  int shared = 0;
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    EXPECT_EQ(IsDatatrovePunctuation(c),
              IsSimplifyPunctuation(c) || IsTerminalPunctuation(c));
    EXPECT_TRUE(!IsSentencizerStop(c) || IsTerminalPunctuation(c));
    shared += IsSimplifyPunctuation(c) && IsTerminalPunctuation(c);
  }
  EXPECT_EQ(shared, 7);
}

TEST(PunctuationTest, Samples) {
  for (const char32_t c : std::u32string_view(U"!?.\u3002\u06D4\u104A")) {
    EXPECT_TRUE(IsSentencizerStop(c)) << static_cast<unsigned>(c);
  }
  EXPECT_TRUE(IsTerminalPunctuation(0x17D4));
  EXPECT_FALSE(IsSentencizerStop(0x17D4));
  // In neither set: TAB, LF, left single quote, bullet, middle dot.
  for (const char32_t c : std::u32string_view(U"\t\n\u2018\u2022\u00B7a7")) {
    EXPECT_FALSE(IsDatatrovePunctuation(c)) << static_cast<unsigned>(c);
  }
  EXPECT_TRUE(IsSimplifyPunctuation(0xFF11));  // full-width digit one
  EXPECT_FALSE(IsTerminalPunctuation(':'));
  EXPECT_FALSE(IsTerminalPunctuation('"'));
}

}  // namespace
}  // namespace winnow
