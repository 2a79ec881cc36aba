// SPDX-License-Identifier: Apache-2.0
// Main content of small pages of many kinds: NAME.html beside NAME.has, what
// must be in the text, in this order, and NAME.not, what must not. Titles may
// be or not. No rule is tested by itself: the model decides.
#include "pipeline/read/html/main_content.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <limits>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "pipeline/read/html/block_features.h"
#include "pipeline/read/html/block_model.h"
#include "pipeline/read/html/html_text.h"
#include "pipeline/read/html/tree_kernel.h"
#include "tests/allocation_count.h"

namespace winnow::testing {
namespace {

const std::filesystem::path kCases =
    std::filesystem::path(WINNOW_SOURCE_DIR) / "tests/data/html/extract";

std::string ReadAll(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream out;
  out << in.rdbuf();
  return out.str();
}

std::string Extract(std::string_view html,
                    HtmlMode mode = HtmlMode::kMainContent,
                    bool comments = false) {
  MainContent extractor;
  std::string text;
  HtmlMeta meta;
  const bool found = extractor.Extract(html, {mode, comments}, &text, &meta);
  EXPECT_EQ(found, !text.empty());
  return text;
}

std::string Case(const char* name) {
  return ReadAll(kCases / (std::string(name) + ".html"));
}

std::vector<std::string> Lines(const std::filesystem::path& path) {
  std::vector<std::string> lines;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

TEST(MainContentTest, Cases) {
  int cases = 0;
  for (const auto& entry : std::filesystem::directory_iterator(kCases)) {
    std::filesystem::path path = entry.path();
    if (path.extension() != ".html") continue;
    SCOPED_TRACE(path.filename().string());
    const std::string text = Extract(ReadAll(path));
    size_t at = 0;
    for (const std::string& line : Lines(path.replace_extension(".has"))) {
      at = text.find(line, at);
      ASSERT_NE(at, std::string::npos) << line << "\n" << text;
    }
    for (const std::string& line : Lines(path.replace_extension(".not"))) {
      EXPECT_EQ(text.find(line), std::string::npos) << line << "\n" << text;
    }
    ++cases;
  }
  EXPECT_GE(cases, 15);
}

TEST(MainContentTest, PagesWithoutContentGiveNone) {
  EXPECT_EQ(Extract(Case("empty")), "");
  EXPECT_EQ(Extract(Case("nav_only")), "");
  EXPECT_EQ(Extract(""), "");
  EXPECT_EQ(Extract(Case("short")), "One\n\nTwo \u2014 three");
}

TEST(MainContentTest, CodeKeepsItsLinesAndCellsTheirTabs) {
  const std::string text = Extract(Case("docs"));
  EXPECT_NE(text.find("if handle:\n    print(read_line(handle))"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("path\twhere the file is"), std::string::npos) << text;
  EXPECT_EQ(text.find("close_file\n"), std::string::npos) << text;
}

TEST(MainContentTest, CommentsAreAChoice) {
  const std::string page = Case("comments");
  const std::string comment = "my grandfather helped";
  EXPECT_EQ(Extract(page).find(comment), std::string::npos);
  EXPECT_NE(Extract(page, HtmlMode::kMainContent, true).find(comment),
            std::string::npos);
}

TEST(MainContentTest, ModesAreOrdered) {
  for (const auto& entry : std::filesystem::directory_iterator(kCases)) {
    if (entry.path().extension() != ".html") continue;
    SCOPED_TRACE(entry.path().filename().string());
    const std::string page = ReadAll(entry.path());
    size_t last = 0;
    for (const HtmlMode mode : {HtmlMode::kPrecision, HtmlMode::kMainContent,
                                HtmlMode::kRecall, HtmlMode::kAllText}) {
      const size_t size = Extract(page, mode).size();
      EXPECT_GE(size, last);
      last = size;
    }
  }
}

TEST(MainContentTest, Meta) {
  MainContent extractor;
  std::string text;
  HtmlMeta meta;
  EXPECT_TRUE(extractor.Extract(
      "<html lang='ko'><head><title> A &amp;\n b </title>"
      "<link rel=canonical href='https://e.org/x'>"
      "<meta name=robots content='noai, noindex'>"
      "<meta property='article:published_time' content='2024-03-03'>"
      "<body><p>text",
      {}, &text, &meta));
  EXPECT_EQ(meta.title, "A & b");
  EXPECT_EQ(meta.lang, "ko");
  EXPECT_EQ(meta.canonical, "https://e.org/x");
  EXPECT_EQ(meta.robots, "noai, noindex");
  EXPECT_EQ(meta.date, "2024-03-03");
  EXPECT_TRUE(extractor.Extract("<p>other", {}, &text, &meta));
  EXPECT_EQ(meta.title + meta.lang + meta.canonical + meta.robots + meta.date,
            "");
}

std::string Repeated(std::string_view part, size_t bytes) {
  std::string out;
  while (out.size() < bytes) out += part;
  return out;
}

// Twice the page, about twice the steps; and it ends.
TEST(MainContentTest, HostilePagesTakeLinearSteps) {
  const std::string_view parts[] = {
      "<div>",
      "<div>x",
      "<p>word word word word word word word word word word word. </div>",
      "<table><tr><td>",
      "<li><a href=x>y</a>",
      "<span hidden>",
      "<b><i><a>",
      "</div></p>",
      "<h2>x</h2>",
      "<ul class='a b c'><li class=post>one two three</ul>",
      "<pre>\n",
      "<script type='application/ld+json'>{\"text\":\"a b c d e\"}</script>",
      "<div data-preloaded='x'>",
      "<select><option>",
      "<article id=comments class='entry-content'>t",
      "&amp;",
      "<x-y z>",
      "<br>",
      "\xEA\xB0\x80 ",
  };
  MainContent extractor;
  std::string text;
  HtmlMeta meta;
  for (const std::string_view part : parts) {
    SCOPED_TRACE(part);
    uint64_t steps[2];
    for (int i = 0; i < 2; ++i) {
      const std::string page = Repeated(part, size_t{200'000} << i);
      extractor.Extract(page, {}, &text, &meta);
      steps[i] = extractor.steps();
      EXPECT_LE(steps[i], 40 * page.size());
    }
    EXPECT_LE(steps[1], 3 * steps[0] + 10'000);
  }
}

TEST(MainContentTest, AMillionTags) {
  MainContent extractor;
  std::string text;
  HtmlMeta meta;
  std::string page = Repeated("<p>a<div>", 4'500'000);
  EXPECT_TRUE(extractor.Extract(page, {HtmlMode::kAllText}, &text, &meta));
  page = Repeated("<div>", 5'000'000) + "<p>the end";
  EXPECT_TRUE(extractor.Extract(page, {}, &text, &meta));
  EXPECT_EQ(text, "the end");
}

TEST(MainContentTest, WarmExtractionDoesNotAllocate) {
  std::vector<std::string> pages;
  for (const auto& entry : std::filesystem::directory_iterator(kCases)) {
    if (entry.path().extension() == ".html") {
      pages.push_back(ReadAll(entry.path()));
    }
  }
  MainContent extractor;
  std::string text;
  HtmlMeta meta;
  size_t before = 0;
  for (int round = 0; round < 3; ++round) {
    if (round == 2) before = AllocationCount();
    for (const std::string& page : pages) {
      extractor.Extract(page, {}, &text, &meta);
    }
  }
  EXPECT_EQ(AllocationCount(), before);
}

TEST(TreeKernelTest, AgreesWithItsScalarTwin) {
  std::mt19937 random(1);
  constexpr size_t kTrees = 50;
  constexpr int32_t kDepth = 5;
  constexpr size_t kFeatures = 40;
  std::vector<html::Tree> trees;
  std::vector<int32_t> branches;
  std::vector<float> thresholds;
  std::vector<int32_t> values;
  for (size_t t = 0; t < kTrees; ++t) {
    trees.push_back({static_cast<uint32_t>(branches.size()), kDepth});
    for (int32_t i = 0; i < (2 << kDepth) - 1; ++i) {
      // Some inner nodes are leaves.
      const bool leaf = i >= (1 << kDepth) - 1 || random() % 8 == 0;
      const auto feature = static_cast<int32_t>(random() % kFeatures);
      branches.push_back(leaf ? i << 16 : feature | (2 * i + 1) << 16);
      thresholds.push_back(leaf ? std::numeric_limits<float>::infinity()
                                : static_cast<float>(random() % 16));
      values.push_back(static_cast<int32_t>(random() % 2001) - 1000);
    }
  }
  const html::Forest forest = {branches.data(), thresholds.data(),
                               values.data()};
  std::vector<float> features(kFeatures * html::kTreeLanes);
  std::vector<int32_t> offsets;
  for (size_t k = 0; k < html::kTreeLanes; ++k) {
    offsets.push_back(static_cast<int32_t>(k * kFeatures));
  }
  for (int round = 0; round < 20; ++round) {
    for (float& x : features) x = static_cast<float>(random() % 16);
    std::vector<int32_t> fast(html::kTreeLanes, 7);
    std::vector<int32_t> slow(html::kTreeLanes, 7);
    html::WalkTrees(forest, trees.data(), kTrees, features.data(),
                    offsets.data(), fast.data());
    html::WalkTreesScalar(forest, trees.data(), kTrees, features.data(),
                          offsets.data(), slow.data());
    EXPECT_EQ(fast, slow);
  }
}

TEST(MainContentTest, TheModelFitsTheFeatures) {
  EXPECT_EQ(html::ModelFeatureCount(), html::FeatureCount());
}

TEST(MainContentTest, SamePageSameText) {
  MainContent used;
  std::string text;
  HtmlMeta meta;
  for (const auto& entry : std::filesystem::directory_iterator(kCases)) {
    if (entry.path().extension() != ".html") continue;
    const std::string page = ReadAll(entry.path());
    used.Extract(page, {}, &text, &meta);
    EXPECT_EQ(text, Extract(page));
  }
}

}  // namespace
}  // namespace winnow::testing
