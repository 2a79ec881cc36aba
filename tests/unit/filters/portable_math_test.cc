// SPDX-License-Identifier: Apache-2.0
// The portable exponential and logarithm against libm's long double, and that
// rounding to float gives the float nearest to the true value.
#include "filters/portable_math.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace winnow {
namespace {

TEST(PortableMathTest, ExpIsAccurate) {
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> wide(-700, 700);
  std::uniform_real_distribution<double> narrow(-20, 20);
  for (int i = 0; i < 200'000; ++i) {
    const double x = i % 2 == 0 ? wide(random) : narrow(random);
    const long double want = std::exp(static_cast<long double>(x));
    const long double error =
        std::fabs(static_cast<long double>(PortableExp(x)) / want - 1.0L);
    ASSERT_LT(error, 1e-14L) << x;
  }
  EXPECT_EQ(PortableExp(0), 1.0);
  EXPECT_EQ(PortableExp(1e6), PortableExp(700));
  EXPECT_EQ(PortableExp(-1e6), PortableExp(-700));
}

TEST(PortableMathTest, LogIsAccurate) {
  std::mt19937_64 random(2);
  std::uniform_real_distribution<double> exponent(-700, 700);
  std::uniform_real_distribution<double> unit(1e-5, 1.0001);
  for (int i = 0; i < 200'000; ++i) {
    const double x = i % 2 == 0 ? std::exp(exponent(random)) : unit(random);
    const long double want = std::log(static_cast<long double>(x));
    const long double error =
        std::fabs(static_cast<long double>(PortableLog(x)) - want);
    ASSERT_LT(error, 1e-15L + 1e-14L * std::fabs(want)) << x;
  }
  EXPECT_EQ(PortableLog(1.0), 0.0);
}

TEST(PortableMathTest, RoundedToFloatTheyAreNearest) {
  std::mt19937_64 random(3);
  std::uniform_real_distribution<float> score(-12, 0);
  std::uniform_real_distribution<float> unit(0, 1);
  for (int i = 0; i < 200'000; ++i) {
    const float x = score(random);
    ASSERT_EQ(static_cast<float>(PortableExp(static_cast<double>(x))),
              static_cast<float>(std::exp(static_cast<long double>(x))))
        << x;
    const double y = static_cast<double>(unit(random)) + 1e-5;
    ASSERT_EQ(static_cast<float>(PortableLog(y)),
              static_cast<float>(std::log(static_cast<long double>(y))))
        << y;
  }
}

}  // namespace
}  // namespace winnow
