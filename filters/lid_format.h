// SPDX-License-Identifier: Apache-2.0
// The file format of a quantised fastText classifier, as far as lid.176.ftz
// uses it: little endian, version 12, product quantiser with norms, pruned
// character n-grams, hierarchical softmax over a dense output matrix.
//
//   i32 magic 793712314, version 12
//   12 x i32 dim ws epoch minCount neg wordNgrams loss model bucket minn maxn
//            lrUpdateRate; f64 t
//   i32 entries, words, labels; i64 tokens seen; i64 n-grams kept
//   entries x (bytes, NUL, i64 count, i8 type: 0 word, 1 label), words first
//   n-grams x (i32 bucket, i32 rank)
//   u8 1, u8 1; i64 rows, i64 dim; i32 size; rows x 8 codes
//   quantiser: i32 dim, parts, part size, last part size; dim x 256 f32
//   rows x u8 norm codes; quantiser of one dimension: 256 f32
//   u8 0; i64 labels, i64 dim; labels x dim f32
//
// Source: facebookresearch/fastText : src/fasttext.cc, src/dictionary.cc,
// src/quantmatrix.cc, src/productquantizer.cc (checked against the real file,
// which this reads to its last byte).
#ifndef WINNOW_FILTERS_LID_FORMAT_H_
#define WINNOW_FILTERS_LID_FORMAT_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace winnow {

inline constexpr size_t kLidDim = 16;
inline constexpr uint32_t kLidBuckets = 2'000'000;

// A decoded model. Views point into the bytes that were parsed.
struct LidFile {
  struct Ngram {
    uint32_t bucket;  // below kLidBuckets
    uint32_t rank;    // row is words.size() + rank
  };
  std::vector<std::string_view> words;   // words[0] is `</s>`
  std::vector<std::string_view> labels;  // without `__label__`
  std::vector<int64_t> label_counts;     // descending
  std::vector<Ngram> ngrams;
  // words.size() + ngrams.size() rows of kLidDim floats, de-quantised.
  std::vector<float> rows;
  // labels.size() rows of kLidDim floats; row i belongs to inner node i.
  std::vector<float> output;
};

// Parses `bytes` whole. Throws Error(kCorruption) where they end early, go on
// too long or hold another kind of model. Never reads outside of `bytes` and
// takes linear time, whatever they hold.
LidFile ParseLidFile(std::string_view bytes);

}  // namespace winnow

#endif  // WINNOW_FILTERS_LID_FORMAT_H_
