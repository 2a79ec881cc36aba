// SPDX-License-Identifier: Apache-2.0
#include "dedup/banding.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace winnow {
namespace {

struct Published {
  BandShape shape;
  double s10, s50, s90;
  double p50, p60, p70, p80, p90;
};

// Settings in public use and their curves, three decimals.
constexpr Published kPublished[] = {
    {{14, 8}, .542, .685, .790, .053, .211, .565, .924, 1.00},
    {{26, 11}, .606, .718, .799, .013, .090, .405, .903, 1.00},
    {{450, 20}, .658, .723, .768, .000, .016, .302, .995, 1.00},
    {{20, 13}, .668, .771, .843, .002, .026, .177, .677, .997},
    {{9, 13}, .710, .819, .892, .001, .012, .084, .399, .929},
    {{5, 25}, .857, .921, .961, .000, .000, .001, .019, .311},
    {{3, 3}, .326, .591, .812, .330, .518, .716, .884, .980},
    {{32, 4}, .239, .383, .513, .873, .988, 1.00, 1.00, 1.00},
};

TEST(Banding, GivesThePublishedCurves) {
  for (const Published& row : kPublished) {
    SCOPED_TRACE(std::to_string(row.shape.bands) + " x " +
                 std::to_string(row.shape.rows));
    const BandingCurve curve = CurveOf(row.shape);
    EXPECT_NEAR(curve.s10, row.s10, .0006);
    EXPECT_NEAR(curve.s50, row.s50, .0006);
    EXPECT_NEAR(curve.s90, row.s90, .0006);
    EXPECT_NEAR(curve.p50, row.p50, .0006);
    EXPECT_NEAR(curve.p60, row.p60, .0006);
    EXPECT_NEAR(curve.p70, row.p70, .0006);
    EXPECT_NEAR(curve.p80, row.p80, .0006);
    EXPECT_NEAR(curve.p90, row.p90, .006);
  }
}

TEST(Banding, AgreesWithTheFormulaInLibm) {
  for (const BandShape shape : {BandShape{1, 1}, {14, 8}, {93, 15}}) {
    for (double s = 0; s <= 1; s += .01) {
      const double r = static_cast<double>(shape.rows);
      const double b = static_cast<double>(shape.bands);
      EXPECT_NEAR(BandingProbability(shape, s),
                  1 - std::pow(1 - std::pow(s, r), b), 1e-12);
    }
    for (const double q : {.01, .1, .5, .9, .99}) {
      EXPECT_NEAR(BandingProbability(shape, BandingQuantile(shape, q)), q,
                  1e-9);
    }
  }
}

TEST(Banding, AcceptanceWithoutThresholdIsDetection) {
  for (double s = 0; s <= 1; s += .05) {
    EXPECT_NEAR(AcceptanceProbability({14, 8}, 0, s),
                BandingProbability({14, 8}, s), 1e-12);
  }
  EXPECT_NEAR(AcceptanceProbability({14, 8}, 112, 1), 1, 1e-12);
}

// Rows drawn one by one, as the definition reads.
double SimulateAcceptance(BandShape shape, size_t min_equal, double s,
                          int rounds, uint64_t seed) {
  std::mt19937_64 random(seed);
  std::bernoulli_distribution equal_row(s);
  std::bernoulli_distribution equal_byte(1.0 / 256);
  int accepted = 0;
  for (int round = 0; round < rounds; ++round) {
    bool met = false;
    size_t equal = 0;
    for (size_t band = 0; band < shape.bands; ++band) {
      bool all = true;
      for (size_t row = 0; row < shape.rows; ++row) {
        const bool same = equal_row(random);
        all &= same;
        if (same || equal_byte(random)) ++equal;
      }
      met |= all;
    }
    if (met && equal >= min_equal) ++accepted;
  }
  return static_cast<double>(accepted) / rounds;
}

TEST(Banding, AcceptanceMatchesASimulation) {
  constexpr int kRounds = 20000;
  for (const double s : {.5, .6, .65, .7, .75, .8, .9}) {
    const double p = AcceptanceProbability({14, 8}, 79, s);
    const double error = std::sqrt(p * (1 - p) / kRounds) + 1e-4;
    EXPECT_NEAR(SimulateAcceptance({14, 8}, 79, s, kRounds, 1), p, 3.5 * error)
        << s;
  }
}

}  // namespace
}  // namespace winnow
