// SPDX-License-Identifier: Apache-2.0
// Token counts of a text that is edited again and again: counted once, in parts
// between safe cuts; after an edit only what it touched is counted again. The
// result is always that of a full count.
#ifndef WINNOW_STATS_TOKENS_EDITED_COUNT_H_
#define WINNOW_STATS_TOKENS_EDITED_COUNT_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "pipeline/stage.h"
#include "stats/tokens/safe_cut.h"
#include "stats/tokens/token_counter.h"

namespace winnow {

// One for each thread. Keeps no text between calls and, once warm, does not
// allocate.
class EditedCounter {
 public:
  // `worker` must outlive the counter.
  explicit EditedCounter(TokenWorker* worker);

  // Counts a new text. REQUIRES: text.size() < 2^32.
  void Reset(std::string_view text);

  // The current text with `edits` applied (sorted, not overlapping) is now
  // `text`. REQUIRES: as for Reset; edits between characters of valid UTF-8.
  void Apply(std::span<const Edit> edits, std::string_view text);

  // Sets the counts of the current text, one for each vocabulary.
  void Totals(std::span<uint64_t> counts) const;

  // Bytes that were counted since Reset(), its own among them.
  uint64_t counted_bytes() const { return counted_bytes_; }

 private:
  // Parts end to end: part i is [begins[i], begins[i + 1]) and has its counts
  // at counts[i * vocabularies_].
  struct Parts {
    std::vector<uint32_t> begins;
    std::vector<uint64_t> counts;
  };

  void Keep(size_t part, uint32_t begin);
  void CountGap(std::string_view text, size_t begin, size_t end);

  TokenWorker* worker_;
  size_t vocabularies_;
  CutSafety safety_;
  Parts now_;
  Parts next_;
  std::vector<uint32_t> cuts_;  // of one gap
  uint64_t counted_bytes_ = 0;
};

}  // namespace winnow

#endif  // WINNOW_STATS_TOKENS_EDITED_COUNT_H_
