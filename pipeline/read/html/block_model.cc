// SPDX-License-Identifier: Apache-2.0
// Sixteen blocks walk the trees together (tree_kernel.h).
#include "pipeline/read/html/block_model.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>

#include "pipeline/read/html/tree_kernel.h"

namespace winnow::html {
namespace {

// left if the feature is no greater than the threshold.
struct Node {
  float threshold;
  uint16_t feature;
  uint16_t left;  // in the tree; right is behind it
};

#include "pipeline/read/html/block_model.inc"

// The nodes as the kernel wants them.
template <typename T>
using PerNode = std::array<T, std::size(kNodes)>;
constexpr PerNode<int32_t> kBranches = [] {
  PerNode<int32_t> branches{};
  for (size_t i = 0; i < std::size(kNodes); ++i) {
    branches[i] = kNodes[i].feature | kNodes[i].left << 16;
  }
  return branches;
}();
constexpr PerNode<float> kThresholds = [] {
  PerNode<float> thresholds{};
  for (size_t i = 0; i < std::size(kNodes); ++i) {
    thresholds[i] = kNodes[i].threshold;
  }
  return thresholds;
}();
constexpr Forest kForest = {kBranches.data(), kThresholds.data(), kValues};

constexpr size_t kLanes = kTreeLanes;
constexpr int32_t kLogitUnit = 1 << 16;  // of the leaves' values
// Logits beyond this are certain.
constexpr int32_t kMaxLogit = 8;
constexpr int32_t kSteps = 64;  // of the table for each unit
// 1 % and 99 %: no more trees are asked.
constexpr int32_t kSure = kLogitUnit * 9 / 2;
// After how many trees that is looked at. The first model's trees come first.
constexpr size_t kStages[] = {kFirstModel / 4, kFirstModel / 2, kFirstModel,
                              std::size(kTrees)};

uint16_t Probability(int32_t logit) {
  const int32_t limit = kMaxLogit * kLogitUnit - 1;
  const int32_t at = std::clamp(logit, -limit, limit) + limit + 1;
  return kSigmoid[static_cast<size_t>(at / (kLogitUnit / kSteps))];
}

}  // namespace

size_t ModelFeatureCount() { return kModelFeatures; }

void BlockModel::Score(const std::vector<float>& features, size_t rows,
                       std::vector<uint16_t>* probabilities) {
  probabilities->resize(rows);
  sums_.assign(rows, kBias);
  open_.resize(rows);
  for (size_t i = 0; i < rows; ++i) open_[i] = static_cast<uint32_t>(i);
  size_t first = 0;
  for (const size_t last : kStages) {
    size_t kept = 0;
    for (size_t begin = 0; begin < open_.size(); begin += kLanes) {
      const size_t lanes = std::min(kLanes, open_.size() - begin);
      std::array<int32_t, kLanes> offset;
      std::array<int32_t, kLanes> sum;
      for (size_t k = 0; k < kLanes; ++k) {
        const uint32_t row = open_[begin + std::min(k, lanes - 1)];
        offset[k] = static_cast<int32_t>(row * kModelFeatures);
        sum[k] = sums_[row];
      }
      WalkTrees(kForest, kTrees + first, last - first, features.data(),
                offset.data(), sum.data());
      for (size_t k = 0; k < lanes; ++k) {
        const uint32_t row = open_[begin + k];
        sums_[row] = sum[k];
        // What the first model alone is sure of, the others would not change.
        const int32_t logit =
            last < std::size(kTrees) ? sum[k] * kModels : sum[k];
        (*probabilities)[row] = Probability(logit);
        if (logit > -kSure && logit < kSure) open_[kept++] = row;
      }
    }
    open_.resize(kept);
    first = last;
  }
}

}  // namespace winnow::html
