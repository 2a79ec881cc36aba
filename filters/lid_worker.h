// SPDX-License-Identifier: Apache-2.0
// Identifies languages on one worker, with a memo from a token's bytes to the
// sum of its rows: most tokens of a text were met before, and summing the rows
// of a new one costs twenty times a look-up.
//
// Contract: results do not depend on the memo. A token's rows are summed by
// themselves, in order, and then added to the document's sum, remembered or
// not; entries are compared by their bytes. All float operations have a fixed
// order and no libm is called, so the results are equal on every machine.
#ifndef WINNOW_FILTERS_LID_WORKER_H_
#define WINNOW_FILTERS_LID_WORKER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "filters/lid_model.h"
#include "filters/lid_sample.h"
#include "filters/lid_tree.h"

namespace winnow {

// Not thread-safe: one for each worker. Does not allocate after construction.
class LidWorker {
 public:
  static constexpr size_t kDefaultMemoBytes = size_t{4} << 20;

  // The memo takes the largest power of two of entries that fits `memo_bytes`,
  // at least one.
  explicit LidWorker(std::shared_ptr<const LidModel> model,
                     size_t memo_bytes = kDefaultMemoBytes);
  ~LidWorker();
  LidWorker(const LidWorker&) = delete;
  LidWorker& operator=(const LidWorker&) = delete;

  // The language of `text`, read whole: newlines count as spaces and one end
  // of line is added. A token `</s>` in the text ends it, as in the reference.
  // Text without evidence (blank, digits in no known word) gives "en" at 0.12,
  // the model's prior; see rows().
  LidResult Predict(std::string_view text);
  // The language of the windows of a sample, as if joined by spaces.
  LidResult Predict(const LidSample& sample);

  // After Predict(): the score of any label for the same text.
  float Score(uint16_t label) const;
  // After Predict(): how many rows of the model had a say, the end of line
  // among them. 1 means no evidence.
  uint64_t rows() const { return rows_; }

  const LidModel& model() const { return *model_; }

 private:
  struct Entry;
  struct Pending;

  void Clear();
  // Adds the tokens of `text`. False if a token `</s>` ended the document.
  bool Add(std::string_view text);
  // Finds a token's place in the memo and begins to fetch it.
  void Prepare(std::string_view token, const char* readable_end, Pending* out);
  void AddPending(const Pending* pending, size_t count);
  LidResult Finish();

  std::shared_ptr<const LidModel> model_;
  std::vector<Entry> memo_;
  uint64_t mask_;
  LidTokenSum end_of_line_;
  alignas(64) float hidden_[kLidDim];
  uint64_t rows_ = 0;
};

}  // namespace winnow

#endif  // WINNOW_FILTERS_LID_WORKER_H_
