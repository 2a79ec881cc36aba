// SPDX-License-Identifier: Apache-2.0
// Which bytes of a document the language is read from.
#include "filters/lid_sample.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>

#include "filters/lid_separator.h"

namespace winnow {
namespace {

bool IsContinuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

// What the header promises of any valid UTF-8 text.
void CheckSample(std::string_view text) {
  const LidSample sample(text);
  if (text.size() <= 4096) {
    ASSERT_EQ(sample.count, 1U);
    EXPECT_EQ(sample.windows[0], text);
    return;
  }
  ASSERT_EQ(sample.count, 8U);
  size_t previous_end = 0;
  for (size_t i = 0; i < 8; ++i) {
    const std::string_view w = sample.windows[i];
    const auto begin = static_cast<size_t>(w.data() - text.data());
    const size_t end = begin + w.size();
    const size_t nominal = i * (text.size() - 512) / 7;
    ASSERT_GE(begin, nominal);
    ASSERT_LT(begin, nominal + 64);
    ASSERT_LE(end, nominal + 512);
    ASSERT_GT(end, nominal + 512 - 64);
    ASSERT_GE(w.size(), 380U);
    ASSERT_GE(begin, previous_end);
    previous_end = end;
    EXPECT_FALSE(IsContinuation(text[begin]));
    if (end < text.size()) {
      EXPECT_FALSE(IsContinuation(text[end]));
    }
    // An edge stands at a separator wherever one was near.
    const std::string_view near_begin = text.substr(nominal, 63);
    if (i > 0 && near_begin.find(' ') != std::string_view::npos) {
      EXPECT_TRUE(IsLidSeparator(text[begin - 1]));
    }
  }
  EXPECT_EQ(sample.windows[0].data(), text.data());
  EXPECT_EQ(previous_end, text.size());
}

TEST(LidSampleTest, ShortTextIsTakenWhole) {
  for (const size_t size : {0U, 1U, 511U, 512U, 4095U, 4096U}) {
    CheckSample(std::string(size, 'x'));
  }
}

TEST(LidSampleTest, WindowsAreSpreadAndDoNotOverlap) {
  for (const size_t size : {4097U, 4098U, 5000U, 100'003U}) {
    CheckSample(std::string(size, 'x'));
    CheckSample(std::string(size, ' '));
  }
}

TEST(LidSampleTest, EdgesFallBetweenWords) {
  std::string text;
  while (text.size() < 9000) text += "seven words stand here, all in line ";
  CheckSample(text);
  const LidSample sample(text);
  for (size_t i = 1; i + 1 < 8; ++i) {
    const std::string_view w = sample.windows[i];
    EXPECT_TRUE(w.data()[-1] == ' ') << i;
    EXPECT_TRUE(w.data()[w.size()] == ' ') << i;
  }
}

TEST(LidSampleTest, TextWithoutSpacesIsCutBetweenCharacters) {
  std::string han;
  while (han.size() < 30'000) han += "\xE4\xB8\x96\xF0\x9F\x98\x80\xC3\xA9";
  for (size_t cut = 0; cut < 9; ++cut) {
    CheckSample(std::string_view(han).substr(0, 9 * 2000));
    CheckSample(std::string(cut, 'x') + han);
  }
}

TEST(LidSampleTest, RandomTextsKeepThePromise) {
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    std::string text;
    const size_t size = 4000 + random() % 20'000;
    const size_t spaces = 1 + random() % 200;
    while (text.size() < size) {
      constexpr std::string_view kPieces[] = {"a", "\xC3\xA9", "\xEA\xB0\x80",
                                              "\xF0\x9F\x98\x80"};
      text += random() % spaces == 0 ? " " : kPieces[random() % 4];
    }
    CheckSample(text);
  }
}

}  // namespace
}  // namespace winnow
