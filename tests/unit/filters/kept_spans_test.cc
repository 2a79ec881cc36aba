// SPDX-License-Identifier: Apache-2.0
#include "filters/kept_spans.h"

#include <gtest/gtest.h>

#include "tests/unit/filters/python_text.h"
#include "tests/unit/filters/rule_text.h"
#include "tests/unit/filters/stage_harness.h"

namespace winnow::testing {
namespace {

std::vector<Edit> EditsOf(const std::string& text, KeptSpans* kept) {
  std::vector<Edit> edits;
  if (kept->Strip(text)) kept->AppendEdits(text, &edits);
  return edits;
}

TEST(KeptSpans, DroppedLinesAreDeletions) {
  const std::string text = "one\ntwo\nthree\n";
  KeptSpans kept;
  kept.Add(0, 3, true);
  kept.Add(8, 13, true);
  const std::vector<Edit> edits = EditsOf(text, &kept);
  ASSERT_EQ(edits.size(), 2U);
  EXPECT_EQ(edits[0].begin, 4U);  // "two\n", the whole line
  EXPECT_EQ(edits[0].end, 8U);
  EXPECT_TRUE(edits[0].replacement.empty());
  EXPECT_EQ(ApplyEdits(text, edits), "one\nthree");
}

TEST(KeptSpans, NothingToChange) {
  const std::string text = "one\ntwo";
  KeptSpans kept;
  kept.Add(0, 3, true);
  kept.Add(4, 7, true);
  EXPECT_TRUE(EditsOf(text, &kept).empty());
  kept.Clear();
  EXPECT_FALSE(kept.Strip(text));
}

TEST(KeptSpans, AgreesWithJoinAndStrip) {
  for (uint64_t seed = 0; seed < 500; ++seed) {
    Random random(seed);
    const std::string text = RuleText(&random, 1 + random.Below(40));
    KeptSpans kept;
    std::string joined;
    bool first = true;
    for (size_t at = 0; at < text.size();) {
      // Characters stay whole: cut before ASCII only.
      const auto next = [&](size_t from) {
        from = std::min(text.size(), from);
        while (from < text.size() &&
               static_cast<unsigned char>(text[from]) >= 0x80) {
          ++from;
        }
        return from;
      };
      const size_t begin = next(at + random.Below(5));
      const size_t end = next(begin + random.Below(6));
      // Without a break between there must be something to put one into.
      const bool new_line = begin > at && random.Below(2) == 0;
      kept.Add(static_cast<uint32_t>(begin), static_cast<uint32_t>(end),
               new_line);
      if (new_line && !first) joined += '\n';
      first = false;
      joined += text.substr(begin, end - begin);
      at = std::max(end, at + 1);
      at = next(at);
    }
    const std::string stripped = Encode(PyStrip(Decode(joined)));
    const std::vector<Edit> edits = EditsOf(text, &kept);
    if (stripped.empty()) {
      EXPECT_TRUE(edits.empty());
    } else {
      EXPECT_EQ(ApplyEdits(text, edits), stripped) << seed;
    }
  }
}

}  // namespace
}  // namespace winnow::testing
