// SPDX-License-Identifier: Apache-2.0
#include "dedup/shingles.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>
#include <vector>

namespace winnow {
namespace {

using Words = std::vector<uint64_t>;

Words RandomWords(size_t n, uint64_t seed, uint64_t vocabulary = 0) {
  std::mt19937_64 random(seed);
  Words words(n);
  for (uint64_t& w : words) {
    w = random();
    if (vocabulary != 0) w = (w % vocabulary + 1) * 0x9e3779b97f4a7c15ULL;
  }
  return words;
}

std::vector<uint32_t> Drain(ShingleStream* stream, size_t chunk) {
  std::vector<uint32_t> all;
  std::vector<uint32_t> buffer(chunk);
  while (const size_t n = stream->Next(buffer)) {
    EXPECT_LE(n, chunk);
    all.insert(all.end(), buffer.begin(),
               buffer.begin() + static_cast<std::ptrdiff_t>(n));
  }
  EXPECT_EQ(stream->Next(buffer), 0U);
  return all;
}

std::vector<uint32_t> Shingles(const Words& words, size_t ngram,
                               size_t chunk = 64) {
  ShingleStream stream(words, ngram);
  return Drain(&stream, chunk);
}

// Each window by itself, through a stream of one shingle.
std::vector<uint32_t> Oracle(const Words& words, size_t ngram) {
  std::vector<uint32_t> all;
  for (size_t i = 0; i + ngram <= words.size(); ++i) {
    const Words window(words.begin() + static_cast<std::ptrdiff_t>(i),
                       words.begin() + static_cast<std::ptrdiff_t>(i + ngram));
    all.push_back(Shingles(window, ngram).at(0));
  }
  return all;
}

TEST(Shingles, AreThoseOfEachWindow) {
  for (const size_t ngram : {1U, 2U, 5U, 13U}) {
    for (const size_t n : {13U, 14U, 64U, 100U, 1000U}) {
      const Words words = RandomWords(n, ngram * 1000 + n);
      EXPECT_EQ(Shingles(words, ngram), Oracle(words, ngram));
    }
  }
}

TEST(Shingles, DoNotDependOnTheChunk) {
  const Words words = RandomWords(257, 3);
  const auto expected = Shingles(words, 5, 1000);
  EXPECT_EQ(expected.size(), 253U);
  for (const size_t chunk : {1U, 2U, 3U, 64U, 253U}) {
    EXPECT_EQ(Shingles(words, 5, chunk), expected);
  }
}

TEST(Shingles, DependOnOrder) {
  const Words words = RandomWords(5, 1);
  Words swapped = words;
  std::swap(swapped[1], swapped[3]);
  EXPECT_NE(Shingles(words, 5), Shingles(swapped, 5));
}

TEST(Shingles, RarelyMeet) {
  // 100,000 shingles over a small vocabulary: the expected number of pairs
  // that meet in 32 bits is n^2 / 2^33, about 1.2.
  const Words words = RandomWords(100004, 9, 50);
  std::vector<std::array<uint64_t, 5>> distinct;
  for (size_t i = 0; i + 5 <= words.size(); ++i) {
    distinct.emplace_back();
    std::copy_n(words.begin() + static_cast<std::ptrdiff_t>(i), 5,
                distinct.back().begin());
  }
  std::vector<uint32_t> shingles = Shingles(words, 5);
  const auto count_distinct = [](auto* values) {
    std::sort(values->begin(), values->end());
    return std::unique(values->begin(), values->end()) - values->begin();
  };
  EXPECT_LE(count_distinct(&distinct) - count_distinct(&shingles), 8);
}

TEST(Shingles, OfAShortTextAreOne) {
  for (size_t n = 1; n < 5; ++n) {
    const Words words = RandomWords(n, n);
    ShingleStream stream(words, 5);
    EXPECT_TRUE(stream.is_short());
    EXPECT_EQ(Drain(&stream, 8).size(), 1U);
    EXPECT_TRUE(stream.is_single());
    ShingleStream whole(words, n);
    EXPECT_FALSE(whole.is_short());
    Drain(&whole, 8);
    EXPECT_EQ(whole.first(), stream.first());
  }
}

TEST(Shingles, OfNothingAreNone) {
  ShingleStream stream({}, 5);
  EXPECT_FALSE(stream.is_short());
  EXPECT_TRUE(Drain(&stream, 8).empty());
}

TEST(Shingles, OfARepeatedWordAreSingle) {
  Words words(100, 0x1234567890abcdefULL);
  ShingleStream same(words, 5);
  Drain(&same, 7);
  EXPECT_TRUE(same.is_single());
  words.back() ^= 1;
  ShingleStream differs(words, 5);
  Drain(&differs, 7);
  EXPECT_FALSE(differs.is_single());
  EXPECT_EQ(same.first(), differs.first());
}

}  // namespace
}  // namespace winnow
