// SPDX-License-Identifier: Apache-2.0
#include "dedup/ordinal_table.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <vector>

namespace winnow {
namespace {

constexpr uint64_t kKeyMask = (uint64_t{1} << 48) - 1;

std::vector<uint32_t> FindAll(const OrdinalTable& table, uint64_t key) {
  std::vector<uint32_t> found;
  table.Find(key, [&](uint32_t ordinal) {
    found.push_back(ordinal);
    return true;
  });
  return found;
}

// Every entry of a key is offered, in order of insertion, among few others.
TEST(OrdinalTable, OffersAllEntriesOfAKey) {
  for (const size_t entries : {1U, 7U, 8U, 9U, 100U, 5000U, 100000U}) {
    OrdinalTable table(entries);
    std::mt19937_64 random(entries);
    std::map<uint64_t, std::vector<uint32_t>> model;
    for (uint32_t i = 0; i < entries; ++i) {
      // One in four repeats an earlier key.
      uint64_t key = random() & kKeyMask;
      if (!model.empty() && random() % 4 == 0) {
        const auto it = model.lower_bound(key);
        key = it == model.end() ? model.begin()->first : it->first;
      }
      table.Insert(key, i);
      model[key].push_back(i);
    }
    EXPECT_EQ(table.size(), entries);
    size_t strangers = 0;
    for (const auto& [key, ordinals] : model) {
      std::vector<uint32_t> own;
      for (const uint32_t ordinal : FindAll(table, key)) {
        const bool mine = std::find(ordinals.begin(), ordinals.end(),
                                    ordinal) != ordinals.end();
        if (mine) own.push_back(ordinal);
        strangers += mine ? 0U : 1U;
      }
      EXPECT_EQ(own, ordinals);
    }
    // About a dozen tags of 16 bits are looked at each time.
    EXPECT_LE(strangers, 2 + model.size() / 500);
  }
}

TEST(OrdinalTable, HoldsHostileKeys) {
  // All in one bucket, or in the last, with the tags of empty slots.
  for (const uint64_t home : {uint64_t{0}, kKeyMask}) {
    OrdinalTable table(1000);
    for (uint32_t i = 0; i < 1000; ++i) {
      table.Insert((home & ~uint64_t{0xFFFF}) | (i % 3), i);
    }
    for (uint64_t tag = 0; tag < 3; ++tag) {
      const auto found = FindAll(table, (home & ~uint64_t{0xFFFF}) | tag);
      EXPECT_EQ(found.size(), tag == 0 ? 334U : 333U);
      EXPECT_TRUE(std::is_sorted(found.begin(), found.end()));
    }
    EXPECT_TRUE(FindAll(table, home ^ 0x8000).empty());
  }
}

TEST(OrdinalTable, StopsWhenTold) {
  OrdinalTable table(10);
  for (uint32_t i = 0; i < 5; ++i) table.Insert(42, i);
  int seen = 0;
  table.Find(42, [&](uint32_t) { return ++seen < 2; });
  EXPECT_EQ(seen, 2);
}

TEST(OrdinalTable, IsEmptyAtFirst) {
  OrdinalTable table(100);
  EXPECT_TRUE(FindAll(table, 0).empty());
  EXPECT_TRUE(FindAll(table, kKeyMask).empty());
}

TEST(OrdinalTable, HoldsTheLargestOrdinal) {
  OrdinalTable table(4);
  table.Insert(9, OrdinalTable::kMaxOrdinal);
  EXPECT_EQ(FindAll(table, 9),
            std::vector<uint32_t>{OrdinalTable::kMaxOrdinal});
}

}  // namespace
}  // namespace winnow
