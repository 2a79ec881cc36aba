// SPDX-License-Identifier: Apache-2.0
#include "filters/c4_marks.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "hwy/targets.h"
#include "tests/unit/filters/python_text.h"
#include "tests/unit/filters/rule_text.h"

namespace winnow::testing {
namespace {

std::string LowerAscii(std::string s) {
  for (char& c : s) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return s;
}

// Kind and place by plain search; `offset` is where in the phrase a mark sits.
std::multimap<size_t, int> SlowMarks(const std::string& text) {
  const struct {
    const char* phrase;
    size_t offset;
    C4MarkKind kind;
  } kAll[] = {{"[", 0, kMarkBracket},
              {"{", 0, kMarkCurly},
              {"lorem ipsum", 7, kMarkLorem},
              {"javascript", 0, kMarkJavascript},
              {"terms of use", 3, kMarkPolicy},
              {"privacy policy", 5, kMarkPolicy},
              {"cookie policy", 2, kMarkPolicy},
              {"uses cookies", 7, kMarkPolicy},
              {"use of cookies", 9, kMarkPolicy},
              {"use cookies", 6, kMarkPolicy},
              {"\u212A", 0, kMarkKelvin}};
  const std::string lower = LowerAscii(text);
  std::multimap<size_t, int> marks;
  for (const auto& one : kAll) {
    for (size_t at = lower.find(one.phrase); at != std::string::npos;
         at = lower.find(one.phrase, at + 1)) {
      marks.emplace(at + one.offset, one.kind);
    }
  }
  return marks;
}

void Compare(const std::string& text) {
  std::vector<C4Mark> marks;
  FindC4Marks(text, &marks);
  std::multimap<size_t, int> fast;
  for (const C4Mark& mark : marks) fast.emplace(mark.at, mark.kind);
  // One mark even where two phrases share a cookie.
  std::multimap<size_t, int> slow;
  for (const auto& [at, kind] : SlowMarks(text)) {
    if (slow.find(at) == slow.end()) slow.emplace(at, kind);
  }
  EXPECT_EQ(fast, slow) << text;
}

// Runs `test` for every instruction set that was compiled and is there.
template <typename Test>
void ForEachTarget(const Test& test) {
  for (const int64_t target : hwy::SupportedAndGeneratedTargets()) {
    SCOPED_TRACE(hwy::TargetName(target));
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
    test();
  }
  hwy::SetSupportedTargetsForTest(0);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
}

TEST(C4Marks, EveryPhraseAtEveryPlace) {
  ForEachTarget([] {
    for (const char* phrase :
         {"[", "{", "Lorem Ipsum", "JAVASCRIPT", "terms of USE",
          "Privacy policy", "cookie policy", "uses cookies", "use of cookies",
          "USE COOKIES", "\u212A", "lorem ipsux", "xavascript", "cookies"}) {
      for (size_t before = 0; before < 140; ++before) {
        for (const size_t behind : {0U, 1U, 63U, 64U, 65U}) {
          Compare(std::string(before, 'o') + phrase + std::string(behind, 'p'));
        }
      }
    }
  });
}

TEST(C4Marks, GeneratedTexts) {
  ForEachTarget([] {
    for (uint64_t seed = 0; seed < 150; ++seed) {
      Random random(seed);
      Compare(RuleText(&random, random.Below(400)));
      Compare(RandomText(&random, random.Below(5000)));
    }
  });
}

TEST(C4Marks, Citations) {
  const auto length = [](std::string_view text) {
    return CitationLength(text, 0);
  };
  EXPECT_EQ(length("[]"), 2U);
  EXPECT_EQ(length("[12] x"), 4U);
  EXPECT_EQ(length("[edit]"), 6U);
  EXPECT_EQ(length("[citation needed]"), 17U);
  EXPECT_EQ(length("[\u0661\u0662]"), 6U);
  EXPECT_EQ(length("[Edit]"), 0U);
  EXPECT_EQ(length("[12"), 0U);
  EXPECT_EQ(length("["), 0U);
  EXPECT_EQ(length("[\u00B2]"), 0U);
  EXPECT_EQ(length("[1 ]"), 0U);
  EXPECT_EQ(CitationLength("a[1]", 1), 3U);
}

}  // namespace
}  // namespace winnow::testing
