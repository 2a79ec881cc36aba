// SPDX-License-Identifier: Apache-2.0
#include "pipeline/text/word_rows.h"

#include <array>

#include "pipeline/text/append_word.h"
#include "pipeline/text/hash.h"
#include "pipeline/text/word_kernel.h"

namespace winnow {

struct WordRows::Scratch {
  std::array<uint32_t, kMaxChunkWords> begin;
  std::array<uint32_t, kMaxChunkWords> end;
  std::array<RowList, kHashClasses> lists;
};

WordRows::WordRows(Profile profile)
    : profile_(profile), scratch_(new Scratch) {}

WordRows::~WordRows() = default;

void WordRows::Append(const TextRange& range, const ChunkMasks& masks,
                      WordFolder* folder, Words* words) {
  const bool fold = profile_ == Profile::kAlnum;
  const auto base = static_cast<uint32_t>(masks.begin);
  uint32_t* begin = scratch_->begin.data();
  uint32_t* end = scratch_->end.data();
  const bool open = open_ != kNone;
  if (open) *begin = open_;
  const uint32_t* begin_end =
      ListBits(fold ? masks.alnum_begin : masks.space_begin, masks.blocks, base,
               begin + (open ? 1 : 0));
  const uint32_t* end_end = ListBits(fold ? masks.alnum_end : masks.space_end,
                                     masks.blocks, base, end);
  auto count = static_cast<size_t>(end_end - end);
  open_ = static_cast<size_t>(begin_end - begin) > count ? begin[count] : kNone;
  if (count == 0) return;
  if (open) {
    // Its masks are partly gone; one word a chunk is read again.
    AppendWord(range.text, range.begin + *begin, range.begin + *end, words);
    if (fold) {
      words->folded.push_back(Hash64(folder->Fold(range.text.substr(
          words->begin.back(), words->end.back() - words->begin.back()))));
    }
    ++begin;
    ++end;
    --count;
  }

  const size_t row = words->size();
  words->begin.resize(row + count);
  words->end.resize(row + count);
  words->chars.resize(row + count);
  words->flags.resize(row + count);
  words->raw.resize(row + count);
  if (fold) words->folded.resize(row + count);
  ChunkWords chunk;
  chunk.text = range.data();
  chunk.begin = begin;
  chunk.end = end;
  chunk.size = count;
  chunk.offset = range.begin;
  chunk.out_begin = words->begin.data() + row;
  chunk.out_end = words->end.data() + row;
  chunk.chars = words->chars.data() + row;
  chunk.flags = words->flags.data() + row;
  chunk.raw = words->raw.data() + row;
  chunk.folded = fold ? words->folded.data() + row : nullptr;
  FillRows(masks, chunk, &scratch_->lists);
  if (!fold) return;
  const RowList& rest = scratch_->lists[kFoldOther];
  for (uint32_t i = 0; i < rest.size; ++i) {
    const size_t k = rest.rows[i];
    chunk.folded[k] = Hash64(
        folder->Fold({chunk.text + begin[k], size_t{end[k] - begin[k]}}));
  }
}

}  // namespace winnow
