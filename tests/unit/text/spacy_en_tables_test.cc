// SPDX-License-Identifier: Apache-2.0
// The generated tables against check sums of spaCy 3.8's own sets, and what the
// fast paths take for granted about them.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <string>

#include "pipeline/text/hash.h"
#include "pipeline/text/punctuation.h"
#include "pipeline/text/sha256.h"
#include "pipeline/text/spacy_en_classes.h"
#include "pipeline/text/spacy_en_filter.h"
#include "pipeline/text/spacy_en_merge.h"
#include "pipeline/text/spacy_en_rules.h"
#include "pipeline/text/spacy_en_simple.h"
#include "pipeline/text/unicode.h"

namespace winnow {
namespace {

// Sorted code points, one upper-case hexadecimal number and a line feed each.
std::string SumOf(uint32_t bit, size_t* count) {
  const SpacyClasses& classes = SpacyClasses::Get();
  std::string dump;
  *count = 0;
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if ((classes[c] & bit) == 0) continue;
    char line[16];
    std::snprintf(line, sizeof line, "%04X\n", static_cast<unsigned>(c));
    dump += line;
    ++*count;
  }
  return Sha256Hex(dump);
}

TEST(SpacyClassesTest, CheckSums) {
  size_t count = 0;
  EXPECT_EQ(SumOf(kSpAlpha, &count),
            "8e620c27480c1f774b2bfe21a58174a07725695fd024a1cd2061566ef87d6e92");
  EXPECT_EQ(count, 105724U);
  EXPECT_EQ(SumOf(kSpLower, &count),
            "f2fe10924d40ec305f7319ae3de99305def1e8ee959f5040a61a3d27be3a8ff6");
  EXPECT_EQ(count, 105177U);
  EXPECT_EQ(SumOf(kSpUpper, &count),
            "41611d2ff219392112834f24b30708686492053b77e79eaf5bc4e623c96088a1");
  EXPECT_EQ(count, 104939U);
  EXPECT_EQ(SumOf(kSpIcon, &count),
            "31cd7fce25c19e123bd1c2f69e15ebd6d331e6687a9fd3d7e92347f4e926ca2f");
  EXPECT_EQ(count, 5984U);
}

TEST(SpacyClassesTest, AgreesWithUnicodeAndPunctuation) {
  const SpacyClasses& classes = SpacyClasses::Get();
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    const uint32_t bits = classes[c];
    const unsigned flags = CodePoint(c).flags;
    ASSERT_EQ((bits & kSpPySpace) != 0, (flags & kCpPySpace) != 0)
        << uint32_t{c};
    ASSERT_EQ((bits & kSpLetter) != 0, (flags & kCpLetter) != 0) << uint32_t{c};
    ASSERT_EQ((bits & kSpPunctCat) != 0, (flags & kCpPunct) != 0)
        << uint32_t{c};
    ASSERT_EQ((bits & kSpPunct) != 0, IsDatatrovePunctuation(c)) << uint32_t{c};
    ASSERT_EQ((bits & kSpStop) != 0, IsSentencizerStop(c)) << uint32_t{c};
  }
}

TEST(SpacyRulesTest, CheckSum) {
  std::string dump;
  size_t many = 0;
  for (const SpacyRule& rule : SpacyRules::Get().all()) {
    dump += rule.key + "\t";
    size_t pos = 0;
    for (size_t i = 0; i < rule.tokens; ++i) {
      if (i != 0) dump += '\x1F';
      dump += rule.key.substr(pos, rule.length[i]);
      pos += rule.length[i];
    }
    EXPECT_EQ(pos, rule.key.size());
    EXPECT_LE(rule.key.size(), SpacyRules::kLongest);
    dump += '\n';
    if (rule.tokens > 1) ++many;
  }
  EXPECT_EQ(SpacyRules::Get().all().size(), 1347U);
  EXPECT_EQ(many, 989U);
  EXPECT_EQ(dump.size(), 21731U);
  EXPECT_EQ(Sha256Hex(dump),
            "895cec775eef7e1a322b5162c72edb631b7ff600c39991c28bdbf4df439760a9");
}

TEST(SpacyRulesTest, Find) {
  const SpacyRules& rules = SpacyRules::Get();
  for (const SpacyRule& rule : rules.all()) {
    EXPECT_EQ(rules.Find(rule.key), &rule);
  }
  for (const char* other : {"", "Ill", "well", "hells", "xxxxxxxxxx", "  "}) {
    EXPECT_EQ(rules.Find(other), nullptr) << other;
  }
  EXPECT_EQ(rules.Find(std::string(1000, 'a')), nullptr);
}

TEST(SpacyMatcherTest, Keys) { EXPECT_EQ(SpacyMatcher::Get().size(), 366U); }

bool IsLetters(std::string_view string) {
  return std::all_of(string.begin(), string.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  });
}

// A word and a sign that is cut off at sight must be no special case.
TEST(SpacySimpleTest, NoRuleIsHidden) {
  const SpacyWordFilter& filter = SpacyWordFilter::Get();
  const SpacyTails tails;
  for (const SpacyRule& rule : SpacyRules::Get().all()) {
    const std::string_view key = rule.key;
    if (IsLetters(key)) {
      EXPECT_TRUE(rule.tokens == 1 || filter.MayBeCut(Hash64(key))) << key;
      continue;
    }
    const std::string_view word = key.substr(0, key.size() - 1);
    if (word.empty() || !IsLetters(word)) continue;
    const SpacyTail tail = tails.kind(key.back());
    if (tail == SpacyTail::kDot) {
      EXPECT_FALSE(IsSpacyDotCut(word, Hash64(word), filter)) << key;
    } else {
      EXPECT_EQ(tail, SpacyTail::kOther) << key;
    }
  }
}

TEST(SpacySimpleTest, TailsAreSuffixes) {
  const SpacyClasses& classes = SpacyClasses::Get();
  const SpacyTails tails;
  for (int i = 0; i < 256; ++i) {
    const char c = static_cast<char>(i);
    const SpacyTail tail = tails.kind(c);
    EXPECT_EQ(tails.raw(c), Hash64(std::string_view(&c, 1)));
    if (tail == SpacyTail::kOther || tail == SpacyTail::kDot) continue;
    const uint32_t bits = classes[static_cast<char32_t>(i)];
    EXPECT_NE(bits & kSpSuffix, 0U) << c;
    EXPECT_NE(bits & kSpPunct, 0U) << c;
    EXPECT_EQ((bits & kSpStop) != 0, tail == SpacyTail::kStop) << c;
    EXPECT_EQ((bits & kSpPunctCat) != 0, tail != SpacyTail::kSymbol) << c;
  }
}

TEST(SpacySimpleTest, HashIsHash64) {
  const std::string text = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOP";
  for (size_t begin = 0; begin < 8; ++begin) {
    for (size_t size = 1; begin + size + 4 < text.size(); ++size) {
      EXPECT_EQ(HashSpacyWord(text.data() + begin, size),
                Hash64(std::string_view(text).substr(begin, size)));
    }
  }
}

// Most words of English must not be sent to the slow path by chance.
TEST(SpacySimpleTest, FilterIsSparse) {
  size_t hits = 0;
  for (uint32_t i = 0; i < 100000; ++i) {
    if (SpacyWordFilter::Get().MayBeCut(Hash64(std::to_string(i)))) ++hits;
  }
  EXPECT_LT(hits, 3000U);
}

}  // namespace
}  // namespace winnow
