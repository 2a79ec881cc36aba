// SPDX-License-Identifier: Apache-2.0
#include "pipeline/text/count_text.h"

#include "pipeline/text/chunk_masks.h"

namespace winnow {

TextCounts CountText(std::string_view text) {
  TextCounts counts;
  counts.bytes = text.size();
  ChunkMasks masks;
  ChunkCarry carry;
  for (size_t at = 0; at < RangeBlocks(text.size()) * 64;
       at += ChunkMasks::kBytes) {
    masks.begin = at;
    ScanChunk(text.data(), text.size(), &masks, &carry, &counts);
  }
  return counts;
}

}  // namespace winnow
