// SPDX-License-Identifier: Apache-2.0
// The inner loops of word_rows.h, compiled for each instruction set: bit
// positions, facts from masks, hashes by length class.
#ifndef WINNOW_PIPELINE_TEXT_WORD_KERNEL_H_
#define WINNOW_PIPELINE_TEXT_WORD_KERNEL_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "pipeline/text/chunk_masks.h"

namespace winnow {

// Most words that can end in a chunk and the one that is open before it, with
// room for positions that are written some at a time.
inline constexpr size_t kMaxChunkWords = ChunkMasks::kBytes / 2 + 32;

// Writes base + position of every bit of masks[0, blocks) to `out` and returns
// the end. Writes up to 16 more positions behind it.
uint32_t* ListBits(const uint64_t* masks, size_t blocks, uint32_t base,
                   uint32_t* out);

// Words by how they are hashed: by length, and whether folding may change them.
// A loop over one class has no branch that depends on the word. The last one,
// which gets the words that are not ASCII, too, is left to the caller.
enum HashClass : uint8_t {
  kUpTo3,
  kUpTo8,
  kUpTo16,
  kLong,
  kFoldUpTo3,
  kFoldUpTo8,
  kFoldUpTo16,
  kFoldOther,  // longer, or not ASCII
  kHashClasses
};

// Row numbers of one class, in order.
struct RowList {
  std::array<uint16_t, kMaxChunkWords> rows;
  uint32_t size = 0;
};

struct ChunkWords {
  const char* text = nullptr;       // of the range
  const uint32_t* begin = nullptr;  // offsets into the range, none before the
  const uint32_t* end = nullptr;    // chunk
  size_t size = 0;
  uint32_t offset = 0;  // of the range in the text
  // Where the rows go.
  uint32_t* out_begin = nullptr;
  uint32_t* out_end = nullptr;
  uint32_t* chars = nullptr;
  uint8_t* flags = nullptr;
  uint64_t* raw = nullptr;
  uint64_t* folded = nullptr;  // null: not wanted
};

// Fills all rows, but for `folded` of class kFoldOther. The lists' old content
// is forgotten.
void FillRows(const ChunkMasks& masks, const ChunkWords& words,
              std::array<RowList, kHashClasses>* lists);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_TEXT_WORD_KERNEL_H_
