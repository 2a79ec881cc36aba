// SPDX-License-Identifier: Apache-2.0
#include "pipeline/text/spacy_en_scan.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "pipeline/text/spacy_en_space.h"
#include "tests/unit/text/random_text.h"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wold-style-cast"
#pragma GCC diagnostic ignored "-Wcast-qual"
#include "hwy/highway.h"
#include "hwy/targets.h"
#pragma GCC diagnostic pop

namespace winnow {
namespace {

struct Chunk {
  uint32_t begin;
  uint32_t letters;
  uint32_t end;
  friend bool operator==(const Chunk&, const Chunk&) = default;
};

std::vector<Chunk> Plain(std::string_view text) {
  const auto white = [&](size_t i) {
    return IsAsciiPySpace(static_cast<unsigned char>(text[i]));
  };
  const auto letter = [&](size_t i) {
    const char c = text[i];
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  };
  std::vector<Chunk> chunks;
  for (size_t i = 0; i < text.size();) {
    if (white(i)) {
      ++i;
      continue;
    }
    const size_t begin = i;
    while (i < text.size() && letter(i)) ++i;
    const size_t letters = i;
    while (i < text.size() && !white(i)) ++i;
    chunks.push_back({static_cast<uint32_t>(begin),
                      static_cast<uint32_t>(letters),
                      static_cast<uint32_t>(i)});
  }
  return chunks;
}

std::vector<Chunk> Scanned(std::string_view text) {
  SpacyChunkScanner scanner;
  std::vector<Chunk> chunks;
  scanner.Start(text);
  while (scanner.Next()) {
    EXPECT_GT(scanner.size(), 0U);
    for (size_t i = 0; i < scanner.size(); ++i) {
      chunks.push_back({scanner.list().begin[i], scanner.list().letters[i],
                        scanner.list().end[i]});
    }
  }
  EXPECT_FALSE(scanner.Next());
  return chunks;
}

std::string RandomBytes(uint64_t seed, size_t size) {
  static constexpr std::string_view kBytes =
      "aaaabcxyzABZ   \n\t.,-'09\x1C\x1B\x08\x0D@[`{\x7F\x80\xC3\xFF";
  testing::Random random(seed);
  // From almost only letters to a change at every byte.
  const uint64_t keep = 1 + random.Below(200);
  std::string text;
  char c = 'a';
  while (text.size() < size) {
    if (random.Below(keep) == 0) c = kBytes[random.Below(kBytes.size())];
    text += c;
  }
  return text;
}

class SpacyScanTest : public ::testing::TestWithParam<uint32_t> {
 protected:
  void SetUp() override {
    hwy::SetSupportedTargetsForTest(GetParam());
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
  }
  void TearDown() override {
    hwy::SetSupportedTargetsForTest(0);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
  }
};

TEST_P(SpacyScanTest, EqualsPlainLoop) {
  for (uint64_t seed = 1; seed <= 600; ++seed) {
    const size_t size = seed < 300 ? seed : 3500 + 10 * (seed - 300);
    const std::string text = RandomBytes(seed, size);
    ASSERT_EQ(Scanned(text), Plain(text)) << "seed " << seed;
  }
}

TEST_P(SpacyScanTest, LongRuns) {
  for (const size_t size : {1U, 63U, 64U, 65U, 4095U, 4096U, 4097U, 20000U}) {
    for (const char c : {'a', ' ', '.'}) {
      const std::string text(size, c);
      ASSERT_EQ(Scanned(text), Plain(text)) << size;
      ASSERT_EQ(Scanned(text + "."), Plain(text + ".")) << size;
      ASSERT_EQ(Scanned(" " + text + " b"), Plain(" " + text + " b")) << size;
    }
  }
  EXPECT_TRUE(Scanned("").empty());
}

// The most chunks that a list must hold.
TEST_P(SpacyScanTest, OneLetterWords) {
  for (const char* part : {"a ", " a"}) {
    std::string text;
    while (text.size() < 3 * SpacyChunkList::kBytes) text += part;
    ASSERT_EQ(Scanned(text), Plain(text));
  }
}

std::vector<uint32_t> Targets() {
  std::vector<uint32_t> targets;
  for (const auto target : hwy::SupportedAndGeneratedTargets()) {
    targets.push_back(static_cast<uint32_t>(target));
  }
  return targets;
}

INSTANTIATE_TEST_SUITE_P(AllTargets, SpacyScanTest,
                         ::testing::ValuesIn(Targets()));

}  // namespace
}  // namespace winnow
