// SPDX-License-Identifier: Apache-2.0
// Finds the chunks of a text, runs without ASCII white space, and how far each
// begins with ASCII letters: by one data-parallel pass, some thousand bytes at
// a time. White space beyond ASCII is left inside the chunks.
#ifndef WINNOW_PIPELINE_TEXT_SPACY_EN_SCAN_H_
#define WINNOW_PIPELINE_TEXT_SPACY_EN_SCAN_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace winnow {

// Chunk i is [begin[i], end[i]); [begin[i], letters[i]) are ASCII letters and
// letters[i] is none.
struct SpacyChunkList {
  static constexpr size_t kBytes = 4096;  // scanned at a time
  // One chunk is carried over, positions are written eight at a time.
  static constexpr size_t kRoom = kBytes / 2 + 16;

  std::array<uint32_t, kRoom> begin;
  std::array<uint32_t, kRoom> letters;
  std::array<uint32_t, kRoom> end;
};

// What the scan of one block of 64 bytes leaves for the next one.
struct SpacyScanCarry {
  uint64_t in_chunk = 0;    // 1: the last byte was not white
  uint64_t in_letters = 0;  // 1: and all of its chunk so far are letters
  uint32_t begins = 0;      // filled in the lists
  uint32_t letters = 0;
  uint32_t ends = 0;
};

// Thread-compatible; about 24 KiB.
class SpacyChunkScanner {
 public:
  // REQUIRES: text is shorter than 4 GiB and stays.
  void Start(std::string_view text);

  // Finds the next chunks, at least one; false at the end of the text.
  bool Next();

  size_t size() const { return carry_.ends; }
  const SpacyChunkList& list() const { return list_; }

 private:
  std::string_view text_;
  size_t pos_ = 0;  // scanned up to here, a multiple of 64
  bool done_ = true;
  SpacyScanCarry carry_;
  SpacyChunkList list_;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_TEXT_SPACY_EN_SCAN_H_
