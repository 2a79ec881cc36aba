// SPDX-License-Identifier: Apache-2.0
// A run that stops at any mark and goes on from its segments decides as one
// that never stopped, and writes the same segments and clusters.
#include <gtest/gtest.h>

#include "dedup/exact.h"
#include "dedup/minhash.h"
#include "pipeline/error.h"
#include "tests/unit/dedup/random_prose.h"
#include "tests/unit/dedup/stage_harness.h"

namespace winnow {
namespace {

using testing::MakeOrdered;
using testing::RandomProse;
using testing::Settings;
using testing::StageHarness;
using testing::WriteSegments;

// Families of edited copies, so that duplicates, rejected candidates and
// shared keys all occur; some short and some empty texts.
std::vector<std::string> Corpus(uint64_t seed, size_t n) {
  RandomProse prose(seed);
  std::vector<RandomProse::Text> originals;
  for (int i = 0; i < 20; ++i) originals.push_back(prose.Words(80));
  std::vector<std::string> texts;
  while (texts.size() < n) {
    switch (prose.Below(10)) {
      case 0:
        texts.push_back(RandomProse::Join(prose.Words(prose.Below(4))));
        break;
      case 1:
        texts.push_back(RandomProse::Join(prose.Words(80)));
        break;
      default:
        texts.push_back(RandomProse::Join(
            prose.Edited(originals[prose.Below(20)], prose.Below(8))));
    }
  }
  return texts;
}

struct Case {
  const char* name;
  const StageSpec& (*spec)();
  Settings settings;
};

std::string NameOf(const ::testing::TestParamInfo<Case>& info) {
  return info.param.name;
}

class Replay : public ::testing::TestWithParam<Case> {
 protected:
  static constexpr size_t kPerSegment = 150;
  static constexpr size_t kSegments = 6;

  std::unique_ptr<StageHarness> Start(uint64_t capacity = 100000) {
    return std::make_unique<StageHarness>(GetParam().spec(),
                                          GetParam().settings, capacity);
  }
  // Decides the documents of one segment and returns its bytes.
  std::string Decide(StageHarness* stage, const std::vector<std::string>& texts,
                     size_t segment, std::vector<bool>* kept) {
    const auto begin =
        texts.begin() + static_cast<std::ptrdiff_t>(segment * kPerSegment);
    stage->set_next_offset(segment * kPerSegment);
    const std::vector<bool> verdicts =
        stage->Decide(std::vector<std::string>(begin, begin + kPerSegment));
    kept->insert(kept->end(), verdicts.begin(), verdicts.end());
    return stage->TakeSegment();
  }
};

TEST_P(Replay, AtAnyMarkChangesNothing) {
  const std::vector<std::string> texts = Corpus(1, kPerSegment * kSegments);
  const auto whole = Start();
  std::vector<bool> expected;
  std::vector<std::string> segments;
  for (size_t i = 0; i < kSegments; ++i) {
    segments.push_back(Decide(whole.get(), texts, i, &expected));
  }
  EXPECT_GT(std::count(expected.begin(), expected.end(), false), 50);
  for (size_t stop = 0; stop <= kSegments; ++stop) {
    // Another budget gives another table, and the same decisions.
    const auto resumed = Start(1000 + 777 * stop);
    for (size_t i = 0; i < stop; ++i) resumed->stage().Replay(segments[i]);
    std::vector<bool> kept(
        expected.begin(),
        expected.begin() + static_cast<std::ptrdiff_t>(stop * kPerSegment));
    for (size_t i = stop; i < kSegments; ++i) {
      EXPECT_EQ(Decide(resumed.get(), texts, i, &kept), segments[i]);
    }
    EXPECT_EQ(kept, expected);
    const auto counters = whole->stage().Counters();
    for (const auto& counter : counters) {
      EXPECT_EQ(resumed->Counter(counter.name), counter.value) << counter.name;
    }
  }
  std::string clusters;
  whole->stage().WriteClusters(WriteSegments(segments, "replay"), &clusters);
  EXPECT_EQ(
      static_cast<size_t>(std::count(clusters.begin(), clusters.end(), '\n')),
      whole->Counter("duplicates"));
}

TEST_P(Replay, WhereSegmentsEndChangesNothingButTheirEnds) {
  const std::vector<std::string> texts = Corpus(2, 600);
  const auto whole = Start();
  const std::vector<bool> expected = whole->Decide(texts);
  const std::string one = whole->TakeSegment();
  const auto parts = Start();
  std::vector<std::string> many;
  std::vector<bool> kept;
  for (size_t i = 0; i < texts.size(); ++i) {
    kept.push_back(parts->Decide(texts[i]).kept());
    if (i % 37 == 0) many.push_back(parts->TakeSegment());
  }
  many.push_back(parts->TakeSegment());
  EXPECT_EQ(kept, expected);
  std::string clusters[2];
  whole->stage().WriteClusters(WriteSegments({one}, "replay_one"),
                               &clusters[0]);
  whole->stage().WriteClusters(WriteSegments(many, "replay_many"),
                               &clusters[1]);
  EXPECT_EQ(clusters[0], clusters[1]);
  EXPECT_FALSE(clusters[0].empty());
}

TEST_P(Replay, RefusesWhatDoesNotFit) {
  const std::vector<std::string> texts = Corpus(3, 2 * kPerSegment);
  const auto stage = Start();
  std::vector<bool> kept;
  const std::string first = Decide(stage.get(), texts, 0, &kept);
  const std::string second = Decide(stage.get(), texts, 1, &kept);
  const auto kind_of = [](StageHarness* harness, const std::string& segment) {
    try {
      harness->stage().Replay(segment);
    } catch (const Error& error) {
      return error.kind();
    }
    return ErrorKind::kInternal;
  };
  EXPECT_EQ(kind_of(Start().get(), second), ErrorKind::kCorruption);
  EXPECT_EQ(kind_of(Start().get(), first.substr(0, first.size() / 2)),
            ErrorKind::kCorruption);
  EXPECT_EQ(kind_of(Start().get(), ""), ErrorKind::kCorruption);
  EXPECT_EQ(kind_of(Start(10).get(), first), ErrorKind::kMemory);
  const auto once = Start();
  once->stage().Replay(first);
  EXPECT_EQ(kind_of(once.get(), first), ErrorKind::kCorruption);
}

INSTANTIATE_TEST_SUITE_P(
    Stages, Replay,
    ::testing::Values(
        Case{"Exact", ExactSpec, {}},
        Case{"ExactRaw", ExactSpec, {{"normalize", "raw"}}},
        Case{"Minhash", MinhashSpec, {}},
        Case{"MinhashUnverified", MinhashSpec, {{"verify", "none"}}},
        // Many shared keys, many rejections.
        Case{"MinhashLoose",
             MinhashSpec,
             {{"bands", "30"}, {"rows", "2"}, {"min_similarity", "0.9"}}}),
    NameOf);

TEST(ReplayOfOtherParameters, IsRefused) {
  StageHarness made(MinhashSpec());
  made.Decide("a text that is long enough to have a shingle");
  const std::string segment = made.TakeSegment();
  const Settings others[] = {{{"seed", "2"}},
                             {{"ngram", "4"}},
                             {{"verify", "none"}},
                             {{"min_similarity", "0.71"}},
                             {{"bands", "8"}, {"rows", "14"}}};
  for (const Settings& other : others) {
    StageHarness stage(MinhashSpec(), other);
    try {
      stage.stage().Replay(segment);
      FAIL() << other[0].first;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kCorruption);
      EXPECT_NE(std::string(error.what()).find(other[0].first),
                std::string::npos)
          << error.what();
    }
  }
  StageHarness exact(ExactSpec());
  EXPECT_THROW(exact.stage().Replay(segment), Error);
}

}  // namespace
}  // namespace winnow
