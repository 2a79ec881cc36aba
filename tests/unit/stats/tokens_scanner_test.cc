// SPDX-License-Identifier: Apache-2.0
// Pieces and units against the patterns themselves.
#include <gtest/gtest.h>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wold-style-cast"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#include <hwy/highway.h>
#pragma GCC diagnostic pop

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "pipeline/text/unicode.h"
#include "stats/tokens/char_class.h"
#include "stats/tokens/piece_scanner.h"
#include "stats/tokens/unit_scanner.h"
#include "stats/tokens/vocabulary_file.h"
#include "tests/unit/stats/tokens_reference.h"

namespace winnow {
namespace {

using testing::RandomClassMix;
using testing::ReferencePieces;

std::vector<std::string> Pieces(TokenPattern pattern, std::string_view text) {
  std::vector<std::string> pieces;
  for (size_t pos = 0; pos < text.size();) {
    const size_t end = PieceEnd(pattern, text, pos);
    pieces.emplace_back(text.substr(pos, end - pos));
    pos = end;
  }
  return pieces;
}

std::set<size_t> Borders(const std::vector<std::string>& pieces) {
  std::set<size_t> borders = {0};
  size_t at = 0;
  for (const std::string& piece : pieces) borders.insert(at += piece.size());
  return borders;
}

// Where the units of `text` begin and end.
std::set<size_t> UnitBorders(UnitFamily family, std::string_view text,
                             size_t room) {
  std::vector<size_t> ends(room);
  std::set<size_t> borders = {0};
  for (size_t pos = 0; pos < text.size();) {
    const size_t n = ScanUnits(family, text, pos, ends);
    EXPECT_GT(n, 0U);
    for (size_t i = 0; i < n; ++i) {
      EXPECT_GT(ends[i], pos);
      borders.insert(pos = ends[i]);
    }
  }
  return borders;
}

class TokenPieces : public ::testing::TestWithParam<VocabularySpec> {};

TEST_P(TokenPieces, EqualThoseOfThePattern) {
  const std::string name(GetParam().name);
  std::mt19937_64 random(20260101);
  for (int round = 0; round < 30000; ++round) {
    const std::string text =
        RandomClassMix(&random, static_cast<size_t>(round % 40));
    ASSERT_EQ(Pieces(GetParam().pattern, text), ReferencePieces(name, text))
        << "round " << round << ": " << ::testing::PrintToString(text);
  }
}

TEST_P(TokenPieces, AnyBytesAreSafe) {
  const std::string name(GetParam().name);
  std::mt19937_64 random(7);
  for (int round = 0; round < 3000; ++round) {
    std::string text = RandomClassMix(&random, 12);
    for (int i = 0; i < 3 && !text.empty(); ++i) {
      text[random() % text.size()] = static_cast<char>(random());
    }
    text.resize(text.size() - std::min<size_t>(text.size(), random() % 3));
    // A buffer of its exact size, so that an over-read is found.
    const std::vector<char> exact(text.begin(), text.end());
    ASSERT_EQ(Pieces(GetParam().pattern, {exact.data(), exact.size()}),
              ReferencePieces(name, text))
        << "round " << round << ": " << ::testing::PrintToString(text);
  }
}

INSTANTIATE_TEST_SUITE_P(Vocabularies, TokenPieces, ::testing::ValuesIn([] {
                           const auto known = KnownVocabularies();
                           return std::vector<VocabularySpec>(known.begin(),
                                                              known.end());
                         }()),
                         [](const auto& param) {
                           return std::string(param.param.name);
                         });

// Units begin where pieces begin in both patterns, and a unit by itself has
// the pieces that it has in the text.
TEST(TokenUnits, AreCutWhereBothPatternsCut) {
  std::mt19937_64 random(99);
  for (int round = 0; round < 20000; ++round) {
    const auto length = static_cast<size_t>(round % 200);
    const std::string text = RandomClassMix(&random, length);
    const std::set<size_t> units =
        UnitBorders(UnitFamily::kModern, text, kUnitRoom + random() % 64);
    for (const char* name : {"cl100k_base", "o200k_base"}) {
      const std::set<size_t> borders = Borders(ReferencePieces(name, text));
      ASSERT_TRUE(std::ranges::includes(borders, units))
          << name << " round " << round << ": "
          << ::testing::PrintToString(text);
      std::set<size_t> by_unit = {0};
      for (auto it = units.begin(); std::next(it) != units.end(); ++it) {
        const std::string unit = text.substr(*it, *std::next(it) - *it);
        for (const size_t b : Borders(ReferencePieces(name, unit))) {
          by_unit.insert(*it + b);
        }
      }
      ASSERT_EQ(by_unit, borders) << name << " round " << round << ": "
                                  << ::testing::PrintToString(text);
    }
  }
}

std::vector<size_t> UnitEnds(std::string_view text) {
  std::vector<size_t> all;
  std::vector<size_t> ends(256);
  for (size_t pos = 0; pos < text.size();) {
    const size_t n = ScanUnits(UnitFamily::kModern, text, pos, ends);
    all.insert(all.end(), ends.begin(),
               ends.begin() + static_cast<std::ptrdiff_t>(n));
    pos = all.back();
  }
  return all;
}

// Every instruction set finds the same units; the scalar one takes the class of
// every character from the table.
TEST(TokenUnits, DoNotDependOnTheInstructionSet) {
  std::vector<std::string> texts;
  std::mt19937_64 random(31);
  for (size_t round = 0; round < 3000; ++round) {
    texts.push_back(RandomClassMix(&random, round % 300));
    // Ill-formed too.
    if (round % 3 != 0 || texts.back().empty()) continue;
    for (size_t i = 0; i < 4; ++i) {
      texts.back()[random() % texts.back().size()] =
          static_cast<char>(random());
    }
  }
  // Every character alone, doubled, and among letters, in windows that are
  // crowded with it.
  std::string all;
  for (char32_t c = 1; c < 0x30000; ++c) {
    if (c >= 0xD800 && c < 0xE000) continue;
    char bytes[4];
    const std::string character(bytes, EncodeUtf8(c, bytes));
    for (const char* before : {"", "a", " ", "1", ".", "\n"}) {
      all += before + character + (c % 2 == 0 ? character : "x") + character;
    }
    if (all.size() > 10000) {
      texts.push_back(std::move(all));
      all.clear();
    }
  }
  std::vector<std::vector<size_t>> expected;
  size_t targets = 0;
  // The scalar target has the highest bit, so it comes last.
  std::vector<int64_t> supported = hwy::SupportedAndGeneratedTargets();
  std::reverse(supported.begin(), supported.end());
  for (const int64_t target : supported) {
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
    ++targets;
    for (size_t i = 0; i < texts.size(); ++i) {
      const std::vector<size_t> ends = UnitEnds(texts[i]);
      if (expected.size() == i) {
        expected.push_back(ends);
      } else {
        ASSERT_EQ(ends, expected[i])
            << hwy::TargetName(target) << ": "
            << ::testing::PrintToString(texts[i].substr(0, 400));
      }
    }
  }
  hwy::SetSupportedTargetsForTest(0);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
  EXPECT_GT(targets, 1U);
}

TEST(CharClasses, WhiteSpaceIsUnicodeWhiteSpace) {
  const CharClasses& classes = CharClasses::Get();
  int white = 0;
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    white += (classes.of(c) & kClassWhite) != 0 ? 1 : 0;
  }
  EXPECT_EQ(white, 25);
  for (const uint32_t c : {0x200BU, 0xFEFFU, 0x1CU, 0x1FU, 0x180EU}) {
    EXPECT_EQ(classes.of(c) & kClassWhite, 0) << c;
  }
  EXPECT_EQ(classes.of(0x110000), kClassOther);
  EXPECT_EQ(classes.of(0xFFFFFFFF), kClassOther);
}

TEST(TokenPieces, OneUnitFromAMegabyte) {
  // Each text is one piece or a run of equal ones; what is tested is that a
  // megabyte comes to an end.
  for (const char* unit : {"x", "X", " ", "\n", "7", "\xE6\xBC\xA2", "!",
                           "\xF0\x9F\x91\x8D", "\xCC\x81", "'s",
                           "Xx\xE3\x81"
                           "\x82",
                           " \n", "/\n"}) {
    std::string text;
    while (text.size() < (1U << 20)) text += unit;
    for (const VocabularySpec& spec : KnownVocabularies()) {
      EXPECT_EQ(Pieces(spec.pattern, text).empty(), false);
    }
    EXPECT_GT(UnitBorders(UnitFamily::kModern, text, 256).size(), 1U);
  }
}

}  // namespace
}  // namespace winnow
