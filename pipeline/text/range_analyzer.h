// SPDX-License-Identifier: Apache-2.0
// Analyses one range of a text and appends what it finds, so that the analysis
// of an edited text can be put together from ranges.
#ifndef WINNOW_PIPELINE_TEXT_RANGE_ANALYZER_H_
#define WINNOW_PIPELINE_TEXT_RANGE_ANALYZER_H_

#include "pipeline/text/analysis.h"
#include "pipeline/text/chunk_masks.h"
#include "pipeline/text/fold.h"
#include "pipeline/text/line_rows.h"
#include "pipeline/text/word_rows.h"

namespace winnow {

// Keeps its scratch. Thread-compatible.
class RangeAnalyzer {
 public:
  RangeAnalyzer();

  // Appends counts, and lines and words of kSpace and kAlnum as `needs` asks,
  // of text[begin, end). Ranges of a text come in order and without a gap; each
  // begins at 0 or behind a line feed, so that no word, line or run of full
  // stops reaches into it. REQUIRES: valid UTF-8, end <= text.size().
  void Append(const TextRange& range, AnalysisNeeds needs, Analysis* analysis);

 private:
  ChunkMasks masks_{};
  LineRows lines_;
  WordRows space_;
  WordRows alnum_;
  WordFolder folder_;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_TEXT_RANGE_ANALYZER_H_
