// SPDX-License-Identifier: Apache-2.0
#include "filters/repeated_ngrams.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "pipeline/text/hash.h"
#include "tests/unit/text/random_text.h"

namespace winnow::testing {
namespace {

Words MakeWords(const std::vector<uint32_t>& ids) {
  Words words;
  for (const uint32_t id : ids) {
    words.begin.push_back(0);
    words.end.push_back(0);
    words.chars.push_back(1 + id % 7);
    words.raw.push_back(HashCombine(1, id));
  }
  return words;
}

void Compare(const std::vector<uint32_t>& ids, RepeatedNgrams* engine) {
  const Words words = MakeWords(ids);
  for (unsigned n = 2; n <= 12; ++n) {
    if (n == 2) {
      engine->Start(words);
    } else {
      engine->Lengthen();
    }
    ASSERT_EQ(engine->n(), n);
    if (ids.size() < n) continue;
    using Gram = std::vector<uint32_t>;
    const auto gram = [&](size_t i) {
      const auto at = ids.begin() + static_cast<ptrdiff_t>(i);
      return Gram(at, at + n);
    };
    std::map<Gram, uint32_t> counts;
    for (size_t i = 0; i + n <= ids.size(); ++i) ++counts[gram(i)];
    RepeatedNgrams::Top top{0, 0};
    bool any = false;
    for (uint32_t i = 0; i + n <= ids.size(); ++i) {
      any |= counts[gram(i)] > 1;
      if (counts[gram(i)] > top.count) top = {i, counts[gram(i)]};
    }
    EXPECT_EQ(engine->any(), any) << n;
    EXPECT_EQ(engine->top().count, top.count) << n;
    EXPECT_EQ(engine->top().first, top.first) << n;
    uint64_t chars = 0;
    std::set<Gram> met;
    for (size_t i = 0; i + n <= ids.size();) {
      if (met.insert(gram(i)).second) {
        ++i;
        continue;
      }
      for (size_t j = i; j < i + n; ++j) chars += words.chars[j];
      i += n;
    }
    EXPECT_EQ(engine->WalkDuplicateChars(), chars) << n;
  }
}

TEST(RepeatedNgrams, AgreesWithMaps) {
  RepeatedNgrams engine;
  for (uint64_t seed = 0; seed < 400; ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed);
    std::vector<uint32_t> ids;
    const size_t size = random.Below(400);
    const uint64_t range = 1 + random.Below(60);
    const uint64_t repeats = 2 + random.Below(40);
    while (ids.size() < size) {
      ids.push_back(static_cast<uint32_t>(random.Below(range)));
      if (random.Below(repeats) == 0) {
        const size_t begin = random.Below(ids.size());
        const size_t end = std::min(ids.size(), begin + random.Below(30));
        for (size_t i = begin; i < end; ++i) ids.push_back(ids[i]);
      }
    }
    Compare(ids, &engine);
  }
}

TEST(RepeatedNgrams, Edges) {
  RepeatedNgrams engine;
  Compare({}, &engine);
  Compare({1}, &engine);
  Compare({1, 1}, &engine);
  Compare({1, 1, 1}, &engine);
  Compare(std::vector<uint32_t>(64, 5), &engine);
  Compare(std::vector<uint32_t>(65, 5), &engine);
  Compare(std::vector<uint32_t>(127, 5), &engine);
  std::vector<uint32_t> late(200);
  for (uint32_t i = 0; i < late.size(); ++i) late[i] = i % 97;
  Compare(late, &engine);
}

}  // namespace
}  // namespace winnow::testing
