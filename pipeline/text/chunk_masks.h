// SPDX-License-Identifier: Apache-2.0
// A chunk of text as bit masks: bit i of masks[b] is byte 64 * b + i. Words,
// lines and counts are then 64-bit arithmetic. The idea is simdjson's (Langdale
// and Lemire, "Parsing Gigabytes of JSON per Second", 2019).
#ifndef WINNOW_PIPELINE_TEXT_CHUNK_MASKS_H_
#define WINNOW_PIPELINE_TEXT_CHUNK_MASKS_H_

#include <cstddef>
#include <cstdint>

#include "pipeline/text/analysis.h"

namespace winnow {

struct ChunkMasks {
  static constexpr size_t kBlocks = 64;
  static constexpr size_t kBytes = kBlocks * 64;
  // One more, so that 64 bits can be read from any byte of a mask.
  using Mask = uint64_t[kBlocks + 1];

  // Found byte by byte. ASCII characters only, but for the last four.
  Mask space;  // Python white space
  Mask alnum;
  Mask alpha;
  Mask upper;
  Mask line_feed;
  Mask other_break;  // Python's other line breaks; their first byte
  Mask hash;
  Mask dot;
  Mask high;      // bytes of non-ASCII characters
  Mask trail;     // bytes 80..BF
  Mask syllable;  // first bytes of U+AC00..U+D77F, most Hangul syllables, and
  Mask han;       // of U+4E00..U+9FFF; both undefined in ASCII blocks

  // Found from these and the characters' properties. `alpha` and `other_break`
  // get the first bytes of non-ASCII characters, too.
  Mask fold;       // first bytes of what folding may change
  Mask non_punct;  // first bytes of characters outside datatrove's punctuation
  Mask space_begin;
  Mask space_end;  // one beyond a word's last byte
  Mask alnum_begin;
  Mask alnum_end;

  size_t begin = 0;   // of the chunk, in bytes of the range
  size_t blocks = 0;  // the last one of a range is filled up with spaces
  bool ascii = false;
};

// What one block must know of the one before: properties of its last byte.
struct ChunkCarry {
  uint64_t space = 1;
  uint64_t alnum = 0;  // letter or number
  uint64_t mark = 0;
  uint64_t single = 0;
  uint64_t word = 0;     // in a word of kAlnum, marks included
  uint64_t cluster = 0;  // in a single character with its marks
  unsigned dots = 0;     // length of the run of dots that ends there, below 3
};

// Blocks of a range of `size` bytes: one more byte always fits, so that the
// last word ends inside the last block.
inline size_t RangeBlocks(size_t size) { return size / 64 + 1; }

// Fills `masks` for the blocks from masks->begin / 64 on, at most kBlocks, and
// adds to chars (bytes that begin a character), words, line_feeds, hashes,
// ellipses and only_line_feeds of `counts`. REQUIRES: text[0, size) is valid
// UTF-8; masks->begin is a multiple of 64 and below 64 * RangeBlocks(size).
void ScanChunk(const char* text, size_t size, ChunkMasks* masks,
               ChunkCarry* carry, TextCounts* counts);

// For each of `count` ascending positions in the chunk (bytes of the range, as
// masks.begin), writes to `out` how many bytes of the chunk before it do not
// begin a character. Returns how many there are in the whole chunk.
uint32_t CountTrail(const ChunkMasks& masks, const uint32_t* positions,
                    size_t count, uint32_t* out);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_TEXT_CHUNK_MASKS_H_
