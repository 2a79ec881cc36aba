// SPDX-License-Identifier: Apache-2.0
// Trees are walked for sixteen blocks at once: each step is a load, a
// comparison and an index, and the steps of different blocks do not wait for
// each other. A leaf points to itself, so that every walk has the same length.
#include "pipeline/read/html/block_model.h"

#include <algorithm>
#include <array>
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

uint16_t Probability(int32_t logit) {
  const int32_t limit = kMaxLogit * kLogitUnit - 1;
  const int32_t at = std::clamp(logit, -limit, limit) + limit + 1;
  return kSigmoid[static_cast<size_t>(at / (kLogitUnit / kSteps))];
}

}  // namespace

size_t ModelFeatureCount() { return kModelFeatures; }

void ScoreBlocks(const std::vector<float>& features, size_t rows,
                 std::vector<uint16_t>* probabilities) {
  probabilities->resize(rows);
  const float* const begin = features.data();
  for (size_t row = 0; row < rows; row += kLanes) {
    const size_t lanes = std::min(kLanes, rows - row);
    std::array<const float*, kLanes> x;
    for (size_t k = 0; k < kLanes; ++k) {
      x[k] = begin + (row + std::min(k, lanes - 1)) * kModelFeatures;
    }
    std::array<int32_t, kLanes> sum;
    sum.fill(kBias);
    for (const Tree& tree : kTrees) {
      const Node* const nodes = kNodes + tree.first;
      std::array<uint32_t, kLanes> at{};
      for (uint32_t d = 0; d < tree.depth; ++d) {
        for (size_t k = 0; k < kLanes; ++k) {
          const Node& node = nodes[at[k]];
          at[k] = node.left + (x[k][node.feature] > node.threshold ? 1U : 0U);
        }
      }
      const int32_t* const values = kValues + tree.first;
      for (size_t k = 0; k < kLanes; ++k) sum[k] += values[at[k]];
    }
    for (size_t k = 0; k < lanes; ++k) {
      (*probabilities)[row + k] = Probability(sum[k]);
    }
  }
}

}  // namespace winnow::html
