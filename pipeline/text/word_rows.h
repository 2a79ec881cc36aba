// SPDX-License-Identifier: Apache-2.0
// Turns a chunk's masks into rows of Words: positions, lengths, flags, hashes.
#ifndef WINNOW_PIPELINE_TEXT_WORD_ROWS_H_
#define WINNOW_PIPELINE_TEXT_WORD_ROWS_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "pipeline/text/analysis.h"
#include "pipeline/text/chunk_masks.h"
#include "pipeline/text/fold.h"

namespace winnow {

// A range of the text: rows hold offsets into the text, masks into the range.
struct TextRange {
  std::string_view text;
  uint32_t begin = 0;
  uint32_t end = 0;

  size_t size() const { return end - begin; }
  const char* data() const { return text.data() + begin; }
};

// Appends the words of one profile chunk by chunk. Keeps its scratch, and where
// a word began that reaches over a chunk's end. Thread-compatible.
class WordRows {
 public:
  // REQUIRES: kSpace or kAlnum. The latter's `folded` is filled, too.
  explicit WordRows(Profile profile);
  ~WordRows();

  // Begins a range: no word is open.
  void Start() { open_ = kNone; }

  // Appends to `words` those that end in the chunk. Chunks of a range come in
  // order and without a gap; after the last one all its words are there.
  void Append(const TextRange& range, const ChunkMasks& masks,
              WordFolder* folder, Words* words);

  struct Scratch;

 private:
  static constexpr uint32_t kNone = 0xFFFFFFFF;

  Profile profile_;
  uint32_t open_ = kNone;
  std::unique_ptr<Scratch> scratch_;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_TEXT_WORD_ROWS_H_
