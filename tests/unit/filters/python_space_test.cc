// SPDX-License-Identifier: Apache-2.0
#include "filters/python_space.h"

#include <gtest/gtest.h>

#include <string>

#include "pipeline/text/unicode.h"
#include "tests/unit/filters/python_text.h"
#include "tests/unit/text/random_text.h"

namespace winnow::testing {
namespace {

TEST(PythonSpace, EveryCodePoint) {
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c < 0xE000) continue;
    char buffer[4];
    const std::string_view utf8(
        buffer, static_cast<size_t>(EncodeUtf8(c, buffer) - buffer));
    const bool space = (CodePoint(c).flags & kCpPySpace) != 0;
    const size_t bytes = space ? utf8.size() : 0;
    ASSERT_TRUE(!space || MayBeginSpace(utf8[0]));
    ASSERT_EQ(SpaceAtFront(utf8), bytes) << std::hex << uint32_t{c};
    ASSERT_EQ(SpaceAtBack(utf8), bytes) << std::hex << uint32_t{c};
    // With a neighbour on the far side.
    ASSERT_EQ(SpaceAtFront(std::string(utf8) + "\u3000"), bytes);
    ASSERT_EQ(SpaceAtBack("\u00E9" + std::string(utf8)), bytes);
    ASSERT_EQ(SpaceAtBack("x" + std::string(utf8)), bytes);
  }
}

TEST(PythonSpace, StripsAsPython) {
  for (uint64_t seed = 0; seed < 300; ++seed) {
    Random random(seed);
    const std::string text = RandomText(&random, random.Below(30));
    EXPECT_EQ(Strip(text), Encode(PyStrip(Decode(text)))) << seed;
    EXPECT_EQ(StripLeft(text), Encode(PyLstrip(Decode(text)))) << seed;
    EXPECT_EQ(StripRight(text), Encode(PyRstrip(Decode(text)))) << seed;
  }
}

}  // namespace
}  // namespace winnow::testing
