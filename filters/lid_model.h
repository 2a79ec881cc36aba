// SPDX-License-Identifier: Apache-2.0
// Language identification with fastText's lid.176.ftz, read by ourselves:
// 176 languages, 0.9 MB, the labels and scores of libfasttext at many times
// its speed. The quantised rows are expanded once (50,000 x 16 floats, 3.2 MB).
//
// The model is licensed CC BY-SA 3.0 and is installed by `./dev setup`, never
// part of this repository. Only the one known file is accepted.
#ifndef WINNOW_FILTERS_LID_MODEL_H_
#define WINNOW_FILTERS_LID_MODEL_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "filters/lid_format.h"
#include "filters/lid_tree.h"

namespace winnow {

// SHA-256 of lid.176.ftz. Part of the run key of runs that use it.
inline constexpr std::string_view kLidModelSha256 =
    "8f3472cfe8738a7b6099e8e999c3cbfae0dcd15696aac7d7738a8039db603e83";

// What one token adds to a document: the sum of its rows, in order.
struct LidTokenSum {
  float sum[kLidDim];
  uint32_t rows;
};

// Immutable, shared by threads.
class LidModel {
 public:
  // Loads and checks the file at `path`. Throws Error(kNotFound) if it is not
  // there, Error(kCorruption) if its hash is another; both say what to do.
  static std::shared_ptr<const LidModel> Load(const std::string& path);
  // `data_dir`/models/lid.176.ftz.
  static std::string PathIn(const std::string& data_dir);

  explicit LidModel(const LidFile& file);

  size_t num_labels() const { return labels_.size(); }
  // ISO 639-1 code, or 639-3 where there is none: "en", "ceb".
  std::string_view label(uint16_t index) const { return labels_[index]; }
  std::optional<uint16_t> Find(std::string_view code) const;

  // Sums the rows of a token: its own, if it is a known word, and those of its
  // character n-grams. Labels (`__label__...`) have none. Any bytes are
  // allowed. Linear in the token's length.
  void SumToken(std::string_view token, LidTokenSum* out) const;

  const LidTree& tree() const { return tree_; }

 private:
  class Collector;

  void SumAnyBytes(std::string_view token, LidTokenSum* out) const;
  void SumShortAscii(std::string_view token, LidTokenSum* out) const;
  int FindWord(std::string_view token) const;
  void AddRow(size_t row, LidTokenSum* out) const;
  void AddBuckets(const uint32_t* buckets, size_t count,
                  LidTokenSum* out) const;

  std::vector<std::string> words_;
  std::vector<std::string> labels_;
  std::vector<uint16_t> word_slots_;  // open addressing, kNoWord if empty
  // One bit for each bucket of the n-gram table that has a row, and for each
  // 64 buckets the row of the first of them.
  std::vector<uint64_t> kept_;
  std::vector<uint16_t> first_row_;
  std::vector<float> rows_;  // words, then n-grams in the order of buckets
  LidTree tree_;
};

}  // namespace winnow

#endif  // WINNOW_FILTERS_LID_MODEL_H_
