// SPDX-License-Identifier: Apache-2.0
// A binary of its own: it replaces operator new.
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "pipeline/text/sentences.h"
#include "pipeline/text/spacy_en.h"
#include "tests/allocation_count.h"
#include "tests/unit/text/spacy_twin.h"

namespace winnow {
namespace {

using testing::HostileText;
using testing::Random;
using Spans = std::vector<std::pair<uint32_t, uint32_t>>;

TEST(SpacyAllocationTest, WarmTokenizerDoesNotAllocate) {
  SpacyEnTokenizer tokenizer;
  Words words;
  std::vector<std::string> texts;
  for (uint64_t seed = 1; seed <= 50; ++seed) {
    Random random(seed);
    texts.push_back(HostileText(&random, 200, 4));
  }
  for (const std::string& text : texts) tokenizer.Tokenize(text, &words);
  const size_t before = testing::AllocationCount();
  for (const std::string& text : texts) tokenizer.Tokenize(text, &words);
  EXPECT_EQ(testing::AllocationCount(), before);
}

TEST(SpacyAllocationTest, WarmSentencizerDoesNotAllocate) {
  Sentencizer sentencizer;
  Spans spans;
  Random random(7);
  const std::string text = HostileText(&random, 3000, 4);
  sentencizer.Split(text, &spans);
  const size_t before = testing::AllocationCount();
  sentencizer.Split(text, &spans);
  sentencizer.CountSentences(text, 1000);
  EXPECT_EQ(testing::AllocationCount(), before);
}

}  // namespace
}  // namespace winnow
