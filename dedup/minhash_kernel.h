// SPDX-License-Identifier: Apache-2.0
// MinHash by 32-bit multiply-add permutations (Broder 1997, "On the resemblance
// and containment of documents"; the cheap linear family is as accurate as
// arithmetic modulo a prime, see docs/dedup.md):
//
//   h_j(x) = a_j * x + b_j  mod 2^32,  a_j odd;   minimum_j = min over x of h_j
//
// Every target (AVX-512, AVX2, SSE4, SSSE3, NEON, scalar) gives the same bits.
#ifndef WINNOW_DEDUP_MINHASH_KERNEL_H_
#define WINNOW_DEDUP_MINHASH_KERNEL_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace winnow {

// Name of the family and of its constants, for files that hold signatures.
inline constexpr char kMinhashKernelId[] = "minhash32-splitmix64-1";

// The next value of SplitMix64 (Steele, Lea, Flood 2014), the one source of
// constants in this folder. Adds to *state first.
uint64_t SplitMix64(uint64_t* state);

// The constants of `count` permutations. Permutation j takes one SplitMix64
// value v_j, with the seed as the first state: a_j = low half of v_j with its
// lowest bit set, b_j = high half. Arrays are padded to whole vectors of the
// widest target; the padding has constants of its own and is never read back.
class MinhashPermutations {
 public:
  static constexpr size_t kPadTo = 16;

  // REQUIRES: count > 0.
  MinhashPermutations(uint64_t seed, size_t count);

  size_t count() const { return count_; }
  // count() rounded up to a multiple of kPadTo: the length of minima arrays.
  size_t padded() const { return multiply_.size(); }
  const std::vector<uint32_t>& multiply() const { return multiply_; }
  const std::vector<uint32_t>& add() const { return add_; }

 private:
  size_t count_;
  std::vector<uint32_t> multiply_;
  std::vector<uint32_t> add_;
};

// Lowers minima[j] to the minimum of itself and h_j over `shingles`, for each
// j < permutations.padded(). Begin with all ones. Pass at most some thousand
// shingles at a time, so that they stay in the first cache.
void LowerMinima(const MinhashPermutations& permutations,
                 std::span<const uint32_t> shingles, uint32_t* minima);

}  // namespace winnow

#endif  // WINNOW_DEDUP_MINHASH_KERNEL_H_
