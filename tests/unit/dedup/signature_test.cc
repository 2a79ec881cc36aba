// SPDX-License-Identifier: Apache-2.0
// Accuracy against theory. Sets of random words with a known Jaccard
// similarity: a family that is not min-wise independent enough, or a sketch
// whose bytes depend on each other, leaves these bounds (the accuracy table of
// docs/dedup.md names families that do).
#include "dedup/signature.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

#include "dedup/banding.h"

namespace winnow {
namespace {

using Words = std::vector<uint64_t>;

// Two sets of `n` random words each, `shared` of them in common.
class SetPairs {
 public:
  SetPairs(size_t n, double similarity, uint64_t seed) : random_(seed), n_(n) {
    // J = shared / (2 n - shared)
    shared_ = static_cast<size_t>(std::lround(2 * static_cast<double>(n) *
                                              similarity / (1 + similarity)));
  }
  double similarity() const {
    return static_cast<double>(shared_) / static_cast<double>(2 * n_ - shared_);
  }
  void Next(Words* a, Words* b) {
    a->clear();
    b->clear();
    for (size_t i = 0; i < shared_; ++i) {
      a->push_back(random_());
      b->push_back(a->back());
    }
    while (a->size() < n_) a->push_back(random_());
    while (b->size() < n_) b->push_back(random_());
  }

 private:
  std::mt19937_64 random_;
  size_t n_;
  size_t shared_;
};

// Shingles of one word: the set is the sequence.
class Accuracy : public ::testing::TestWithParam<std::tuple<size_t, double>> {};

TEST_P(Accuracy, OfTheMinimaIsAsTheorySays) {
  constexpr size_t kSlots = 128;
  constexpr int kPairs = 8000;
  const auto [n, similarity] = GetParam();
  SetPairs pairs(n, similarity, 7);
  const MinhashPermutations permutations(1, kSlots);
  Words words[2];
  double sum = 0;
  double squares = 0;
  for (int i = 0; i < kPairs; ++i) {
    pairs.Next(&words[0], &words[1]);
    uint32_t minima[2][kSlots];
    for (int side = 0; side < 2; ++side) {
      std::vector<uint32_t> shingles;
      for (const uint64_t w : words[side]) {
        shingles.push_back(static_cast<uint32_t>(w >> 32));
      }
      std::fill_n(minima[side], kSlots, ~uint32_t{0});
      LowerMinima(permutations, shingles, minima[side]);
    }
    int equal = 0;
    for (size_t j = 0; j < kSlots; ++j) equal += minima[0][j] == minima[1][j];
    const double error =
        static_cast<double>(equal) / kSlots - pairs.similarity();
    sum += error;
    squares += error * error;
  }
  const double j = pairs.similarity();
  const double theory = std::sqrt(j * (1 - j) / kSlots);
  EXPECT_NEAR(std::sqrt(squares / kPairs) / theory, 1, .03);
  EXPECT_NEAR(sum / kPairs, 0, .003);
}

TEST_P(Accuracy, OfTheSketchIsAsTheorySays) {
  constexpr BandShape kShape{14, 8};
  constexpr int kPairs = 8000;
  const auto [n, similarity] = GetParam();
  SetPairs pairs(n, similarity, 11);
  const SignatureMaker maker(kShape, 1, 1);
  SignatureMaker::Scratch scratch;
  Arena arena;
  Words a;
  Words b;
  double sum = 0;
  double squares = 0;
  const double k = static_cast<double>(kShape.slots());
  for (int i = 0; i < kPairs; ++i) {
    arena.Reset();
    pairs.Next(&a, &b);
    const size_t equal =
        CountEqualBytes(maker.Make(a, &scratch, &arena)->sketch,
                        maker.Make(b, &scratch, &arena)->sketch, 112);
    const double estimate = (256 * static_cast<double>(equal) - k) / (255 * k);
    const double error = estimate - pairs.similarity();
    sum += error;
    squares += error * error;
  }
  const double byte = pairs.similarity() + (1 - pairs.similarity()) / 256;
  const double theory = std::sqrt(byte * (1 - byte) / k) * 256 / 255;
  EXPECT_NEAR(std::sqrt(squares / kPairs) / theory, 1, .03);
  EXPECT_NEAR(sum / kPairs, 0, .003);
}

INSTANTIATE_TEST_SUITE_P(Sizes, Accuracy,
                         ::testing::Combine(::testing::Values(20, 60, 200,
                                                              1000),
                                            ::testing::Values(.5, .8, .9)));

class Detection
    : public ::testing::TestWithParam<std::tuple<BandShape, size_t, double>> {};

TEST_P(Detection, IsTheBandingFormula) {
  constexpr int kPairs = 12000;
  const auto [shape, n, similarity] = GetParam();
  SetPairs pairs(n, similarity, 23);
  const SignatureMaker maker(shape, 1, 1);
  SignatureMaker::Scratch scratch;
  Arena arena;
  Words a;
  Words b;
  int detected = 0;
  for (int i = 0; i < kPairs; ++i) {
    arena.Reset();
    pairs.Next(&a, &b);
    const Signature* x = maker.Make(a, &scratch, &arena);
    const Signature* y = maker.Make(b, &scratch, &arena);
    bool met = false;
    for (size_t band = 0; band < shape.bands; ++band) {
      met |= x->keys[band] == y->keys[band];
    }
    detected += met ? 1 : 0;
  }
  const double p = BandingProbability(shape, pairs.similarity());
  EXPECT_NEAR(detected / static_cast<double>(kPairs), p,
              3 * std::sqrt(p * (1 - p) / kPairs) + 1e-9);
}

INSTANTIATE_TEST_SUITE_P(Fineweb, Detection,
                         ::testing::Combine(::testing::Values(BandShape{14, 8}),
                                            ::testing::Values(30, 100, 300,
                                                              1000),
                                            ::testing::Values(.6, .7, .8)));
INSTANTIATE_TEST_SUITE_P(
    Presets, Detection,
    ::testing::Combine(::testing::Values(BandShape{26, 11}, BandShape{20, 13},
                                         BandShape{9, 13}, BandShape{32, 4}),
                       ::testing::Values(100), ::testing::Values(.4, .7, .8)));

class SignatureOfWords : public ::testing::Test {
 protected:
  const Signature* Make(const Words& words) {
    return maker_.Make(words, &scratch_, &arena_);
  }
  size_t Equal(const Signature* a, const Signature* b) {
    return CountEqualBytes(a->sketch, b->sketch, 112);
  }
  size_t BandsInCommon(const Signature* a, const Signature* b) {
    size_t n = 0;
    for (size_t i = 0; i < 14; ++i) n += a->keys[i] == b->keys[i] ? 1U : 0U;
    return n;
  }
  Arena arena_;
  SignatureMaker maker_{{14, 8}, 5, 1};
  SignatureMaker::Scratch scratch_;
};

TEST_F(SignatureOfWords, IsNullWithoutWords) { EXPECT_EQ(Make({}), nullptr); }

TEST_F(SignatureOfWords, IsTheSameForTheSameShingles) {
  const Words words{1, 2, 3, 4, 5, 6, 7, 8, 9};
  EXPECT_EQ(BandsInCommon(Make(words), Make(words)), 14U);
  EXPECT_EQ(Equal(Make(words), Make(words)), 112U);
  for (size_t i = 0; i < 14; ++i) {
    EXPECT_LT(Make(words)->keys[i], uint64_t{1} << kBandKeyBits);
  }
}

// 32 bits of a shingle would make two in a hundred thousand one-shingle texts
// equal; each pair would be dropped as a duplicate with similarity 1.
TEST_F(SignatureOfWords, TellsApartManyTextsOfOneShingle) {
  std::mt19937_64 random(5);
  std::vector<std::pair<uint64_t, uint64_t>> keys;
  for (int i = 0; i < 200000; ++i) {
    if (i % 1000 == 0) arena_.Reset();
    const Signature* s = Make({random(), random(), random()});
    EXPECT_TRUE(s->is_short);
    keys.emplace_back(s->keys[0], s->keys[1]);
  }
  std::sort(keys.begin(), keys.end());
  EXPECT_EQ(std::adjacent_find(keys.begin(), keys.end()), keys.end());
}

TEST_F(SignatureOfWords, OfARepeatedWordIsThatOfOneShingle) {
  EXPECT_EQ(Equal(Make(Words(5, 77)), Make(Words(500, 77))), 112U);
  EXPECT_EQ(BandsInCommon(Make(Words(5, 77)), Make(Words(500, 77))), 14U);
  EXPECT_EQ(BandsInCommon(Make(Words(4, 77)), Make(Words(5, 77))), 0U);
}

TEST_F(SignatureOfWords, OfOneShingleIsFarFromOthers) {
  std::mt19937_64 random(6);
  for (int i = 0; i < 2000; ++i) {
    Words words(6);
    for (uint64_t& w : words) w = random();
    const Signature* two = Make(words);
    words.pop_back();
    EXPECT_LT(Equal(two, Make(words)), 10U);  // expected 112 / 256
  }
}

TEST(Estimate, CorrectsForBytesThatMeetByChance) {
  EXPECT_EQ(EstimateSimilarity(112, 112), 10000U);
  EXPECT_EQ(EstimateSimilarity(0, 112), 0U);
  EXPECT_EQ(EstimateSimilarity(1, 256), 0U);
  for (size_t m = 0; m <= 112; ++m) {
    const double p = static_cast<double>(m) / 112;
    const double j = std::max(0.0, (p - 1. / 256) / (1 - 1. / 256));
    EXPECT_NEAR(EstimateSimilarity(m, 112), 10000 * j, .5001);
  }
}

TEST(Estimate, ThresholdIsTheLeastThatReachesIt) {
  EXPECT_EQ(MinEqualBytes(.7, 112), 79U);
  EXPECT_EQ(MinEqualBytes(0, 112), 1U);
  EXPECT_EQ(MinEqualBytes(1, 112), 112U);
  EXPECT_EQ(MinEqualBytes(1, 1), 1U);
  for (const size_t k : {1U, 9U, 64U, 112U, 286U, 9000U}) {
    for (const double t : {.1, .5, .7, .75, .8, .9, .99}) {
      const size_t m = MinEqualBytes(t, k);
      EXPECT_GE(EstimateSimilarity(m, k) / 1e4, t - .00006);
      EXPECT_LE(EstimateSimilarity(m - 1, k) / 1e4, t + .00006);
    }
  }
}

TEST(CountEqualBytes, AgreesWithALoop) {
  std::mt19937 random(3);
  for (size_t n = 0; n < 200; ++n) {
    std::vector<uint8_t> a(n);
    std::vector<uint8_t> b(n);
    size_t expected = 0;
    for (size_t i = 0; i < n; ++i) {
      a[i] = static_cast<uint8_t>(random());
      b[i] = random() % 2 == 0 ? a[i] : static_cast<uint8_t>(a[i] ^ 0x80);
      if (random() % 9 == 0) b[i] = a[i] = 0;
      expected += a[i] == b[i] ? 1U : 0U;
    }
    EXPECT_EQ(CountEqualBytes(a.data(), b.data(), n), expected);
  }
}

}  // namespace
}  // namespace winnow
