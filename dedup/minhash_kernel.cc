// SPDX-License-Identifier: Apache-2.0
// A block of accumulators with its constants stays in registers while the loop
// over shingles runs inside; one shingle is broadcast a step.
#include "dedup/minhash_kernel.h"

#include <algorithm>

#include "pipeline/error.h"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wold-style-cast"
#pragma GCC diagnostic ignored "-Wcast-qual"
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "dedup/minhash_kernel.cc"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"
#pragma GCC diagnostic pop

HWY_BEFORE_NAMESPACE();
namespace winnow {
namespace HWY_NAMESPACE {

#if HWY_TARGET == HWY_SCALAR

void LowerMinimaTarget(const uint32_t* multiply, const uint32_t* add,
                       size_t padded, const uint32_t* shingles, size_t count,
                       uint32_t* minima) {
  for (size_t j = 0; j < padded; ++j) {
    const uint32_t a = multiply[j];
    const uint32_t b = add[j];
    uint32_t minimum = minima[j];
    for (size_t i = 0; i < count; ++i) {
      const uint32_t h = a * shingles[i] + b;
      minimum = h < minimum ? h : minimum;
    }
    minima[j] = minimum;
  }
}

#else

namespace hn = hwy::HWY_NAMESPACE;
using Tag = hn::CappedTag<uint32_t, MinhashPermutations::kPadTo>;
using V = hn::Vec<Tag>;

// One accumulator with its permutation.
struct Lane {
  V a;
  V b;
  V minimum;
};

HWY_INLINE Lane LoadLane(const uint32_t* a, const uint32_t* b,
                         const uint32_t* minima, size_t at) {
  const Tag d;
  return {hn::LoadU(d, a + at), hn::LoadU(d, b + at),
          hn::LoadU(d, minima + at)};
}

HWY_INLINE void Lower(Lane* lane, V x) {
  lane->minimum = hn::Min(lane->minimum, hn::Add(hn::Mul(lane->a, x), lane->b));
}

// kVectors accumulators from lane `at` on. AVX2 has registers for four with
// their constants, AVX-512 for eight.
template <int kVectors>
HWY_INLINE void LowerBlock(const uint32_t* HWY_RESTRICT multiply,
                           const uint32_t* HWY_RESTRICT add, size_t at,
                           const uint32_t* HWY_RESTRICT shingles, size_t count,
                           uint32_t* HWY_RESTRICT minima) {
  const Tag d;
  const size_t n = hn::Lanes(d);
  const auto place = [at, n](int i) {
    return at + n * static_cast<size_t>(i < kVectors ? i : 0);
  };
  Lane l0 = LoadLane(multiply, add, minima, place(0));
  Lane l1 = LoadLane(multiply, add, minima, place(1));
  Lane l2 = LoadLane(multiply, add, minima, place(2));
  Lane l3 = LoadLane(multiply, add, minima, place(3));
  Lane l4 = LoadLane(multiply, add, minima, place(4));
  Lane l5 = LoadLane(multiply, add, minima, place(5));
  Lane l6 = LoadLane(multiply, add, minima, place(6));
  for (size_t i = 0; i < count; ++i) {
    const V x = hn::Set(d, shingles[i]);
    Lower(&l0, x);
    if constexpr (kVectors > 1) Lower(&l1, x);
    if constexpr (kVectors > 2) Lower(&l2, x);
    if constexpr (kVectors > 3) Lower(&l3, x);
    if constexpr (kVectors > 4) Lower(&l4, x);
    if constexpr (kVectors > 5) Lower(&l5, x);
    if constexpr (kVectors > 6) Lower(&l6, x);
  }
  hn::StoreU(l0.minimum, d, minima + place(0));
  if constexpr (kVectors > 1) hn::StoreU(l1.minimum, d, minima + place(1));
  if constexpr (kVectors > 2) hn::StoreU(l2.minimum, d, minima + place(2));
  if constexpr (kVectors > 3) hn::StoreU(l3.minimum, d, minima + place(3));
  if constexpr (kVectors > 4) hn::StoreU(l4.minimum, d, minima + place(4));
  if constexpr (kVectors > 5) hn::StoreU(l5.minimum, d, minima + place(5));
  if constexpr (kVectors > 6) hn::StoreU(l6.minimum, d, minima + place(6));
}

void LowerMinimaTarget(const uint32_t* multiply, const uint32_t* add,
                       size_t padded, const uint32_t* shingles, size_t count,
                       uint32_t* minima) {
  const size_t n = hn::Lanes(Tag());
  size_t at = 0;
#if HWY_TARGET <= HWY_AVX3
  for (; at + 7 * n <= padded; at += 7 * n) {
    LowerBlock<7>(multiply, add, at, shingles, count, minima);
  }
#endif
  for (; at + 4 * n <= padded; at += 4 * n) {
    LowerBlock<4>(multiply, add, at, shingles, count, minima);
  }
  for (; at + 2 * n <= padded; at += 2 * n) {
    LowerBlock<2>(multiply, add, at, shingles, count, minima);
  }
  for (; at < padded; at += n) {
    LowerBlock<1>(multiply, add, at, shingles, count, minima);
  }
}

#endif  // HWY_TARGET == HWY_SCALAR

}  // namespace HWY_NAMESPACE
}  // namespace winnow
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace winnow {

HWY_EXPORT(LowerMinimaTarget);

uint64_t SplitMix64(uint64_t* state) {
  uint64_t z = *state += 0x9e3779b97f4a7c15ULL;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

MinhashPermutations::MinhashPermutations(uint64_t seed, size_t count)
    : count_(count) {
  WINNOW_CHECK(count > 0);
  const size_t padded = (count + kPadTo - 1) / kPadTo * kPadTo;
  multiply_.reserve(padded);
  add_.reserve(padded);
  uint64_t state = seed;
  for (size_t j = 0; j < padded; ++j) {
    const uint64_t v = SplitMix64(&state);
    multiply_.push_back(static_cast<uint32_t>(v) | 1);
    add_.push_back(static_cast<uint32_t>(v >> 32));
  }
}

void LowerMinima(const MinhashPermutations& permutations,
                 std::span<const uint32_t> shingles, uint32_t* minima) {
  HWY_DYNAMIC_DISPATCH(LowerMinimaTarget)
  (permutations.multiply().data(), permutations.add().data(),
   permutations.padded(), shingles.data(), shingles.size(), minima);
}

}  // namespace winnow
#endif  // HWY_ONCE
