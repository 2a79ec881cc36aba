// SPDX-License-Identifier: Apache-2.0
// The scan kernels, in every target that this machine has, against loops; the
// table of names against itself.
#include "pipeline/read/html/scan.h"

#include <gtest/gtest.h>
#include <hwy/highway.h>

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/read/html/tag_id.h"
#include "pipeline/read/html/tag_scan.h"

namespace winnow::html {
namespace {

class ScanTargetsTest : public ::testing::TestWithParam<int64_t> {
 public:
  void SetUp() override { Choose(GetParam()); }
  void TearDown() override { Choose(0); }

 private:
  static void Choose(int64_t target) {
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
  }
};

size_t FindAny(std::string_view text, std::string_view bytes) {
  const size_t at = text.find_first_of(bytes);
  return at == text.npos ? text.size() : at;
}

TEST_P(ScanTargetsTest, FindsWhatALoopFinds) {
  std::mt19937 random(11);
  const std::string_view special("<&\r\0", 4);
  const std::string_view control("\r\0", 2);
  for (int i = 0; i < 20'000; ++i) {
    // An exact allocation: a sanitizer sees a read past its end.
    std::vector<char> text(random() % 300);
    for (char& c : text) {
      c = static_cast<char>(random() % 255 + 1);
      if (special.find(c) != special.npos) c = '=';
    }
    for (size_t n = random() % 3; n > 0 && !text.empty(); --n) {
      text[random() % text.size()] = special[random() % special.size()];
    }
    const char* const begin = text.data();
    const char* const end = begin + text.size();
    const std::string_view view(begin, text.size());
    ASSERT_EQ(FindTextSpecial(begin, end) - begin,
              static_cast<ptrdiff_t>(FindAny(view, special)));
    ASSERT_EQ(FindTextSpecialFar(begin, end) - begin,
              static_cast<ptrdiff_t>(FindAny(view, special)));
    ASSERT_EQ(FindCrOrNul(begin, end) - begin,
              static_cast<ptrdiff_t>(FindAny(view, control)));
  }
}

INSTANTIATE_TEST_SUITE_P(
    , ScanTargetsTest, ::testing::ValuesIn(hwy::SupportedAndGeneratedTargets()),
    [](const auto& suite) { return hwy::TargetName(suite.param); });

TEST(TagIdTest, EveryNameIsFound) {
  for (size_t i = 1; i < kTagIds; ++i) {
    const auto id = static_cast<TagId>(i);
    std::string name(TagName(id));
    EXPECT_EQ(FindTag(name), id);
    name[0] = static_cast<char>(name[0] - 32);
    EXPECT_EQ(FindTag(name), id);
    EXPECT_EQ(FindTag(name + "x"), FindTag(std::string(TagName(id)) + "x"));
  }
  EXPECT_EQ(FindTag(""), TagId::kUnknown);
  EXPECT_EQ(FindTag("my-element"), TagId::kUnknown);
  EXPECT_EQ(FindTag("annotation-xmlxxxx"), TagId::kUnknown);
}

TEST_P(ScanTargetsTest, FindsUnevenSpace) {
  std::mt19937 random(12);
  for (int i = 0; i < 20'000; ++i) {
    std::vector<char> text(random() % 200);
    for (char& c : text) {
      c = static_cast<char>(0x21 + random() % 0x5E);
      if (random() % 8 == 0) c = ' ';
      if (random() % 100 == 0) c = "\n\x7F\xC2\x01\xE3\xFF"[random() % 6];
    }
    size_t at = 0;
    for (; at < text.size(); ++at) {
      const auto c = static_cast<unsigned char>(text[at]);
      if (c < 0x20 || c == 0x7F || c == 0xC2) break;
      if (c == ' ' && at + 1 < text.size() && text[at + 1] == ' ') break;
    }
    const char* const begin = text.data();
    ASSERT_EQ(FindUneven(begin, begin + text.size()) - begin,
              static_cast<ptrdiff_t>(at));
  }
}

// Names that are packed eight bytes at once, and those near the end that are
// not, come out the same; capitals fold, and nothing else does.
TEST(TagIdTest, KeysFoldAsciiCapitalsAlone) {
  const auto scan = [](const std::string& text) {
    const std::vector<char> exact(text.begin(), text.end());
    ScannedTag tag;
    EXPECT_NE(ScanTag(exact.data(), exact.data() + exact.size(), &tag),
              nullptr);
    return std::pair(tag.key, tag.id);
  };
  std::mt19937 random(3);
  for (int i = 0; i < 20'000; ++i) {
    std::string name(random() % 24 + 1, 'a');
    for (char& c : name) {
      do {
        c = static_cast<char>(random() % 256);
      } while (Has(c, kTagNameEndBit));
    }
    std::string lower = name;
    for (char& c : lower) c = Lower(c);
    const auto near_end = scan(name + ">");
    ASSERT_EQ(near_end, scan(name + ">" + std::string(20, ' ')));
    ASSERT_EQ(near_end, scan(lower + ">"));
    name[random() % name.size()] ^= 1;
    for (char& c : name) c = Lower(c);
    if (Has(name.back(), kTagNameEndBit)) continue;
    if (name != lower && name.find_first_of("\t\n\f\r />") == name.npos) {
      ASSERT_NE(near_end.first, scan(name + ">").first);
    }
  }
}

}  // namespace
}  // namespace winnow::html
