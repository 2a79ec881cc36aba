// SPDX-License-Identifier: Apache-2.0
// The model that weighs a block's features: boosted trees, trained by
// tests/eval/extraction/train.py, compiled in. Sums of integers, so that a
// score does not depend on the machine.
#ifndef WINNOW_PIPELINE_READ_HTML_BLOCK_MODEL_H_
#define WINNOW_PIPELINE_READ_HTML_BLOCK_MODEL_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace winnow::html {

// Probabilities are told in 1/1024.
inline constexpr uint32_t kCertain = 1024;

// How many features the model was trained with; must equal FeatureCount().
size_t ModelFeatureCount();

// Scratch of one worker.
class BlockModel {
 public:
  // features: rows of FeatureCount() floats. Sets, for each row, how probable
  // it is that a word of the block is content.
  void Score(const std::vector<float>& features, size_t rows,
             std::vector<uint16_t>* probabilities);

 private:
  std::vector<int32_t> sums_;
  std::vector<uint32_t> open_;  // rows that are not decided
};

}  // namespace winnow::html

#endif  // WINNOW_PIPELINE_READ_HTML_BLOCK_MODEL_H_
