// SPDX-License-Identifier: Apache-2.0
#include "filters/first_seen_table.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "filters/stop_words.h"
#include "pipeline/text/hash.h"
#include "tests/unit/text/random_text.h"

namespace winnow::testing {
namespace {

TEST(FirstSeenTable, AgreesWithAMap) {
  FirstSeenTable table;
  for (uint64_t seed = 0; seed < 200; ++seed) {
    Random random(seed);
    std::vector<uint64_t> keys(random.Below(300));
    const uint64_t range = 1 + random.Below(200);
    // Some rounds with few different hashes: equality must decide.
    const uint64_t hashes = seed % 3 == 0 ? 3 : ~uint64_t{0};
    std::map<uint64_t, uint32_t> first;
    const auto entries = table.Start(keys.size(), keys.size());
    for (uint32_t i = 0; i < keys.size(); ++i) {
      keys[i] = random.Below(range);
      const uint64_t hash = HashCombine(0, keys[i]) % hashes;
      EXPECT_EQ(entries.Enter(hash, i,
                              [&](uint32_t j) { return keys[j] == keys[i]; }),
                first.emplace(keys[i], i).first->second);
    }
  }
}

TEST(FirstSeenTable, SurvivesTheEndOfItsStamps) {
  FirstSeenTable table;
  constexpr uint32_t kIndices = uint32_t{1} << 30;
  for (int round = 0; round < 20; ++round) {
    const auto entries = table.Start(4, kIndices);
    // Items 5 and 6 are equal, the last one is not, and all have one place.
    const auto small = [](uint32_t i) { return i < 10; };
    const auto large = [](uint32_t i) { return i >= 10; };
    EXPECT_EQ(entries.Enter(7, 5, small), 5U);
    EXPECT_EQ(entries.Enter(7, 6, small), 5U);
    EXPECT_EQ(entries.Enter(7, kIndices - 1, large), kIndices - 1);
    EXPECT_EQ(entries.Enter(7, 9, small), 5U);
  }
}

TEST(StopWords, CountsDifferentOnes) {
  const StopWords stop({"the", "and", "the", "\u00FCber"});
  EXPECT_EQ(stop.size(), 3U);
  const std::string text = "the The and the \u00FCber";
  Analyzer analyzer(AnalysisNeeds::Words(Profile::kSpace));
  const Analysis& analysis = analyzer.Analyze(text);
  const Words& words = analysis.word(Profile::kSpace);
  std::vector<uint8_t> seen;
  EXPECT_EQ(stop.CountDistinct(text, words, 9, &seen), 3U);
  EXPECT_EQ(stop.CountDistinct(text, words, 2, &seen), 2U);
  EXPECT_EQ(stop.CountDistinct(text, words, 0, &seen), 0U);
  EXPECT_EQ(StopWords({}).CountDistinct(text, words, 5, &seen), 0U);
}

}  // namespace
}  // namespace winnow::testing
