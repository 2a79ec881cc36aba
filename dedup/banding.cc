// SPDX-License-Identifier: Apache-2.0
#include "dedup/banding.h"

#include <vector>

#include "pipeline/error.h"

namespace winnow {
namespace {

double Power(double base, size_t exponent) {
  double power = 1;
  for (; exponent != 0; exponent >>= 1, base *= base) {
    if ((exponent & 1) != 0) power *= base;
  }
  return power;
}

using Polynomial = std::vector<double>;  // coefficient of z^i at [i]

Polynomial Product(const Polynomial& a, const Polynomial& b) {
  Polynomial product(a.size() + b.size() - 1, 0.0);
  for (size_t i = 0; i < a.size(); ++i) {
    for (size_t j = 0; j < b.size(); ++j) product[i + j] += a[i] * b[j];
  }
  return product;
}

}  // namespace

double BandingProbability(BandShape shape, double similarity) {
  return 1 - Power(1 - Power(similarity, shape.rows), shape.bands);
}

double BandingQuantile(BandShape shape, double probability) {
  WINNOW_CHECK(probability > 0 && probability < 1);
  double low = 0;
  double high = 1;
  for (int i = 0; i < 60; ++i) {
    const double middle = (low + high) / 2;
    (BandingProbability(shape, middle) < probability ? low : high) = middle;
  }
  return (low + high) / 2;
}

double AcceptanceProbability(BandShape shape, size_t min_equal,
                             double similarity) {
  // Generating functions in z, the number of equal bytes: of one band, and of
  // one band whose minima are not all equal.
  const double byte = similarity + (1 - similarity) / 256;
  Polynomial band{1};
  for (size_t i = 0; i < shape.rows; ++i) {
    band = Product(band, {1 - byte, byte});
  }
  Polynomial missed = band;
  missed.back() -= Power(similarity, shape.rows);
  Polynomial all{1};
  Polynomial all_missed{1};
  for (size_t i = 0; i < shape.bands; ++i) {
    all = Product(all, band);
    all_missed = Product(all_missed, missed);
  }
  double accepted = 0;
  for (size_t m = min_equal; m < all.size(); ++m) {
    accepted += all[m] - all_missed[m];
  }
  return accepted;
}

BandingCurve CurveOf(BandShape shape) {
  return {BandingQuantile(shape, .1),    BandingQuantile(shape, .5),
          BandingQuantile(shape, .9),    BandingProbability(shape, .5),
          BandingProbability(shape, .6), BandingProbability(shape, .7),
          BandingProbability(shape, .8), BandingProbability(shape, .9)};
}

}  // namespace winnow
