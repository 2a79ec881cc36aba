// SPDX-License-Identifier: Apache-2.0
#include "dedup/signature.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "dedup/shingles.h"
#include "pipeline/error.h"
#include "pipeline/text/hash.h"

namespace winnow {
namespace {

constexpr uint32_t kSketchMix = 0x9e3779b1U;
// Shingles made and consumed at a time: 4 KiB, a part of the first cache.
constexpr size_t kChunk = 1024;
constexpr int kKeyShift = 64 - kBandKeyBits;

void FromMinima(const uint32_t* minima, BandShape shape, uint64_t* keys,
                uint8_t* sketch) {
  for (size_t band = 0; band < shape.bands; ++band) {
    keys[band] = XXH3_64bits_withSeed(minima + band * shape.rows,
                                      shape.rows * sizeof *minima, band) >>
                 kKeyShift;
  }
  for (size_t j = 0; j < shape.slots(); ++j) {
    sketch[j] = static_cast<uint8_t>((minima[j] * kSketchMix) >> 24);
  }
}

void FromSingleShingle(uint64_t shingle, BandShape shape, uint64_t* keys,
                       uint8_t* sketch) {
  uint64_t state = shingle;
  for (size_t band = 0; band < shape.bands; ++band) {
    keys[band] = SplitMix64(&state) >> kKeyShift;
  }
  for (size_t j = 0; j < shape.slots(); ++j) {
    sketch[j] = static_cast<uint8_t>(SplitMix64(&state) >> 56);
  }
}

// Zero bytes of x.
size_t CountZeroBytes(uint64_t x) {
  constexpr uint64_t kLow7 = 0x7f7f7f7f7f7f7f7fULL;
  const uint64_t not_zero = ((x & kLow7) + kLow7) | x | kLow7;
  return static_cast<size_t>(std::popcount(~not_zero));
}

}  // namespace

SignatureMaker::SignatureMaker(BandShape shape, size_t ngram, uint64_t seed)
    : shape_(shape), ngram_(ngram), permutations_(seed, shape.slots()) {}

const Signature* SignatureMaker::Make(std::span<const uint64_t> words,
                                      Scratch* scratch, Arena* arena) const {
  if (words.empty()) return nullptr;
  std::vector<uint32_t>& minima = scratch->minima;
  minima.assign(permutations_.padded(), ~uint32_t{0});
  ShingleStream stream(words, ngram_);
  uint32_t chunk[kChunk];
  while (const size_t n = stream.Next(chunk)) {
    LowerMinima(permutations_, std::span(chunk, n), minima.data());
  }
  uint64_t* const keys = arena->NewArray<uint64_t>(shape_.bands);
  uint8_t* const sketch = arena->NewArray<uint8_t>(shape_.slots());
  if (stream.is_single()) {
    FromSingleShingle(stream.first(), shape_, keys, sketch);
  } else {
    FromMinima(minima.data(), shape_, keys, sketch);
  }
  Signature* const signature = arena->NewArray<Signature>(1);
  *signature = {keys, sketch, stream.is_short()};
  return signature;
}

size_t CountEqualBytes(const uint8_t* a, const uint8_t* b, size_t count) {
  size_t equal = 0;
  size_t i = 0;
  for (; i + 8 <= count; i += 8) {
    uint64_t x;
    uint64_t y;
    std::memcpy(&x, a + i, 8);
    std::memcpy(&y, b + i, 8);
    equal += CountZeroBytes(x ^ y);
  }
  for (; i < count; ++i) equal += a[i] == b[i] ? 1 : 0;
  return equal;
}

uint32_t EstimateSimilarity(size_t equal, size_t slots) {
  WINNOW_DCHECK(slots > 0 && equal <= slots);
  // (256 m - k) / (255 k)
  if (256 * equal <= slots) return 0;
  const uint64_t above = 256 * equal - slots;
  const uint64_t whole = 255 * slots;
  return static_cast<uint32_t>((above * 10000 + whole / 2) / whole);
}

size_t MinEqualBytes(double similarity, size_t slots) {
  // One comparison of exactly representable products: no division, no libm.
  const double k = static_cast<double>(slots);
  size_t m = 0;
  while (m < slots &&
         256.0 * static_cast<double>(m) - k < similarity * (255.0 * k)) {
    ++m;
  }
  return m;
}

}  // namespace winnow
