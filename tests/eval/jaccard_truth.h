// SPDX-License-Identifier: Apache-2.0
// True Jaccard similarity of shingle sets, without any of the code under test:
// shingles are joined word hashes, sets are bit sets over the shingles of a
// cluster.
#ifndef WINNOW_TESTS_EVAL_JACCARD_TRUTH_H_
#define WINNOW_TESTS_EVAL_JACCARD_TRUTH_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace winnow::testing {

// Sorted hashes of the distinct n-grams of a text; all words if there are
// fewer than n.
std::vector<uint64_t> ShingleSet(std::span<const uint64_t> words, size_t n);

// |a and b| / |a or b| of two such sets; 0 if both are empty.
double Jaccard(const std::vector<uint64_t>& a, const std::vector<uint64_t>& b);

// Many sets over a common numbering of their members, for all pairs.
class BitSets {
 public:
  explicit BitSets(const std::vector<const std::vector<uint64_t>*>& sets);
  double Jaccard(size_t i, size_t j) const;

 private:
  size_t words_;
  std::vector<uint64_t> bits_;
  std::vector<size_t> sizes_;
};

}  // namespace winnow::testing

#endif  // WINNOW_TESTS_EVAL_JACCARD_TRUTH_H_
