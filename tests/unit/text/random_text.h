// SPDX-License-Identifier: Apache-2.0
// Seeded text that mixes the classes of characters the analysis tells apart.
#ifndef WINNOW_TESTS_UNIT_TEXT_RANDOM_TEXT_H_
#define WINNOW_TESTS_UNIT_TEXT_RANDOM_TEXT_H_

#include <cstdint>
#include <string>

namespace winnow::testing {

// SplitMix64: the same numbers on every platform.
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}
  uint64_t Next() {
    uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }
  // Uniform enough for tests. REQUIRES: bound > 0.
  uint64_t Below(uint64_t bound) { return Next() % bound; }

 private:
  uint64_t state_;
};

// Valid UTF-8 of exactly `bytes` bytes: runs of characters from one class at a
// time, half of them ASCII, breaks and marks more often than in real text.
std::string RandomText(Random* random, size_t bytes);

}  // namespace winnow::testing

#endif  // WINNOW_TESTS_UNIT_TEXT_RANDOM_TEXT_H_
