// SPDX-License-Identifier: Apache-2.0
// Counts after edits against full counts, and the safety of cuts.
#include "stats/tokens/edited_count.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "pipeline/error.h"
#include "stats/tokens/safe_cut.h"
#include "tests/corpora.h"
#include "tests/unit/stats/tokens_reference.h"

namespace winnow {
namespace {

using testing::DataDir;
using testing::RandomClassMix;

class EditedCounts : public ::testing::TestWithParam<std::vector<std::string>> {
 protected:
  void SetUp() override {
    try {
      counter_ = std::make_unique<TokenCounter>(GetParam(), DataDir().string());
    } catch (const Error& error) {
      GTEST_SKIP() << error.what();
    }
    worker_ = counter_->NewWorker(1 << 20);
    edited_ = std::make_unique<EditedCounter>(worker_.get());
  }

  size_t Draw(size_t n) {
    return std::uniform_int_distribution<size_t>(0, n - 1)(random_);
  }
  bool IsBorder(const std::string& text, size_t pos) const {
    return pos == text.size() || (text[pos] & '\xC0') != '\x80';
  }

  // A place between characters.
  size_t Place(const std::string& text) {
    size_t pos = Draw(text.size() + 1);
    while (!IsBorder(text, pos)) --pos;
    return pos;
  }

  // Replaces some spans, or removes some lines.
  std::vector<Edit> RandomEdits(const std::string& text) {
    static const std::vector<std::string> kReplacements = {"",
                                                           "",
                                                           "",
                                                           " ",
                                                           "\n",
                                                           "/",
                                                           "x",
                                                           "'s",
                                                           "\r\n",
                                                           "12",
                                                           "<EMAIL>",
                                                           ".\n",
                                                           "\t",
                                                           "\xCC\x81",
                                                           "\xE3\x80\x80",
                                                           "\xEA\xB5\xAD",
                                                           "A",
                                                           "!\n/"};
    std::vector<Edit> edits;
    if (Draw(2) == 0) {
      for (size_t begin = 0; begin < text.size();) {
        const size_t end =
            std::min(text.find('\n', begin), text.size() - 1) + 1;
        if (Draw(3) == 0) {
          edits.push_back(
              {static_cast<uint32_t>(begin), static_cast<uint32_t>(end), ""});
        }
        begin = end;
      }
      return edits;
    }
    std::vector<size_t> places(2 * (1 + Draw(4)));
    for (size_t& place : places) {
      place = Place(text);
      // Often where something happens.
      if (Draw(2) == 0) {
        place = std::min(text.find_first_of("\n '", place), text.size());
      }
    }
    std::sort(places.begin(), places.end());
    for (size_t i = 0; i < places.size(); i += 2) {
      size_t end = places[i + 1];
      if (Draw(2) == 0) end = std::min(end, places[i] + 8);
      while (!IsBorder(text, end)) --end;
      edits.push_back({static_cast<uint32_t>(places[i]),
                       static_cast<uint32_t>(end),
                       kReplacements[Draw(kReplacements.size())]});
    }
    return edits;
  }

  static std::string Applied(const std::string& text,
                             const std::vector<Edit>& edits) {
    std::string result;
    size_t at = 0;
    for (const Edit& edit : edits) {
      result.append(text, at, edit.begin - at);
      result += edit.replacement;
      at = edit.end;
    }
    return result.append(text, at, std::string::npos);
  }

  std::vector<uint64_t> FullCount(std::string_view text) {
    std::vector<uint64_t> counts(counter_->size());
    worker_->Count(text, counts);
    return counts;
  }
  std::vector<uint64_t> Totals() {
    std::vector<uint64_t> counts(counter_->size(), 77);
    edited_->Totals(counts);
    return counts;
  }

  void EditAndCompare(std::string text, int times) {
    edited_->Reset(text);
    ASSERT_EQ(Totals(), FullCount(text)) << ::testing::PrintToString(text);
    for (int i = 0; i < times; ++i) {
      const std::vector<Edit> edits = RandomEdits(text);
      const std::string before = text;
      text = Applied(text, edits);
      edited_->Apply(edits, text);
      ASSERT_EQ(Totals(), FullCount(text))
          << ::testing::PrintToString(before) << " became "
          << ::testing::PrintToString(text);
    }
  }

  std::unique_ptr<TokenCounter> counter_;
  std::unique_ptr<TokenWorker> worker_;
  std::unique_ptr<EditedCounter> edited_;
  std::mt19937_64 random_{2026};
};

// Long class mixes with many lines, so that there are many parts.
TEST_P(EditedCounts, EqualFullCountsOnClassMixes) {
  for (int round = 0; round < 400; ++round) {
    std::string text;
    const size_t lines = 1 + Draw(40);
    for (size_t i = 0; i < lines; ++i) {
      if (Draw(3) == 0) text += Draw(2) == 0 ? "  " : "some words of a line";
      text += RandomClassMix(&random_, Draw(60));
      text += Draw(4) == 0 ? "\r\n" : "\n";
      if (Draw(5) == 0) text += "\n";
    }
    EditAndCompare(text, 6);
    if (HasFatalFailure()) return;
  }
}

TEST_P(EditedCounts, EqualFullCountsOnRealText) {
  std::vector<std::filesystem::path> files;
  for (const char* part : {"docs_ko", "subtitles_multilingual"}) {
    if (const auto dir = testing::CorpusDir(part)) {
      const auto more = testing::FilesBelow(*dir, part[0] == 'd' ? ".md" : "");
      files.insert(files.end(), more.begin(), more.end());
    }
  }
  const auto code = testing::FilesBelow("/usr/include", ".h");
  files.insert(files.end(), code.begin(), code.end());
  if (files.empty()) GTEST_SKIP() << "no real text on this machine";
  for (int round = 0; round < 120; ++round) {
    std::string text = testing::ReadWholeFile(files[Draw(files.size())]);
    text.resize(std::min<size_t>(text.size(), 20000));
    while (!text.empty() && !IsBorder(text + "\x80", text.size())) {
      text.pop_back();
    }
    EditAndCompare(text, 4);
    if (HasFatalFailure()) return;
  }
}

// Every cut that is called safe, not only those that are used.
TEST_P(EditedCounts, PartsAddUpAtEverySafeCut) {
  const CutSafety safety = counter_->names().back() == "r50k_base"
                               ? CutSafety::kAll
                               : CutSafety::kModern;
  int cuts = 0;
  for (int round = 0; round < 4000; ++round) {
    const std::string text = RandomClassMix(&random_, Draw(16));
    const std::vector<uint64_t> whole = FullCount(text);
    for (size_t pos = 1; pos < text.size(); ++pos) {
      if (!IsSafeCut(safety, text, pos)) continue;
      ++cuts;
      std::vector<uint64_t> sum = FullCount(text.substr(0, pos));
      const std::vector<uint64_t> rest = FullCount(text.substr(pos));
      for (size_t v = 0; v < sum.size(); ++v) sum[v] += rest[v];
      ASSERT_EQ(sum, whole) << pos << " " << ::testing::PrintToString(text);
    }
  }
  EXPECT_GT(cuts, 1000);
}

TEST_P(EditedCounts, CountAgainOnlyWhatWasTouched) {
  std::string text;
  for (int i = 0; i < 2000; ++i) {
    text += "This is line " + std::to_string(i * 7919) +
            " of a text in which the lines are of some length.\n";
  }
  edited_->Reset(text);
  EXPECT_EQ(edited_->counted_bytes(), text.size());
  const size_t begin = text.find("line 79190 ");
  const std::vector<Edit> edits = {
      {static_cast<uint32_t>(begin), static_cast<uint32_t>(begin + 4), "row"}};
  const std::string changed = Applied(text, edits);
  edited_->Apply(edits, changed);
  EXPECT_EQ(Totals(), FullCount(changed));
  EXPECT_LT(edited_->counted_bytes(), text.size() + 200);
}

TEST_P(EditedCounts, EmptyTextsAndWholeReplacements) {
  edited_->Reset("");
  EXPECT_EQ(Totals(), FullCount(""));
  std::vector<Edit> edits = {{0, 0, "hello world\n"}};
  edited_->Apply(edits, "hello world\n");
  EXPECT_EQ(Totals(), FullCount("hello world\n"));
  edited_->Apply({}, "hello world\n");
  EXPECT_EQ(Totals(), FullCount("hello world\n"));
  edits = {{0, 12, ""}};
  edited_->Apply(edits, "");
  EXPECT_EQ(Totals(), FullCount(""));
}

INSTANTIATE_TEST_SUITE_P(
    Lists, EditedCounts,
    ::testing::Values(std::vector<std::string>{"o200k_base", "cl100k_base"},
                      std::vector<std::string>{"cl100k_base", "r50k_base"}),
    [](const auto& param) { return param.index == 0 ? "Modern" : "All"; });

TEST(SafeCuts, AreSafeAscendingAndNeitherFewNorMany) {
  std::mt19937_64 random(4);
  std::string text;
  while (text.size() < 400000) {
    text += RandomClassMix(&random, 200) + "\n    plain words, plain words ";
  }
  for (const CutSafety safety : {CutSafety::kModern, CutSafety::kAll}) {
    std::vector<uint32_t> cuts;
    AppendSafeCuts(safety, text, 1000, 300000, &cuts);
    EXPECT_GT(cuts.size(), 300000U / 1000);
    uint32_t last = 1000;
    for (const uint32_t cut : cuts) {
      ASSERT_GE(cut, last + 63);
      ASSERT_LT(cut, 300000U);
      ASSERT_TRUE(IsSafeCut(safety, text, cut));
      last = cut;
    }
  }
  // Linear also where no cut is found.
  for (const char* unit : {"\n", " ", "x", "\n/", "\xE3\x80\x80"}) {
    std::string bad;
    while (bad.size() < (1U << 20)) bad += unit;
    std::vector<uint32_t> cuts;
    AppendSafeCuts(CutSafety::kAll, bad, 0, bad.size(), &cuts);
    EXPECT_LT(cuts.size(), 20000U);
  }
}

}  // namespace
}  // namespace winnow
