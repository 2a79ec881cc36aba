// SPDX-License-Identifier: Apache-2.0
#include "filters/lid_tree.h"

#include <algorithm>
#include <array>
#include <limits>

#include "filters/lid_format.h"
#include "filters/portable_math.h"
#include "pipeline/error.h"

namespace winnow {
namespace {

// The reference rounds to float after each of these steps.
float Sigmoid(float x) {
  const auto e = static_cast<float>(
      PortableExp(std::clamp(static_cast<double>(-x), -88.0, 88.0)));
  return static_cast<float>(1.0 / static_cast<double>(1.0F + e));
}

float Log(float x) {
  return static_cast<float>(PortableLog(static_cast<double>(x) + 1e-5));
}

float OneMinus(float x) {
  return static_cast<float>(1.0 - static_cast<double>(x));
}

float Probability(float log_score) {
  return static_cast<float>(PortableExp(static_cast<double>(log_score)));
}

}  // namespace

// One walk over the tree.
struct LidTree::Search {
  std::array<float, kMaxLabels> dots;  // of every inner node
  float best_score = -std::numeric_limits<float>::infinity();
  size_t best = 0;
};

LidTree::LidTree(std::span<const int64_t> counts, std::span<const float> output)
    : num_labels_(counts.size()),
      floor_(Log(0.0F)),
      columns_(kLidDim * kMaxLabels) {
  WINNOW_CHECK(num_labels_ >= 2 && num_labels_ <= kMaxLabels);
  WINNOW_CHECK(output.size() == num_labels_ * kLidDim);
  const size_t size = 2 * num_labels_ - 1;
  nodes_.resize(size);
  std::vector<int64_t> weight(size, 1'000'000'000'000'000);
  std::copy(counts.begin(), counts.end(), weight.begin());
  // Leaves are taken from the rarest up; of an inner node and a leaf with
  // equal counts the inner node comes first.
  size_t leaves_left = num_labels_;
  size_t next_inner = num_labels_;
  for (size_t i = num_labels_; i < size; ++i) {
    std::array<size_t, 2> child;
    for (size_t& c : child) {
      if (leaves_left > 0 && weight[leaves_left - 1] < weight[next_inner]) {
        c = --leaves_left;
      } else {
        c = next_inner++;
      }
    }
    nodes_[i].left = static_cast<uint16_t>(child[0]);
    nodes_[i].right = static_cast<uint16_t>(child[1]);
    weight[i] = weight[child[0]] + weight[child[1]];
    nodes_[child[0]].parent = static_cast<uint16_t>(i);
    nodes_[child[1]].parent = static_cast<uint16_t>(i);
  }
  for (size_t label = 0; label < num_labels_; ++label) {
    for (size_t d = 0; d < kLidDim; ++d) {
      columns_[d * kMaxLabels + label] = output[label * kLidDim + d];
    }
  }
}

void LidTree::Visit(Search& search, size_t node, float score) const {
  if (score < floor_ || score < search.best_score) return;
  if (node < num_labels_) {
    search.best_score = score;  // of equals the later leaf wins
    search.best = node;
    return;
  }
  const float f = Sigmoid(search.dots[node - num_labels_]);
  Visit(search, nodes_[node].left, score + Log(OneMinus(f)));
  Visit(search, nodes_[node].right, score + Log(f));
}

LidResult LidTree::Best(const float* hidden) const {
  Search search;
  search.dots.fill(0.0F);
  for (size_t d = 0; d < kLidDim; ++d) {
    const float* column = &columns_[d * kMaxLabels];
    for (size_t i = 0; i < kMaxLabels; ++i) {
      search.dots[i] += column[i] * hidden[d];
    }
  }
  Visit(search, root(), 0.0F);
  return {static_cast<uint16_t>(search.best), Probability(search.best_score)};
}

float LidTree::Score(const float* hidden, uint16_t label) const {
  WINNOW_CHECK(label < num_labels_);
  // From the leaf up, then added from the root down as Visit() does.
  std::array<float, kMaxLabels> steps;
  size_t depth = 0;
  for (size_t node = label; node != root(); node = nodes_[node].parent) {
    const size_t parent = nodes_[node].parent;
    float dot = 0.0F;
    for (size_t d = 0; d < kLidDim; ++d) {
      dot += columns_[d * kMaxLabels + parent - num_labels_] * hidden[d];
    }
    const float f = Sigmoid(dot);
    steps[depth++] = Log(nodes_[parent].left == node ? OneMinus(f) : f);
  }
  float score = 0.0F;
  while (depth > 0) score += steps[--depth];
  return Probability(score);
}

}  // namespace winnow
