// SPDX-License-Identifier: Apache-2.0
#include "pipeline/text/sentences.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

#include "pipeline/json_reader.h"
#include "tests/unit/text/spacy_twin.h"

namespace winnow {
namespace {

using ::testing::ElementsAre;
using testing::HostileText;
using testing::Random;
using Spans = std::vector<std::pair<uint32_t, uint32_t>>;

std::vector<std::string> Slices(std::string_view text, const Spans& spans) {
  std::vector<std::string> slices;
  for (const auto& [begin, end] : spans) {
    slices.emplace_back(text.substr(begin, end - begin));
  }
  return slices;
}

// What datatrove gave for our own texts: spacy_oracle.py --vectors.
TEST(SentencizerTest, Vectors) {
  std::ifstream in(WINNOW_SOURCE_DIR "/tests/data/text/spacy_sentences.jsonl");
  Sentencizer sentencizer;
  Spans spans;
  size_t lines = 0;
  for (std::string line; std::getline(in, line); ++lines) {
    const JsonValue value = JsonValue::Parse(line, "spacy_sentences.jsonl");
    const std::string& text = value.at("text").String();
    std::vector<std::string> expected;
    for (const JsonValue& sentence : value.at("sentences").elements()) {
      expected.push_back(sentence.String());
    }
    sentencizer.Split(text, &spans);
    EXPECT_EQ(Slices(text, spans), expected) << text;
    EXPECT_EQ(sentencizer.CountSentences(text, 1000), expected.size());
  }
  EXPECT_EQ(lines, 320U);
}

TEST(SentencizerTest, EmptyTextIsOneSentence) {
  Sentencizer sentencizer;
  Spans spans;
  sentencizer.Split("", &spans);
  EXPECT_THAT(spans, ElementsAre(std::pair(0U, 0U)));
  EXPECT_EQ(sentencizer.CountSentences("", 5), 1U);
}

TEST(SentencizerTest, CountStopsAtMost) {
  Sentencizer sentencizer;
  const std::string_view text = "One. Two! Three? Four. Five. Six.";
  for (uint32_t at_most = 0; at_most < 10; ++at_most) {
    EXPECT_EQ(sentencizer.CountSentences(text, at_most), std::min(at_most, 6U));
  }
}

TEST(SentencizerTest, EqualsSlowTwinOnHostileText) {
  Sentencizer sentencizer;
  Spans spans;
  for (uint64_t seed = 1; seed <= 1500; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    std::string text =
        HostileText(&random, random.Below(300), 2 + random.Below(8));
    // More stops than the parts give.
    for (size_t i = random.Below(20); i < text.size();
         i += 1 + random.Below(60)) {
      if (text[i] == ' ') text.insert(i, ".");
    }
    const Spans expected = testing::SlowSentences(text);
    sentencizer.Split(text, &spans);
    ASSERT_EQ(Slices(text, spans), Slices(text, expected)) << text;
    for (const uint32_t at_most : {2U, 5U, 100000U}) {
      ASSERT_EQ(sentencizer.CountSentences(text, at_most),
                std::min<size_t>(at_most, expected.size()));
    }
  }
}

}  // namespace
}  // namespace winnow
