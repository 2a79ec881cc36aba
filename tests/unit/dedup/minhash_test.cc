// SPDX-License-Identifier: Apache-2.0
// The stage as a whole: documents in, verdicts, counters and refusals out.
#include "dedup/minhash.h"

#include <gtest/gtest.h>

#include "pipeline/error.h"
#include "tests/allocation_count.h"
#include "tests/unit/dedup/random_prose.h"
#include "tests/unit/dedup/stage_harness.h"

namespace winnow {
namespace {

using testing::MakeOrdered;
using testing::RandomProse;
using testing::StageHarness;

TEST(Minhash, DropsNearDuplicates) {
  RandomProse prose(1);
  StageHarness minhash(MinhashSpec());
  const RandomProse::Text text = prose.Words(400);
  EXPECT_TRUE(minhash.Decide(RandomProse::Join(text)).kept());
  const Verdict verdict =
      minhash.Decide(RandomProse::Join(prose.Edited(text, 3)));
  ASSERT_FALSE(verdict.kept());
  EXPECT_EQ(minhash.stage().reasons()[verdict.reason], "near_duplicate");
  EXPECT_TRUE(minhash.Decide(RandomProse::Join(prose.Words(400))).kept());
  EXPECT_EQ(minhash.Counter("documents"), 3U);
  EXPECT_EQ(minhash.Counter("duplicates"), 1U);
}

TEST(Minhash, KeepsAndCountsDocumentsWithoutWords) {
  StageHarness minhash(MinhashSpec());
  for (const char* text : {"", "...", "...", "!?", " \n "}) {
    EXPECT_TRUE(minhash.Decide(text).kept()) << text;
  }
  EXPECT_EQ(minhash.Counter("documents_without_words"), 5U);
}

TEST(Minhash, TakesAShortDocumentAsOneShingle) {
  StageHarness minhash(MinhashSpec());
  EXPECT_TRUE(minhash.Decide("good film").kept());
  EXPECT_TRUE(minhash.Decide("good").kept());
  EXPECT_TRUE(minhash.Decide("good film it was").kept());
  EXPECT_TRUE(minhash.Decide("film good").kept());
  EXPECT_FALSE(minhash.Decide("Good film!").kept());
  EXPECT_TRUE(minhash.Decide("it was a good film").kept());
  EXPECT_EQ(minhash.Counter("short_documents"), 5U);
}

// No false merges among many texts of one and of two shingles.
TEST(Minhash, TellsShortDocumentsApart) {
  RandomProse prose(2);
  StageHarness minhash(MinhashSpec());
  std::set<RandomProse::Text> seen;
  for (int i = 0; i < 20000; ++i) {
    const RandomProse::Text text = prose.Words(1 + prose.Below(6));
    EXPECT_EQ(minhash.Decide(RandomProse::Join(text)).kept(),
              seen.insert(text).second);
  }
}

TEST(Minhash, SeesHangulInBothNormalForms) {
  // "한국어" with other words, composed and decomposed.
  const std::string nfc = "\xED\x95\x9C\xEA\xB5\xAD\xEC\x96\xB4";
  const std::string nfd =
      "\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB\xE1\x84\x80\xE1\x85\xAE\xE1\x86\xA8"
      "\xE1\x84\x8B\xE1\x85\xA5";
  std::string texts[2];
  for (int i = 0; i < 30; ++i) {
    const std::string word = " w" + std::to_string(i) + " ";
    texts[0] += word + nfc;
    texts[1] += word + nfd;
  }
  StageHarness minhash(MinhashSpec(), {{"min_similarity", "1"}});
  EXPECT_TRUE(minhash.Decide(texts[0]).kept());
  EXPECT_FALSE(minhash.Decide(texts[1]).kept());
}

TEST(Minhash, TakesHanCharactersAsWords) {
  // Thirty different characters without a space; one changed in the middle
  // leaves 21 of 31 five-character shingles.
  const auto text = [](int changed) {
    std::string s;
    for (int i = 0; i < 60; ++i) {
      const int c = 0x4E00 + (i == changed ? 500 : i * 7);
      s += static_cast<char>(0xE0 | (c >> 12));
      s += static_cast<char>(0x80 | ((c >> 6) & 63));
      s += static_cast<char>(0x80 | (c & 63));
    }
    return s;
  };
  StageHarness minhash(MinhashSpec());
  EXPECT_TRUE(minhash.Decide(text(-1)).kept());
  EXPECT_FALSE(minhash.Decide(text(59)).kept());  // J = 55 / 57
}

// A, B, C with J(A,B) and J(B,C) about .8 and J(A,C) about .63: C is compared
// with A, which was kept, and not with B, which was not.
TEST(Minhash, DoesNotFollowChains) {
  int kept_with_verification = 0;
  int kept_without = 0;
  constexpr int kTrials = 40;
  for (int trial = 0; trial < kTrials; ++trial) {
    RandomProse prose(100 + static_cast<uint64_t>(trial));
    // Ends replaced: 5 + n words of 1000 gone at each step.
    const RandomProse::Text a = prose.Words(1000);
    const RandomProse::Text fresh = prose.Words(300);
    RandomProse::Text b = a;
    std::copy(fresh.begin(), fresh.begin() + 110, b.begin());
    RandomProse::Text c = b;
    std::copy(fresh.begin() + 110, fresh.begin() + 220, c.begin() + 500);
    for (const bool verify : {true, false}) {
      StageHarness minhash(MinhashSpec(),
                           {{"verify", verify ? "signature" : "none"}});
      minhash.Decide(RandomProse::Join(a));
      minhash.Decide(RandomProse::Join(b));
      const bool kept = minhash.Decide(RandomProse::Join(c)).kept();
      (verify ? kept_with_verification : kept_without) += kept ? 1 : 0;
    }
  }
  // The curves at .63: .08 accepted with verification, .32 without.
  EXPECT_GE(kept_with_verification, 32);
  EXPECT_LT(kept_without, kept_with_verification);
}

TEST(Minhash, IsLinearInEqualDocuments) {
  RandomProse prose(3);
  const std::string text = RandomProse::Join(prose.Words(50));
  StageHarness minhash(MinhashSpec(), {}, 10);
  EXPECT_TRUE(minhash.Decide(text).kept());
  for (int i = 0; i < 100000; ++i) EXPECT_FALSE(minhash.Decide(text).kept());
  // One comparison each.
  EXPECT_EQ(minhash.Counter("candidates"), 100000U);
}

// Documents that share bands but are not similar enough: each key is capped,
// so the work for a document is bounded however many there are.
TEST(Minhash, IsLinearInRejectedCandidates) {
  RandomProse prose(4);
  const RandomProse::Text text = prose.Words(60);
  StageHarness minhash(MinhashSpec(), {{"bands", "20"},
                                       {"rows", "1"},
                                       {"ngram", "1"},
                                       {"min_similarity", "0.95"}});
  constexpr uint64_t kDocuments = 5000;
  for (uint64_t i = 0; i < kDocuments; ++i) {
    minhash.Decide(RandomProse::Join(prose.Edited(text, 20)));
  }
  EXPECT_GT(minhash.Counter("capped_keys"), kDocuments);
  EXPECT_LE(minhash.Counter("candidates"), kDocuments * 20 * 4);
}

TEST(Minhash, StopsWhenFull) {
  RandomProse prose(5);
  StageHarness minhash(MinhashSpec(), {}, 3);
  std::vector<std::string> texts;
  for (int i = 0; i < 4; ++i) {
    texts.push_back(RandomProse::Join(prose.Words(50)));
  }
  for (int i = 0; i < 3; ++i) {
    EXPECT_FALSE(minhash.stage().Full());
    EXPECT_TRUE(minhash.Decide(texts[static_cast<size_t>(i)]).kept());
  }
  EXPECT_TRUE(minhash.stage().Full());
  EXPECT_FALSE(minhash.Decide(texts[1]).kept());
  EXPECT_TRUE(minhash.Decide("...").kept());
  try {
    minhash.Decide(texts[3]);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kMemory);
    EXPECT_NE(std::string(error.what()).find("--memory"), std::string::npos);
  }
}

TEST(Minhash, JudgesWithoutAllocating) {
  RandomProse prose(6);
  const std::string text = RandomProse::Join(prose.Words(2000));
  StageHarness minhash(MinhashSpec());
  for (int i = 0; i < 3; ++i) minhash.JudgeOnly(text);
  const size_t before = testing::AllocationCount();
  for (int i = 0; i < 100; ++i) minhash.JudgeOnly(text);
  EXPECT_EQ(testing::AllocationCount(), before);
}

TEST(Minhash, RefusesImpossibleSettings) {
  try {
    MakeOrdered(MinhashSpec(), {{"bands", "1000"}, {"rows", "17"}});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
  }
  EXPECT_THROW(MakeOrdered(MinhashSpec(), {{"bands", "0"}}),
               std::invalid_argument);
  EXPECT_THROW(MakeOrdered(MinhashSpec(), {{"keep", "longest"}}),
               std::invalid_argument);
  EXPECT_NO_THROW(
      MakeOrdered(MinhashSpec(), {{"bands", "450"}, {"rows", "20"}}));
}

TEST(Minhash, SaysWhatADocumentCosts) {
  EXPECT_EQ(MakeOrdered(MinhashSpec(), {})->BytesPerDocument(), 224U);
  EXPECT_EQ(MakeOrdered(MinhashSpec(), {{"bands", "26"}, {"rows", "11"}})
                ->BytesPerDocument(),
            26U * 8 + 286);
}

}  // namespace
}  // namespace winnow
