// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/html/tree_kernel.h"

#include <algorithm>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "pipeline/read/html/tree_kernel.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace winnow::html {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

// Trees walked in turn, so that gathers of one do not wait for another's.
constexpr size_t kTogether = 4;

template <class DI>
HWY_INLINE hn::Vec<DI> Step(DI di, const Forest& forest, uint32_t first,
                            const float* features, hn::Vec<DI> row,
                            hn::Vec<DI> at) {
  const hn::RebindToFloat<DI> df;
  const auto branch = hn::GatherIndex(di, forest.branches + first, at);
  const auto threshold = hn::GatherIndex(df, forest.thresholds + first, at);
  const auto feature = hn::And(branch, hn::Set(di, 0xFFFF));
  const auto x = hn::GatherIndex(df, features, hn::Add(row, feature));
  const auto right = hn::RebindMask(di, hn::Gt(x, threshold));
  return hn::Add(hn::ShiftRight<16>(branch),
                 hn::IfThenElseZero(right, hn::Set(di, 1)));
}

void Walk(const Forest& forest, const Tree* trees, size_t count,
          const float* features, const int32_t* offsets, int32_t* sums) {
  const hn::CappedTag<int32_t, kTreeLanes> di;
  for (size_t k = 0; k < kTreeLanes; k += hn::Lanes(di)) {
    const auto row = hn::LoadU(di, offsets + k);
    auto sum = hn::LoadU(di, sums + k);
    size_t t = 0;
    for (; t + kTogether <= count; t += kTogether) {
      const Tree* const tree = trees + t;
      const uint32_t depth = std::max(std::max(tree[0].depth, tree[1].depth),
                                      std::max(tree[2].depth, tree[3].depth));
      auto at0 = hn::Zero(di);
      auto at1 = at0;
      auto at2 = at0;
      auto at3 = at0;
      for (uint32_t step = 0; step < depth; ++step) {
        at0 = Step(di, forest, tree[0].first, features, row, at0);
        at1 = Step(di, forest, tree[1].first, features, row, at1);
        at2 = Step(di, forest, tree[2].first, features, row, at2);
        at3 = Step(di, forest, tree[3].first, features, row, at3);
      }
      const auto value = [&](size_t i, auto at) HWY_ATTR {
        return hn::GatherIndex(di, forest.values + tree[i].first, at);
      };
      sum = hn::Add(sum, hn::Add(hn::Add(value(0, at0), value(1, at1)),
                                 hn::Add(value(2, at2), value(3, at3))));
    }
    for (; t < count; ++t) {
      auto at = hn::Zero(di);
      for (uint32_t step = 0; step < trees[t].depth; ++step) {
        at = Step(di, forest, trees[t].first, features, row, at);
      }
      sum =
          hn::Add(sum, hn::GatherIndex(di, forest.values + trees[t].first, at));
    }
    hn::StoreU(sum, di, sums + k);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace winnow::html
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace winnow::html {

HWY_EXPORT(Walk);

void WalkTrees(const Forest& forest, const Tree* trees, size_t count,
               const float* features, const int32_t* offsets, int32_t* sums) {
  HWY_DYNAMIC_DISPATCH(Walk)
  (forest, trees, count, features, offsets, sums);
}

void WalkTreesScalar(const Forest& forest, const Tree* trees, size_t count,
                     const float* features, const int32_t* offsets,
                     int32_t* sums) {
  for (size_t k = 0; k < kTreeLanes; ++k) {
    const float* const row = features + offsets[k];
    for (size_t t = 0; t < count; ++t) {
      const uint32_t first = trees[t].first;
      uint32_t at = 0;
      for (uint32_t step = 0; step < trees[t].depth; ++step) {
        const auto branch = static_cast<uint32_t>(forest.branches[first + at]);
        const float x = row[branch & 0xFFFF];
        at = (branch >> 16) + (x > forest.thresholds[first + at] ? 1 : 0);
      }
      sums[k] += forest.values[first + at];
    }
  }
}

}  // namespace winnow::html
#endif  // HWY_ONCE
