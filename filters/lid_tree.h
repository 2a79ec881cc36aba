// SPDX-License-Identifier: Apache-2.0
// Hierarchical softmax: labels are the leaves of a Huffman tree over their
// training counts; each inner node splits its probability by a sigmoid of the
// hidden vector. Finds the most probable leaf in the order, with the pruning
// and with the float roundings of the reference, so that ties and near-ties
// end alike.
//
// Source: facebookresearch/fastText : src/loss.cc, HierarchicalSoftmaxLoss
// (buildTree, dfs, std_log).
#ifndef WINNOW_FILTERS_LID_TREE_H_
#define WINNOW_FILTERS_LID_TREE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace winnow {

// A label and its probability. The reference adds 1e-5 inside each logarithm,
// so a score may exceed 1 a little (1.00005).
struct LidResult {
  uint16_t label = 0;
  float score = 0;
};

// Immutable, shared by threads.
class LidTree {
 public:
  // `counts`: training counts of the labels in file order, descending.
  // `output`: counts.size() rows of kLidDim floats, row i for inner node i.
  // REQUIRES: 2 <= counts.size() <= kMaxLabels.
  static constexpr size_t kMaxLabels = 176;
  LidTree(std::span<const int64_t> counts, std::span<const float> output);

  // The most probable label for a hidden vector of kLidDim floats.
  LidResult Best(const float* hidden) const;
  // The probability of one label.
  float Score(const float* hidden, uint16_t label) const;

 private:
  struct Node {
    uint16_t left = 0;  // of inner nodes
    uint16_t right = 0;
    uint16_t parent = 0;
  };
  struct Search;

  void Visit(Search& search, size_t node, float score) const;
  size_t root() const { return nodes_.size() - 1; }

  size_t num_labels_;
  // The reference's pruning bound for threshold 0: log(1e-5).
  float floor_;
  std::vector<Node> nodes_;  // leaves, then inner nodes, root last
  // output, transposed to kLidDim rows of kMaxLabels columns: all dot products
  // are made at once, each summed in the reference's order.
  std::vector<float> columns_;
};

}  // namespace winnow

#endif  // WINNOW_FILTERS_LID_TREE_H_
