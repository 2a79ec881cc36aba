// SPDX-License-Identifier: Apache-2.0
// Word n-grams as 32-bit values, from word hashes that the analysis already
// made: no text is copied or read again. A shingle is
//
//   H = w[i] * B^(n-1) + w[i+1] * B^(n-2) + ... + w[i+n-1]   mod 2^64
//
// rolled from one to the next, then mixed down to 32 bits. Order matters, and
// because the words are XXH3-64 hashes two different n-grams meet by chance
// alone: 2^-64 for H, 2^-32 for what MinHash sees.
//
// A text with fewer than n words is one shingle: all of its words.
#ifndef WINNOW_DEDUP_SHINGLES_H_
#define WINNOW_DEDUP_SHINGLES_H_

#include <cstddef>
#include <cstdint>
#include <span>

namespace winnow {

class ShingleStream {
 public:
  // REQUIRES: ngram > 0; `words` outlives the stream.
  ShingleStream(std::span<const uint64_t> words, size_t ngram);

  // Writes the next shingles to `out` and returns how many; 0 at the end.
  size_t Next(std::span<uint32_t> out);

  // The text has fewer words than one shingle (and at least one).
  bool is_short() const { return short_; }
  // All shingles so far are one and the same. 32 bits are too few to tell
  // such texts apart, so they are compared by first() instead.
  bool is_single() const { return differ_ == 0; }
  // The first shingle, all 64 bits. 0 before Next().
  uint64_t first() const { return first_; }

 private:
  std::span<const uint64_t> words_;
  size_t ngram_;
  uint64_t oldest_weight_ = 1;  // B^(n-1)
  uint64_t rolling_ = 0;
  size_t next_ = 0;  // the word that completes the next shingle
  bool short_ = false;
  bool started_ = false;
  uint64_t first_ = 0;
  uint64_t differ_ = 0;
};

}  // namespace winnow

#endif  // WINNOW_DEDUP_SHINGLES_H_
