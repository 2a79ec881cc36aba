// SPDX-License-Identifier: Apache-2.0
#include "pipeline/text/range_analyzer.h"

namespace winnow {

RangeAnalyzer::RangeAnalyzer()
    : space_(Profile::kSpace), alnum_(Profile::kAlnum) {}

void RangeAnalyzer::Append(const TextRange& range, AnalysisNeeds needs,
                           Analysis* a) {
  const auto words = [&](Profile p) {
    return &a->words[static_cast<size_t>(p)];
  };
  const bool lines = needs.has(AnalysisNeeds::Lines());
  const bool space = needs.has(AnalysisNeeds::Words(Profile::kSpace));
  const bool alnum = needs.has(AnalysisNeeds::Words(Profile::kAlnum));
  if (lines) lines_.Start(range, &a->lines, &a->split_lines);
  space_.Start();
  alnum_.Start();
  a->counts.bytes += range.size();
  ChunkCarry carry;
  const size_t end = RangeBlocks(range.size()) * 64;
  for (size_t at = 0; at < end; at += ChunkMasks::kBytes) {
    masks_.begin = at;
    ScanChunk(range.data(), range.size(), &masks_, &carry, &a->counts);
    if (lines) lines_.Append(masks_);
    if (space) {
      space_.Append(range, masks_, &folder_, words(Profile::kSpace));
    }
    if (alnum) {
      alnum_.Append(range, masks_, &folder_, words(Profile::kAlnum));
    }
  }
  if (lines) lines_.Finish(range.end == range.text.size());
}

}  // namespace winnow
