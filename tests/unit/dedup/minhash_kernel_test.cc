// SPDX-License-Identifier: Apache-2.0
// The kernel on every target against a loop written from the formula.
#include "dedup/minhash_kernel.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wold-style-cast"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#include "hwy/highway.h"
#include "hwy/targets.h"
#pragma GCC diagnostic pop

namespace winnow {
namespace {

std::vector<uint32_t> RandomShingles(size_t n, uint32_t seed) {
  std::mt19937_64 random(seed);
  std::vector<uint32_t> shingles(n);
  for (uint32_t& x : shingles) x = static_cast<uint32_t>(random());
  return shingles;
}

// h_j(x) = a_j x + b_j, minima by 64-bit arithmetic.
std::vector<uint32_t> Oracle(const MinhashPermutations& permutations,
                             const std::vector<uint32_t>& shingles) {
  std::vector<uint32_t> minima(permutations.padded(), 0xFFFFFFFFU);
  for (uint64_t x : shingles) {
    for (size_t j = 0; j < minima.size(); ++j) {
      const uint64_t h =
          (permutations.multiply()[j] * x + permutations.add()[j]) %
          (uint64_t{1} << 32);
      if (h < minima[j]) minima[j] = static_cast<uint32_t>(h);
    }
  }
  return minima;
}

class EveryTarget : public ::testing::Test {
 protected:
  template <typename Check>
  void Run(const Check& check) {
    for (const int64_t target : hwy::SupportedAndGeneratedTargets()) {
      SCOPED_TRACE(hwy::TargetName(target));
      hwy::SetSupportedTargetsForTest(target);
      hwy::GetChosenTarget().Update(hwy::SupportedTargets());
      check();
    }
    hwy::SetSupportedTargetsForTest(0);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
  }
};

TEST_F(EveryTarget, GivesTheSameBits) {
  EXPECT_GE(hwy::SupportedAndGeneratedTargets().size(), 2U);
  for (const size_t count :
       {1U, 8U, 16U, 17U, 63U, 64U, 112U, 113U, 128U, 286U, 1000U}) {
    const MinhashPermutations permutations(1, count);
    for (const size_t n : {0U, 1U, 2U, 3U, 7U, 100U, 1024U}) {
      const auto shingles =
          RandomShingles(n, static_cast<uint32_t>(count * 31 + n));
      const auto expected = Oracle(permutations, shingles);
      Run([&] {
        std::vector<uint32_t> minima(permutations.padded(), 0xFFFFFFFFU);
        LowerMinima(permutations, shingles, minima.data());
        EXPECT_EQ(minima, expected) << count << " permutations, " << n;
      });
    }
  }
}

TEST_F(EveryTarget, TakesShinglesInParts) {
  const MinhashPermutations permutations(7, 112);
  const auto shingles = RandomShingles(300, 5);
  const auto expected = Oracle(permutations, shingles);
  Run([&] {
    std::vector<uint32_t> minima(permutations.padded(), 0xFFFFFFFFU);
    const std::span<const uint32_t> all(shingles);
    LowerMinima(permutations, all.first(1), minima.data());
    LowerMinima(permutations, all.subspan(1, 120), minima.data());
    LowerMinima(permutations, all.subspan(121), minima.data());
    EXPECT_EQ(minima, expected);
  });
}

TEST(MinhashPermutations, AreThePublishedConstants) {
  uint64_t state = 0;
  EXPECT_EQ(SplitMix64(&state), 0xe220a8397b1dcdafULL);
  EXPECT_EQ(SplitMix64(&state), 0x6e789e6aa1b965f4ULL);

  const MinhashPermutations permutations(1, 112);
  EXPECT_EQ(permutations.count(), 112U);
  EXPECT_EQ(permutations.padded(), 112U);
  uint64_t seeded = 1;
  const uint64_t first = SplitMix64(&seeded);
  EXPECT_EQ(permutations.multiply()[0], static_cast<uint32_t>(first) | 1);
  EXPECT_EQ(permutations.add()[0], static_cast<uint32_t>(first >> 32));
  for (const uint32_t a : permutations.multiply()) EXPECT_EQ(a & 1, 1U);
}

TEST(MinhashPermutations, DoNotDependOnHowManyThereAre) {
  const MinhashPermutations few(3, 20);
  const MinhashPermutations many(3, 300);
  for (size_t j = 0; j < few.padded(); ++j) {
    EXPECT_EQ(few.multiply()[j], many.multiply()[j]);
    EXPECT_EQ(few.add()[j], many.add()[j]);
  }
}

}  // namespace
}  // namespace winnow
