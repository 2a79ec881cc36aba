// SPDX-License-Identifier: Apache-2.0
// Decision trees walked for many rows at once. Each step is a comparison and
// two loads, and the steps of different rows do not wait for each other; a leaf
// points to itself, so that every walk of a tree has the same length.
#ifndef WINNOW_PIPELINE_READ_HTML_TREE_KERNEL_H_
#define WINNOW_PIPELINE_READ_HTML_TREE_KERNEL_H_

#include <cstddef>
#include <cstdint>

namespace winnow::html {

// Rows of one call.
inline constexpr size_t kTreeLanes = 16;

struct Tree {
  uint32_t first;  // node
  uint32_t depth;  // steps of a walk
};

// Nodes of all trees; a child is told by its place in its tree, the right one
// stands behind the left one.
struct Forest {
  const int32_t* branches;  // feature | left << 16
  const float* thresholds;  // left if the feature is no greater
  const int32_t* values;    // of leaves
};

// Adds to sums[k] the values that trees [0, count) give the row at
// features + offsets[k], for all kTreeLanes rows.
void WalkTrees(const Forest& forest, const Tree* trees, size_t count,
               const float* features, const int32_t* offsets, int32_t* sums);

// The same without vectors, for tests.
void WalkTreesScalar(const Forest& forest, const Tree* trees, size_t count,
                     const float* features, const int32_t* offsets,
                     int32_t* sums);

}  // namespace winnow::html

#endif  // WINNOW_PIPELINE_READ_HTML_TREE_KERNEL_H_
