// SPDX-License-Identifier: Apache-2.0
// Trees are walked for sixteen blocks at once: each step is a load, a
// comparison and an index, and the steps of different blocks do not wait for
// each other. A leaf points to itself, so that every walk has the same length.
#include "pipeline/read/html/block_model.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>

namespace winnow::html {
namespace {

// left if the feature is no greater than the threshold.
struct Node {
  float threshold;
  uint16_t feature;
  uint16_t left;   // in the tree; right is behind it
};

struct Tree {
  uint32_t first;  // node
  uint32_t depth;
};

#include "pipeline/read/html/block_model.inc"

constexpr size_t kLanes = 16;
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

// Adds trees [first, last) for up to kLanes rows.
void AddTrees(size_t first, size_t last,
              const std::array<const float*, kLanes>& x,
              std::array<int32_t, kLanes>* sum) {
  for (size_t t = first; t < last; ++t) {
    const Tree& tree = kTrees[t];
    const Node* const nodes = kNodes + tree.first;
    std::array<uint32_t, kLanes> at{};
    for (uint32_t d = 0; d < tree.depth; ++d) {
      for (size_t k = 0; k < kLanes; ++k) {
        const Node& node = nodes[at[k]];
        at[k] = node.left + (x[k][node.feature] > node.threshold ? 1U : 0U);
      }
    }
    const int32_t* const values = kValues + tree.first;
    for (size_t k = 0; k < kLanes; ++k) (*sum)[k] += values[at[k]];
  }
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
      std::array<const float*, kLanes> x;
      std::array<int32_t, kLanes> sum;
      for (size_t k = 0; k < kLanes; ++k) {
        const uint32_t row = open_[begin + std::min(k, lanes - 1)];
        x[k] = features.data() + row * kModelFeatures;
        sum[k] = sums_[row];
      }
      AddTrees(first, last, x, &sum);
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
