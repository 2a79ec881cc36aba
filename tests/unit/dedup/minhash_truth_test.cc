// SPDX-License-Identifier: Apache-2.0
// `minhash` on 3,000 documents against all true similarities: what it drops is
// similar (precision), and it drops as many as the curve promises (recall).
#include <gtest/gtest.h>

#include <cmath>

#include "dedup/banding.h"
#include "dedup/minhash.h"
#include "pipeline/text/analysis.h"
#include "tests/eval/jaccard_truth.h"
#include "tests/unit/dedup/random_prose.h"
#include "tests/unit/dedup/stage_harness.h"

namespace winnow {
namespace {

using testing::Jaccard;
using testing::RandomProse;
using testing::ShingleSet;
using testing::StageHarness;

constexpr BandShape kShape{14, 8};

struct Sample {
  std::vector<std::string> texts;
  std::vector<std::vector<uint64_t>> shingles;
};

// 300 families of an original and nine copies, with 0 to 24 of 300 words
// changed: similarities from 1 down to about .5 to the original, less between
// copies. Families come mixed.
Sample MakeSample(uint64_t seed) {
  RandomProse prose(seed);
  std::vector<RandomProse::Text> originals;
  for (int i = 0; i < 300; ++i) originals.push_back(prose.Words(300));
  Sample sample;
  Analyzer analyzer(AnalysisNeeds::Words(Profile::kAlnum));
  for (int copy = 0; copy < 10; ++copy) {
    for (const RandomProse::Text& original : originals) {
      sample.texts.push_back(RandomProse::Join(
          prose.Edited(original, copy == 0 ? 0 : prose.Below(25))));
      sample.shingles.push_back(ShingleSet(
          analyzer.Analyze(sample.texts.back()).word(Profile::kAlnum).folded,
          5));
    }
  }
  return sample;
}

// One run over the sample. Expected drops, from the true similarities to all
// documents that the run itself had kept before.
struct Tally {
  double expected = 0;
  double variance = 0;
  size_t dropped = 0;
  size_t dropped_below[3] = {0, 0, 0};  // best similarity below .6, .65, .7
  size_t similar = 0;                   // best similarity .85 or more,
  size_t similar_dropped = 0;           // and dropped
};

Tally RunOver(const Sample& sample, const std::string& verify) {
  const size_t min_equal =
      verify == "none" ? 0 : MinEqualBytes(.7, kShape.slots());
  StageHarness minhash(MinhashSpec(), {{"verify", verify}});
  std::vector<size_t> kept;
  Tally tally;
  for (size_t i = 0; i < sample.texts.size(); ++i) {
    double missed = 1;
    double best = 0;
    for (const size_t k : kept) {
      // Families have nothing in common; spare the dear comparison.
      if (k % 300 != i % 300) continue;
      const double jaccard = Jaccard(sample.shingles[k], sample.shingles[i]);
      best = std::max(best, jaccard);
      missed *= 1 - AcceptanceProbability(kShape, min_equal, jaccard);
    }
    const bool dropped = !minhash.Decide(sample.texts[i]).kept();
    tally.expected += 1 - missed;
    tally.variance += missed * (1 - missed);
    if (best >= .85) ++tally.similar;
    if (!dropped) {
      kept.push_back(i);
      continue;
    }
    ++tally.dropped;
    if (best >= .85) ++tally.similar_dropped;
    if (best < .6) ++tally.dropped_below[0];
    if (best < .65) ++tally.dropped_below[1];
    if (best < .7) ++tally.dropped_below[2];
  }
  return tally;
}

void ExpectAsPromised(const Tally& tally) {
  EXPECT_GT(tally.dropped, 1000U);
  EXPECT_GT(tally.similar, 500U);
  // Decisions on one family hang together: twice the error of free ones.
  EXPECT_NEAR(static_cast<double>(tally.dropped), tally.expected,
              6 * std::sqrt(tally.variance));
  EXPECT_GE(static_cast<double>(tally.similar_dropped),
            .98 * static_cast<double>(tally.similar));
}

TEST(MinhashTruth, WithVerification) {
  const Tally tally = RunOver(MakeSample(1), "signature");
  ExpectAsPromised(tally);
  EXPECT_LE(tally.dropped_below[0] * 200, tally.dropped);
  EXPECT_LE(tally.dropped_below[1] * 33, tally.dropped);
  RecordProperty("dropped", static_cast<int>(tally.dropped));
}

TEST(MinhashTruth, WithoutVerification) {
  const Tally tally = RunOver(MakeSample(1), "none");
  ExpectAsPromised(tally);
}

}  // namespace
}  // namespace winnow
