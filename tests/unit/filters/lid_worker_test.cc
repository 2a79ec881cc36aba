// SPDX-License-Identifier: Apache-2.0
// The worker against libfasttext on real and hostile text, and against itself
// without a memo.
#include "filters/lid_worker.h"

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/corpora.h"
#include "tests/unit/filters/lid_test_model.h"
#include "tests/unit/filters/lid_test_text.h"
#ifdef WINNOW_HAVE_FASTTEXT
#include "tests/unit/filters/fasttext_reference.h"
#endif

namespace winnow {
namespace {

namespace fs = std::filesystem;
using testing::LidTestModel;
using testing::RandomText;

// Lines of the language identification corpus: (label, text).
std::vector<std::pair<std::string, std::string>> LanguageCorpus() {
  std::vector<std::pair<std::string, std::string>> rows;
  const auto dir = testing::CorpusDir("langid");
  if (!dir) return rows;
  for (const fs::path& path : testing::FilesBelow(*dir, ".csv")) {
    const std::string csv = testing::ReadWholeFile(path);
    size_t at = 0;
    while (at < csv.size()) {
      const size_t comma = csv.find(',', at);
      if (comma == std::string::npos) break;
      std::string label = csv.substr(at, comma - at);
      std::string text;
      at = comma + 1;
      const bool quoted = at < csv.size() && csv[at] == '"';
      if (quoted) ++at;
      while (at < csv.size()) {
        if (quoted && csv[at] == '"') {
          if (at + 1 >= csv.size() || csv[at + 1] != '"') break;
          ++at;
        } else if (!quoted && csv[at] == '\n') {
          break;
        }
        text += csv[at++];
      }
      at = csv.find('\n', at);
      at = at == std::string::npos ? csv.size() : at + 1;
      rows.emplace_back(std::move(label), std::move(text));
    }
  }
  return rows;
}

// Up to `limit` real documents: corpora where they are, and pages of the
// Debian installation guide in nineteen languages.
std::vector<std::string> RealDocuments(size_t limit) {
  std::vector<std::string> documents;
  constexpr std::array<std::pair<const char*, const char*>, 5> kParts = {
      {{"docs_ko", ".md"},
       {"subtitles_ko_2025", ".srt"},
       {"subtitles_ko_2017", ".srt"},
       {"subtitles_multilingual", ".srt"},
       {"podcast_vtt", ".vtt"}}};
  const auto take = [&](const std::vector<fs::path>& files, bool html) {
    const size_t step = files.size() / limit + 1;
    for (size_t i = 0; i < files.size(); i += step) {
      const std::string bytes = testing::ReadWholeFile(files[i]);
      documents.push_back(html ? testing::TextBetweenTags(bytes) : bytes);
    }
  };
  for (const auto& [part, suffix] : kParts) {
    if (const auto dir = testing::CorpusDir(part)) {
      take(testing::FilesBelow(*dir, suffix), false);
    }
  }
  take(testing::FilesBelow("/usr/share/doc/installation-guide-amd64", ".html"),
       true);
  return documents;
}

TEST(LidWorkerTest, MemoChangesNothing) {
  WINNOW_REQUIRE_LID_MODEL();
  LidWorker tiny(LidTestModel(), 1);  // one entry: nearly no memo
  LidWorker small(LidTestModel(), 64 * 128);
  LidWorker large(LidTestModel());
  std::mt19937 random(11);
  for (int round = 0; round < 400; ++round) {
    const std::string text = RandomText(random, 1 + random() % 300);
    const LidResult want = tiny.Predict(text);
    for (LidWorker* worker : {&small, &large}) {
      const LidResult got = worker->Predict(text);
      ASSERT_EQ(got.label, want.label);
      ASSERT_EQ(got.score, want.score);
      ASSERT_EQ(worker->rows(), tiny.rows());
    }
  }
}

TEST(LidWorkerTest, SampleOfShortTextIsTheText) {
  WINNOW_REQUIRE_LID_MODEL();
  LidWorker worker(LidTestModel());
  const std::string_view text = "Bonjour tout le monde";
  const LidResult whole = worker.Predict(text);
  const LidResult sampled = worker.Predict(LidSample(text));
  EXPECT_EQ(whole.label, sampled.label);
  EXPECT_EQ(whole.score, sampled.score);
}

// A megabyte without a space, of ASCII, of Han and of nothing but continuation
// bytes: linear, or this test would not end.
TEST(LidWorkerTest, OneHugeToken) {
  WINNOW_REQUIRE_LID_MODEL();
  LidWorker worker(LidTestModel());
  for (const std::string_view unit : {"a", "ab", "\xE4\xB8\x96", "\x80"}) {
    std::string text;
    while (text.size() < (1U << 20)) text += unit;
    const LidResult result = worker.Predict(text);
    EXPECT_LT(result.label, worker.model().num_labels());
    EXPECT_GT(result.score, 0.0F);
    worker.Predict(LidSample(text));
  }
}

TEST(LidWorkerTest, TextAfterAnEndOfLineTokenIsNotRead) {
  WINNOW_REQUIRE_LID_MODEL();
  LidWorker worker(LidTestModel());
  const LidResult want = worker.Predict("Guten Morgen");
  const LidResult got = worker.Predict("Guten Morgen </s> all of this is not");
  EXPECT_EQ(got.label, want.label);
  EXPECT_EQ(got.score, want.score);
}

TEST(LidWorkerTest, AccuracyOnTwentyLanguages) {
  WINNOW_REQUIRE_LID_MODEL();
  const auto rows = LanguageCorpus();
  if (rows.empty()) GTEST_SKIP() << "corpus langid is not here";
  LidWorker worker(LidTestModel());
  std::map<std::string, std::pair<int, int>> by_language;
  int right = 0;
  for (const auto& [label, text] : rows) {
    const LidResult result = worker.Predict(text);
    const bool ok = worker.model().label(result.label) == label;
    by_language[label].first += ok;
    by_language[label].second += 1;
    right += ok;
  }
  ASSERT_EQ(rows.size(), 10'000U);
  EXPECT_EQ(right, 9763);  // 97.63 %, as libfasttext
  std::string table;
  for (const auto& [label, counts] : by_language) {
    table += label + " " + std::to_string(counts.first) + "/" +
             std::to_string(counts.second) + "  ";
  }
  RecordProperty("accuracy", table);
  std::cout << "[ accuracy ] " << right << "/" << rows.size() << ": " << table
            << "\n";
}

#ifdef WINNOW_HAVE_FASTTEXT

class LidReferenceTest : public ::testing::Test {
 protected:
  void SetUp() override {
    WINNOW_REQUIRE_LID_MODEL();
    reference_ =
        std::make_unique<testing::FastTextReference>(testing::LidModelPath());
    worker_ = std::make_unique<LidWorker>(LidTestModel());
  }
  void Compare(std::string_view text) {
    const LidSample sample(text);
    const auto want = reference_->Predict(sample);
    const LidResult got = worker_->Predict(sample);
    // The reference gives nothing for a text without any line.
    ASSERT_EQ(worker_->model().label(got.label), want.label);
    ASSERT_NEAR(got.score, want.score, 1e-5F);
    max_difference_ =
        std::max(max_difference_, std::abs(got.score - want.score));
    ++compared_;
  }
  void TearDown() override {
    std::cout << "[ compared ] " << compared_
              << " texts, greatest difference of a score " << max_difference_
              << "\n";
  }

  std::unique_ptr<testing::FastTextReference> reference_;
  std::unique_ptr<LidWorker> worker_;
  float max_difference_ = 0;
  int compared_ = 0;
};

TEST_F(LidReferenceTest, RandomText) {
  std::mt19937 random(13);
  for (int round = 0; round < 2000; ++round) {
    ASSERT_NO_FATAL_FAILURE(Compare(RandomText(random, random() % 300)))
        << "round " << round;
  }
}

TEST_F(LidReferenceTest, ShortTextsInTwentyLanguages) {
  const auto rows = LanguageCorpus();
  if (rows.empty()) GTEST_SKIP() << "corpus langid is not here";
  for (const auto& [label, text] : rows) {
    ASSERT_NO_FATAL_FAILURE(Compare(text)) << text;
  }
}

TEST_F(LidReferenceTest, RealDocuments) {
  const std::vector<std::string> documents = RealDocuments(300);
  if (documents.empty()) GTEST_SKIP() << "no real documents here";
  for (const std::string& text : documents) {
    ASSERT_NO_FATAL_FAILURE(Compare(text)) << text.substr(0, 200);
  }
}

TEST_F(LidReferenceTest, LinesOfRealDocuments) {
  const std::vector<std::string> documents = RealDocuments(20);
  if (documents.empty()) GTEST_SKIP() << "no real documents here";
  for (const std::string& text : documents) {
    for (size_t at = 0; at < std::min<size_t>(text.size(), 3000);) {
      const size_t end = std::min(text.find('\n', at), text.size());
      ASSERT_NO_FATAL_FAILURE(
          Compare(std::string_view(text).substr(at, end - at)));
      at = end + 1;
    }
  }
}

#endif  // WINNOW_HAVE_FASTTEXT

}  // namespace
}  // namespace winnow
