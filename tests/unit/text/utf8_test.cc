// SPDX-License-Identifier: Apache-2.0
#include "pipeline/text/utf8.h"

#include <gtest/gtest.h>
#include <unicode/utf8.h>

#include <string>

#include "pipeline/text/unicode.h"
#include "tests/unit/text/random_text.h"

namespace winnow::testing {
namespace {

// ICU's macro takes maximal subparts since version 60.
std::string RepairOracle(std::string_view in, uint64_t* replaced) {
  std::string out;
  const auto* bytes = reinterpret_cast<const uint8_t*>(in.data());
  const auto size = static_cast<int32_t>(in.size());
  *replaced = 0;
  for (int32_t i = 0; i < size;) {
    UChar32 c = 0;
    U8_NEXT(bytes, i, size, c);
    *replaced += c < 0;
    char buffer[4];
    char* end = EncodeUtf8(c < 0 ? 0xFFFD : static_cast<char32_t>(c), buffer);
    out.append(static_cast<char*>(buffer), end);
  }
  return out;
}

void ExpectRepair(const std::string& in) {
  uint64_t want_replaced = 0;
  const std::string want = RepairOracle(in, &want_replaced);
  std::string got = "left over";
  uint64_t replaced = 99;
  RepairUtf8(in, &got, &replaced);
  ASSERT_EQ(got, want);
  ASSERT_EQ(replaced, want_replaced);
  ASSERT_EQ(IsValidUtf8(in), replaced == 0);
  ASSERT_TRUE(IsValidUtf8(got));
}

TEST(Utf8Test, Samples) {
  const auto repair = [](std::string_view in) {
    std::string out;
    uint64_t replaced = 0;
    RepairUtf8(in, &out, &replaced);
    return out + " " + std::to_string(replaced);
  };
  EXPECT_EQ(repair(""), " 0");
  EXPECT_EQ(repair("a\xFF"), "a\uFFFD 1");
  EXPECT_EQ(repair("\xE2\x82"), "\uFFFD 1");  // cut: one subpart
  EXPECT_EQ(repair("\xE2\x82x"), "\uFFFDx 1");
  EXPECT_EQ(repair("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD 3");  // surrogate
  EXPECT_EQ(repair("\xC0\xAF"), "\uFFFD\uFFFD 2");            // overlong
  EXPECT_EQ(repair("\xF0\x9F\x98"), "\uFFFD 1");
  EXPECT_EQ(repair("\xF4\x91\x92\x93"), "\uFFFD\uFFFD\uFFFD\uFFFD 4");
  EXPECT_EQ(repair("\xEF\xBF\xBD"), "\uFFFD 0");  // already there
  EXPECT_EQ(repair(std::string_view("\0", 1)), std::string("\0 0", 3));
}

TEST(Utf8Test, EveryTwoBytesAndManyThreeAndFour) {
  constexpr unsigned char kEdges[] = {0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F,
                                      0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0,
                                      0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1,
                                      0xF3, 0xF4, 0xF5, 0xFF};
  for (int a = 0; a < 256; ++a) {
    for (int b = 0; b < 256; ++b) {
      const std::string two = {static_cast<char>(a), static_cast<char>(b)};
      ExpectRepair(two);
      if (HasFatalFailure()) return;
    }
  }
  for (const unsigned char a : kEdges) {
    for (const unsigned char b : kEdges) {
      for (const unsigned char c : kEdges) {
        for (const unsigned char d : kEdges) {
          ExpectRepair({static_cast<char>(a), static_cast<char>(b),
                        static_cast<char>(c), static_cast<char>(d)});
          if (HasFatalFailure()) return;
        }
      }
    }
  }
}

TEST(Utf8Test, DamagedTextAgreesWithOracle) {
  for (uint64_t seed = 1; seed <= 3000; ++seed) {
    Random random(seed);
    std::string text = RandomText(&random, 1 + random.Below(400));
    for (uint64_t n = random.Below(6); n > 0; --n) {
      text[random.Below(text.size())] = static_cast<char>(random.Below(256));
    }
    if (random.Below(3) == 0) text.resize(random.Below(text.size()));
    ExpectRepair(text);
    if (HasFatalFailure()) FAIL() << "seed " << seed;
  }
}

}  // namespace
}  // namespace winnow::testing
