// SPDX-License-Identifier: Apache-2.0
// Textbook argument reduction and Taylor series; see the header for why.
#include "filters/portable_math.h"

#include <algorithm>
#include <bit>
#include <cstdint>

namespace winnow {
namespace {

constexpr double kLog2E = 1.4426950408889634;
// ln 2 in two parts: the first has 32 zero bits at its end, so that its
// product with a small integer is exact.
constexpr double kLn2High = 6.93147180369123816490e-01;
constexpr double kLn2Low = 1.90821492927058770002e-10;
constexpr double kSqrt2 = 1.4142135623730951;

// 2 to the power k. REQUIRES: -1022 <= k <= 1023.
double PowerOfTwo(int k) {
  return std::bit_cast<double>(static_cast<uint64_t>(1023 + k) << 52);
}

}  // namespace

double PortableExp(double x) {
  x = std::clamp(x, -700.0, 700.0);
  // x = k ln 2 + r with |r| <= ln 2 / 2.
  const double scaled = x * kLog2E;
  const int k = static_cast<int>(scaled + (scaled < 0 ? -0.5 : 0.5));
  const double r = (x - k * kLn2High) - k * kLn2Low;
  // Horner over 1/n! up to n = 13; the rest is below 1e-17.
  double sum = 1.0 / 6227020800.0;
  sum = sum * r + 1.0 / 479001600.0;
  sum = sum * r + 1.0 / 39916800.0;
  sum = sum * r + 1.0 / 3628800.0;
  sum = sum * r + 1.0 / 362880.0;
  sum = sum * r + 1.0 / 40320.0;
  sum = sum * r + 1.0 / 5040.0;
  sum = sum * r + 1.0 / 720.0;
  sum = sum * r + 1.0 / 120.0;
  sum = sum * r + 1.0 / 24.0;
  sum = sum * r + 1.0 / 6.0;
  sum = sum * r + 0.5;
  sum = sum * r + 1.0;
  sum = sum * r + 1.0;
  return sum * PowerOfTwo(k);
}

double PortableLog(double x) {
  const uint64_t bits = std::bit_cast<uint64_t>(x);
  int k = static_cast<int>(bits >> 52) - 1023;
  double m = std::bit_cast<double>((bits & 0x000FFFFFFFFFFFFFULL) |
                                   0x3FF0000000000000ULL);
  if (m > kSqrt2) {
    m *= 0.5;
    ++k;
  }
  // ln m = 2 artanh t with t = (m - 1) / (m + 1), |t| <= 0.1716. The odd
  // series up to t^21; the rest is below 1e-18.
  const double t = (m - 1.0) / (m + 1.0);
  const double t2 = t * t;
  double sum = 1.0 / 21.0;
  sum = sum * t2 + 1.0 / 19.0;
  sum = sum * t2 + 1.0 / 17.0;
  sum = sum * t2 + 1.0 / 15.0;
  sum = sum * t2 + 1.0 / 13.0;
  sum = sum * t2 + 1.0 / 11.0;
  sum = sum * t2 + 1.0 / 9.0;
  sum = sum * t2 + 1.0 / 7.0;
  sum = sum * t2 + 1.0 / 5.0;
  sum = sum * t2 + 1.0 / 3.0;
  const double log_m = 2.0 * t + 2.0 * t * t2 * sum;
  return k * kLn2High + (log_m + k * kLn2Low);
}

}  // namespace winnow
