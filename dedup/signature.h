// SPDX-License-Identifier: Apache-2.0
// What MinHash keeps of a document: one key a band, and a sketch.
//
// Band key: XXH3-64 of the band's rows (32-bit minima, little endian) with the
// band's number as seed, upper 48 bits. Equal rows give equal keys; the sketch
// tells apart documents whose keys meet by chance.
//
// Sketch: one byte for each permutation, the top byte of minimum * 0x9e3779b1
// (mod 2^32). The multiplication makes bytes of different minima independent
// between permutations: low bytes of a * x + b alone are not. Two unequal
// minima still share a byte once in 256, so the Jaccard estimate from m equal
// bytes of k is (m / k - 1/256) / (1 - 1/256) (b-bit minwise hashing: Li and
// Koenig, WWW 2010). At J = .8 a byte is as accurate as all 32 bits.
#ifndef WINNOW_DEDUP_SIGNATURE_H_
#define WINNOW_DEDUP_SIGNATURE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "dedup/minhash_kernel.h"
#include "pipeline/arena.h"

namespace winnow {

// How many bands, and rows (permutations) in each.
struct BandShape {
  size_t bands = 14;
  size_t rows = 8;
  size_t slots() const { return bands * rows; }
};

inline constexpr int kBandKeyBits = 48;

// Lives in a batch's arena, with its arrays behind it.
struct Signature {
  const uint64_t* keys;   // BandShape::bands values below 2^48
  const uint8_t* sketch;  // BandShape::slots() bytes
  bool is_short;          // fewer words than one shingle
};

// Makes signatures. Immutable, shared by all workers.
class SignatureMaker {
 public:
  // A worker's: minima of the document at hand.
  struct Scratch {
    std::vector<uint32_t> minima;
  };

  SignatureMaker(BandShape shape, size_t ngram, uint64_t seed);

  const BandShape& shape() const { return shape_; }

  // The signature of a text with these word hashes, in `arena`; null if there
  // is no word. A text whose shingles are all the same gets keys and sketch
  // from the shingle's 64 bits, so that it meets only texts with that one.
  const Signature* Make(std::span<const uint64_t> words, Scratch* scratch,
                        Arena* arena) const;

 private:
  BandShape shape_;
  size_t ngram_;
  MinhashPermutations permutations_;
};

// How many of the first `count` bytes are equal.
size_t CountEqualBytes(const uint8_t* a, const uint8_t* b, size_t count);

// Jaccard estimate from `equal` of `slots` sketch bytes, in ten-thousandths,
// rounded to nearest, never below 0.
uint32_t EstimateSimilarity(size_t equal, size_t slots);

// The least number of equal bytes whose unrounded estimate is at least
// `similarity`.
size_t MinEqualBytes(double similarity, size_t slots);

}  // namespace winnow

#endif  // WINNOW_DEDUP_SIGNATURE_H_
