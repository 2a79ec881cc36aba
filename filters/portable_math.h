// SPDX-License-Identifier: Apache-2.0
// Natural exponential and logarithm that give the same bits on every machine.
//
// libm may differ between versions and processors in the last place, and a
// verdict must not. These use only IEEE 754 double addition, multiplication
// and division in a fixed order (the build switches contraction into FMA off);
// relative error is below 1e-14, so the result rounded to float is, but for
// ties nobody meets, the correctly rounded one.
#ifndef WINNOW_FILTERS_PORTABLE_MATH_H_
#define WINNOW_FILTERS_PORTABLE_MATH_H_

namespace winnow {

// e to the power x. Arguments beyond +-700 are taken as +-700.
double PortableExp(double x);

// Natural logarithm. REQUIRES: x is normal and positive.
double PortableLog(double x);

}  // namespace winnow

#endif  // WINNOW_FILTERS_PORTABLE_MATH_H_
