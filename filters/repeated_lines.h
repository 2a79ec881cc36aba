// SPDX-License-Identifier: Apache-2.0
// Repeated lines and paragraphs as Gopher's repetition rules count them in
// huggingface/datatrove 0.3.0 and later. Every line is hashed once; a paragraph
// is told by the hashes of its lines.
#ifndef WINNOW_FILTERS_REPEATED_LINES_H_
#define WINNOW_FILTERS_REPEATED_LINES_H_

#include <cstdint>
#include <vector>

#include "filters/first_seen_table.h"
#include "pipeline/text/analysis.h"

namespace winnow {

// Second and later copies among all.
struct Repeats {
  uint64_t all = 0;
  uint64_t copies = 0;
  uint64_t chars = 0;  // of the copies
};

// Keeps and reuses its memory; one for each worker.
class RepeatedLines {
 public:
  // Hashes the lines of `analysis`, which must outlive the calls below.
  void Start(const Analysis& analysis);

  // The text stripped of Python white space, split at runs of two or more line
  // feeds.
  Repeats Paragraphs();
  // The text as it is, split at runs of line feeds: with one at the end, the
  // last line is empty, and likewise the first.
  Repeats Lines();

 private:
  void Enter(uint64_t hash, uint64_t chars, Repeats* repeats);

  const Analysis* analysis_ = nullptr;
  std::vector<uint64_t> line_hashes_;
  std::vector<uint64_t> entered_;
  FirstSeenTable table_;
  FirstSeenTable::Entries entries_{};
};

}  // namespace winnow

#endif  // WINNOW_FILTERS_REPEATED_LINES_H_
