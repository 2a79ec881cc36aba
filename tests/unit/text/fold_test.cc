// SPDX-License-Identifier: Apache-2.0
#include "pipeline/text/fold.h"

#include <gtest/gtest.h>
#include <utf8proc.h>

#include <cstdlib>
#include <memory>
#include <string>

#include "pipeline/text/unicode.h"
#include "tests/unit/text/analysis_oracle.h"
#include "tests/unit/text/random_text.h"

namespace winnow::testing {
namespace {

std::string Utf8(char32_t c) { return Encode(std::u32string(1, c)); }

std::string Nfd(const std::string& text) {
  utf8proc_uint8_t* mapped = nullptr;
  const auto size = utf8proc_map(
      reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
      static_cast<utf8proc_ssize_t>(text.size()), &mapped,
      static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_DECOMPOSE));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(
      mapped, std::free);
  return {reinterpret_cast<const char*>(mapped), static_cast<size_t>(size)};
}

TEST(WordFolderTest, Samples) {
  WordFolder folder;
  EXPECT_EQ(folder.Fold(""), "");
  EXPECT_EQ(folder.Fold("AbC"), "abc");
  EXPECT_EQ(folder.Fold("\u00C9t\u00E9"), "\u00E9t\u00E9");
  EXPECT_EQ(folder.Fold("E\u0301te\u0301"), "\u00E9t\u00E9");
  EXPECT_EQ(folder.Fold("\u1112\u1161\u11AB"), "\uD55C");
  EXPECT_EQ(folder.Fold("\u304B\u3099"), "\u304C");
  EXPECT_EQ(folder.Fold("\u03A3\u0391\u03A3"), "\u03C3\u03B1\u03C3");
  EXPECT_EQ(folder.Fold("\u0130"), "i");  // simple mapping: one to one
  EXPECT_EQ(folder.Fold("\U00010400"), "\U00010428");
  EXPECT_EQ(folder.Fold("\uF900"), "\u8C48");
}

TEST(WordFolderTest, EveryCharacterFoldsAlikeInNfcAndNfd) {
  WordFolder folder;
  for (char32_t c = 0x80; c < 0x110000; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    const std::string word = "a" + Utf8(c) + "b";
    const std::string nfd = Nfd(word);
    const std::string want = FoldOracle(word);
    ASSERT_EQ(folder.Fold(word), want) << static_cast<unsigned>(c);
    if (nfd != word) {
      ASSERT_EQ(folder.Fold(nfd), want) << static_cast<unsigned>(c);
    }
  }
}

TEST(WordFolderTest, RandomTextAgreesWithOracle) {
  WordFolder folder;
  for (uint64_t seed = 1; seed <= 20000; ++seed) {
    Random random(seed);
    const std::string text = RandomText(&random, random.Below(120));
    ASSERT_EQ(folder.Fold(text), FoldOracle(text))
        << "seed " << seed << ": " << Escape(text);
  }
}

TEST(WordFolderTest, MarksBeyondThirtyAreCutInCanonicalOrder) {
  WordFolder folder;
  Random random(3);
  for (int round = 0; round < 2000; ++round) {
    std::string word = "a";
    const uint64_t marks = random.Below(80);
    for (uint64_t i = 0; i < marks; ++i) {
      word += Utf8(static_cast<char32_t>(0x300 + random.Below(0x50)));
    }
    word += "\u00E9";
    const std::string want = FoldOracle(word);
    ASSERT_EQ(folder.Fold(word), want) << Escape(word);
    ASSERT_EQ(folder.Fold(Nfd(word)), want) << Escape(word);
  }
}

// Canonical order of n marks by insertion is n * n: minutes for this text.
TEST(WordFolderTest, RunsOfMarksTakeLinearTime) {
  WordFolder folder;
  std::string word = "a";
  while (word.size() < 8000000) word += "\u0301\u0323";
  const std::string_view folded = folder.Fold(word);
  EXPECT_LT(folded.size(), 100U);
}

}  // namespace
}  // namespace winnow::testing
