// SPDX-License-Identifier: Apache-2.0
// The index against a model that keeps every key in a map and every sketch in
// a vector.
#include "dedup/minhash_index.h"

#include <gtest/gtest.h>

#include <cstring>
#include <map>
#include <random>
#include <set>
#include <vector>

namespace winnow {
namespace {

struct Entry {
  std::vector<uint64_t> keys;
  std::vector<uint8_t> sketch;
};

class Model {
 public:
  explicit Model(BandShape shape) : shape_(shape) {}

  // The winner's ordinal, or -1.
  int64_t Find(const Entry& entry, size_t min_equal) const {
    std::set<uint32_t> candidates;
    for (size_t band = 0; band < shape_.bands; ++band) {
      const auto it = holders_.find({band, entry.keys[band]});
      if (it == holders_.end()) continue;
      candidates.insert(it->second.begin(), it->second.end());
    }
    int64_t best = -1;
    size_t best_equal = 0;
    for (const uint32_t c : candidates) {  // ascending
      size_t equal = 0;
      for (size_t j = 0; j < shape_.slots(); ++j) {
        equal += entries_[c].sketch[j] == entry.sketch[j] ? 1U : 0U;
      }
      if (equal >= min_equal && (best < 0 || equal > best_equal)) {
        best = c;
        best_equal = equal;
      }
    }
    return best;
  }
  size_t Insert(const Entry& entry) {
    size_t capped = 0;
    for (size_t band = 0; band < shape_.bands; ++band) {
      auto& holders = holders_[{band, entry.keys[band]}];
      if (holders.size() < MinhashIndex::kMaxPerKey) {
        holders.push_back(static_cast<uint32_t>(entries_.size()));
      } else {
        ++capped;
      }
    }
    entries_.push_back(entry);
    return capped;
  }

 private:
  BandShape shape_;
  std::map<std::pair<size_t, uint64_t>, std::vector<uint32_t>> holders_;
  std::vector<Entry> entries_;
};

// Entries as the signature maker makes them: a band's key is a function of
// rows that its sketch bytes reflect. Rows come from few values, so that bands
// meet often.
Entry RandomEntry(BandShape shape, uint32_t values, std::mt19937_64* random) {
  Entry entry;
  for (size_t band = 0; band < shape.bands; ++band) {
    uint64_t key = (band + 1) << 32;
    for (size_t row = 0; row < shape.rows; ++row) {
      const uint64_t value = (*random)() % values;
      entry.sketch.push_back(static_cast<uint8_t>(value * 37));
      key = (key ^ value) * 0x9e3779b97f4a7c15ULL;
      key ^= key >> 29;
    }
    entry.keys.push_back(key & ((uint64_t{1} << 48) - 1));
  }
  return entry;
}

void Compare(BandShape shape, size_t documents, uint32_t values,
             size_t min_equal, uint64_t capacity) {
  MinhashIndex index(shape);
  ASSERT_EQ(index.Reserve(capacity * index.BytesPerDocument()), capacity);
  Model model(shape);
  std::mt19937_64 random(documents);
  size_t found = 0;
  size_t capped = 0;
  for (size_t i = 0; i < documents && !index.full(); ++i) {
    const Entry entry = RandomEntry(shape, values, &random);
    const auto outcome =
        index.Find(entry.keys.data(), entry.sketch.data(), min_equal);
    const int64_t expected = model.Find(entry, min_equal);
    ASSERT_EQ(outcome.found ? int64_t{outcome.ordinal} : -1, expected) << i;
    if (outcome.found) {
      ++found;
      continue;
    }
    const size_t expected_capped = model.Insert(entry);
    ASSERT_EQ(index.Insert(entry.keys.data(), entry.sketch.data()),
              expected_capped);
    capped += expected_capped;
  }
  EXPECT_GT(found, 0U);
  EXPECT_GT(capped, 0U);
}

TEST(MinhashIndex, DecidesAsTheModel) {
  Compare({4, 2}, 5000, 8, 6, 5000);
  Compare({14, 8}, 3000, 2, 80, 3000);
  Compare({3, 3}, 20000, 6, 7, 20000);
}

TEST(MinhashIndex, DecidesAsTheModelWhileItGrows) {
  Compare({3, 2}, 150000, 150, 5, MinhashIndex::kSmallDocuments + 10000);
}

TEST(MinhashIndex, TakesTheMostSimilarThenTheFirst) {
  constexpr BandShape kShape{2, 2};
  MinhashIndex index(kShape);
  index.Reserve(1000);
  const auto insert = [&](std::vector<uint64_t> keys,
                          std::vector<uint8_t> sketch) {
    index.Insert(keys.data(), sketch.data());
  };
  insert({1, 2}, {1, 1, 9, 8});
  insert({1, 3}, {1, 1, 9, 7});
  insert({1, 3}, {1, 1, 9, 7});
  const std::vector<uint64_t> keys{1, 9};
  const std::vector<uint8_t> sketch{1, 1, 9, 7};
  auto outcome = index.Find(keys.data(), sketch.data(), 0);
  EXPECT_TRUE(outcome.found);
  EXPECT_EQ(outcome.ordinal, 1U);
  EXPECT_EQ(outcome.equal, 4U);
  EXPECT_EQ(outcome.compared, 3U);
  EXPECT_EQ(outcome.rejected, 0U);
  outcome = index.Find(keys.data(), sketch.data(), 4);
  EXPECT_EQ(outcome.rejected, 1U);
  outcome = index.Find(keys.data(), sketch.data(), 5);
  EXPECT_FALSE(outcome.found);
  EXPECT_EQ(outcome.rejected, 3U);
}

// A key that meets by chance, without equal rows, makes no candidate.
TEST(MinhashIndex, IgnoresKeysThatMeetByChance) {
  MinhashIndex index({1, 4});
  index.Reserve(1000);
  const uint64_t key = 5;
  const uint8_t one[] = {1, 2, 3, 4};
  const uint8_t two[] = {1, 2, 3, 5};
  index.Insert(&key, one);
  EXPECT_FALSE(index.Find(&key, two, 0).found);
  EXPECT_TRUE(index.Find(&key, one, 0).found);
}

TEST(MinhashIndex, KeepsToItsBudget) {
  MinhashIndex index({14, 8});
  EXPECT_EQ(index.BytesPerDocument(), 224U);
  EXPECT_EQ(index.Reserve(224 * 100 + 223), 100U);
  std::mt19937_64 random(1);
  for (int i = 0; i < 100; ++i) {
    EXPECT_FALSE(index.full());
    const Entry entry = RandomEntry({14, 8}, 256, &random);
    index.Insert(entry.keys.data(), entry.sketch.data());
  }
  EXPECT_TRUE(index.full());
  MinhashIndex none({14, 8});
  EXPECT_EQ(none.Reserve(100), 0U);
  EXPECT_TRUE(none.full());
}

}  // namespace
}  // namespace winnow
