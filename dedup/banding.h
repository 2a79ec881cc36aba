// SPDX-License-Identifier: Apache-2.0
// What b bands of r rows find, as arithmetic (Leskovec, Rajaraman, Ullman,
// "Mining of Massive Datasets", 3.4):
//
//   P(s) = 1 - (1 - s^r)^b
//
// Powers are products and quantiles bisections, so that what is printed is the
// same on every machine.
#ifndef WINNOW_DEDUP_BANDING_H_
#define WINNOW_DEDUP_BANDING_H_

#include <cstddef>

#include "dedup/signature.h"

namespace winnow {

// Probability that two texts of Jaccard similarity s share a band.
double BandingProbability(BandShape shape, double similarity);

// The similarity that is found with probability p: s10 is p = .1.
// REQUIRES: 0 < p < 1.
double BandingQuantile(BandShape shape, double probability);

// Probability that two texts of similarity s share a band *and* at least
// `min_equal` of their sketch bytes are equal. Exact for independent
// permutations, by dynamic programming over bands; O(slots^2).
double AcceptanceProbability(BandShape shape, size_t min_equal,
                             double similarity);

// The curve of one setting, as it is printed before a run.
struct BandingCurve {
  double s10, s50, s90;
  double p50, p60, p70, p80, p90;  // P(.50) ... P(.90)
};
BandingCurve CurveOf(BandShape shape);

}  // namespace winnow

#endif  // WINNOW_DEDUP_BANDING_H_
