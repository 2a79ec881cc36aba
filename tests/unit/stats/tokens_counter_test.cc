// SPDX-License-Identifier: Apache-2.0
// Counts against published identifiers and counts, and against the slow twin
// on random text and on real corpora.
#include "stats/tokens/token_counter.h"

#include <gtest/gtest.h>

#include <fstream>
#include <random>
#include <string>
#include <thread>

#include "pipeline/error.h"
#include "pipeline/json_reader.h"
#include "stats/tokens/vocabulary.h"
#include "tests/corpora.h"
#include "tests/unit/stats/tokens_reference.h"

namespace winnow {
namespace {

using testing::DataDir;
using testing::RandomClassMix;
using testing::ReferenceTokenizer;

const std::vector<std::string> kAll = {"o200k_base", "r50k_base", "cl100k_base",
                                       "p50k_base"};

// Loaded once for all tests; null where a vocabulary is missing.
const TokenCounter* AllVocabularies() {
  static const std::unique_ptr<const TokenCounter> counter =
      []() -> std::unique_ptr<const TokenCounter> {
    try {
      return std::make_unique<const TokenCounter>(kAll, DataDir().string());
    } catch (const Error&) {
      return nullptr;
    }
  }();
  return counter.get();
}

size_t IndexOf(const TokenCounter& counter, std::string_view name) {
  size_t i = 0;
  while (counter.names()[i] != name) ++i;
  return i;
}

std::vector<uint32_t> Encode(const Vocabulary& vocabulary,
                             std::string_view text) {
  Vocabulary::Scratch scratch;
  std::vector<uint32_t> ids;
  for (size_t pos = 0; pos < text.size();) {
    const size_t end = PieceEnd(vocabulary.spec().pattern, text, pos);
    vocabulary.EncodePiece(text.substr(pos, end - pos), &scratch);
    ids.insert(ids.end(), scratch.tokens.begin(), scratch.tokens.end());
    pos = end;
  }
  return ids;
}

class Counts : public ::testing::Test {
 protected:
  void SetUp() override {
    counter_ = AllVocabularies();
    if (counter_ == nullptr) {
      GTEST_SKIP() << "vocabularies are not installed in " << DataDir();
    }
    worker_ = counter_->NewWorker(1 << 20);
  }

  std::vector<uint64_t> Count(std::string_view text) {
    std::vector<uint64_t> counts(counter_->size(), ~uint64_t{0});
    worker_->Count(text, counts);
    return counts;
  }
  uint64_t CountOf(std::string_view name, std::string_view text) {
    return Count(text)[IndexOf(*counter_, name)];
  }

  const TokenCounter* counter_ = nullptr;
  std::unique_ptr<TokenWorker> worker_;
};

TEST_F(Counts, GoldenStrings) {
  std::ifstream file(WINNOW_SOURCE_DIR "/tests/data/tokens/golden.jsonl");
  std::string line;
  int lines = 0;
  while (std::getline(file, line)) {
    ++lines;
    const JsonValue value = JsonValue::Parse(line, "golden.jsonl");
    const std::string& text = value.at("text").String();
    for (const char* name : {"r50k_base", "cl100k_base", "o200k_base"}) {
      std::vector<uint32_t> ids;
      for (const JsonValue& id : value.at(name).elements()) {
        ids.push_back(static_cast<uint32_t>(id.Uint()));
      }
      EXPECT_EQ(Encode(counter_->vocabulary(IndexOf(*counter_, name)), text),
                ids)
          << name << " " << line;
      for (int pass = 0; pass < 2; ++pass) {
        EXPECT_EQ(CountOf(name, text), ids.size()) << name << " " << line;
      }
    }
  }
  EXPECT_EQ(lines, 75);
}

// The cases of gpt-tokenizer's data/TestPlans.txt, where setup put it.
TEST_F(Counts, TestPlans) {
  std::ifstream file(DataDir() / "vocab/TestPlans.txt");
  if (!file) GTEST_SKIP() << "TestPlans.txt is not installed";
  std::string line;
  std::string name;
  std::string sample;
  int cases = 0;
  const auto value = [&](std::string_view key) {
    return line.rfind(key, 0) == 0;
  };
  while (std::getline(file, line)) {
    if (value("EncodingName: ")) name = line.substr(14);
    if (value("Sample: ")) sample = line.substr(8);
    if (!value("Encoded: ")) continue;
    if (name == "p50k_edit") name = "p50k_base";
    const JsonValue ids = JsonValue::Parse(line.substr(9), "TestPlans.txt");
    std::vector<uint32_t> expected;
    for (const JsonValue& id : ids.elements()) {
      expected.push_back(static_cast<uint32_t>(id.Uint()));
    }
    EXPECT_EQ(Encode(counter_->vocabulary(IndexOf(*counter_, name)), sample),
              expected)
        << name << " " << sample;
    EXPECT_EQ(CountOf(name, sample), expected.size());
    ++cases;
  }
  EXPECT_EQ(cases, 313);
}

TEST_F(Counts, Repetitions) {
  struct Case {
    const char* unit;
    uint64_t cl100k[3];
    uint64_t o200k[3];
  };
  // Plain; with a space before; with a space before and a line feed after.
  const Case cases[] = {
      {"^", {2500, 2502, 2503}, {1250, 1253, 1254}},
      {"0", {3334, 3335, 3336}, {3334, 3335, 3336}},
      {"a", {1250, 1252, 1253}, {1250, 1252, 1253}},
      {"'s", {10000, 10001, 10002}, {10000, 10001, 10002}},
      {" ", {79, 79, 79}, {79, 79, 79}},
      {"\n", {313, 314, 315}, {625, 627, 627}},
  };
  for (const Case& c : cases) {
    std::string text;
    for (int i = 0; i < 10000; ++i) text += c.unit;
    const std::string forms[] = {text, " " + text, " " + text + "\n"};
    for (int f = 0; f < 3; ++f) {
      EXPECT_EQ(CountOf("cl100k_base", forms[f]), c.cl100k[f]) << c.unit << f;
      EXPECT_EQ(CountOf("o200k_base", forms[f]), c.o200k[f]) << c.unit << f;
    }
  }
  EXPECT_EQ(CountOf("cl100k_base", std::string(10000, 'x')), 1250U);
  EXPECT_EQ(CountOf("o200k_base", std::string(10000, 'x')), 1250U);
  EXPECT_EQ(CountOf("o200k_base", std::string(200000, 'x')), 25000U);
  EXPECT_EQ(CountOf("o200k_base", std::string(1000000, 'x')), 125000U);
  const uint64_t zeros[] = {1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 1, 3};
  for (size_t n = 1; n <= 17; ++n) {
    EXPECT_EQ(CountOf("r50k_base", std::string(n, '0')), zeros[n - 1]) << n;
  }
}

TEST_F(Counts, RandomClassMixes) {
  std::vector<ReferenceTokenizer> twins;
  for (const std::string& name : kAll) {
    twins.emplace_back(name, DataDir().string());
  }
  std::mt19937_64 random(5);
  for (int round = 0; round < 1500; ++round) {
    std::string text = RandomClassMix(&random, random() % 100);
    if (round % 5 == 0 && !text.empty()) text[random() % text.size()] = '\0';
    const std::vector<uint64_t> counts = Count(text);
    for (size_t i = 0; i < kAll.size(); ++i) {
      ASSERT_EQ(counts[i], twins[i].Count(text))
          << kAll[i] << " round " << round << ": "
          << ::testing::PrintToString(text);
    }
  }
}

// Corpora as whole texts: nothing of a long text depends on where batches,
// windows or cache sets end.
TEST_F(Counts, Corpora) {
  std::string text;
  const auto add = [&](const std::filesystem::path& dir,
                       std::string_view suffix, size_t bytes) {
    size_t before = text.size();
    for (const auto& file : testing::FilesBelow(dir, suffix)) {
      if (text.size() - before > bytes) break;
      text += testing::ReadWholeFile(file);
    }
  };
  for (const char* language : {"en", "ko", "ja", "zh_CN", "de", "ru"}) {
    add(std::filesystem::path("/usr/share/doc/installation-guide-amd64") /
            language,
        ".html", 100000);
  }
  add("/usr/include", ".h", 300000);
  for (const char* part : {"docs_ko", "subtitles_multilingual", "langid"}) {
    if (const auto dir = testing::CorpusDir(part)) add(*dir, "", 300000);
  }
  if (text.empty()) GTEST_SKIP() << "no real text on this machine";
  const std::vector<uint64_t> counts = Count(text);
  for (size_t i = 0; i < kAll.size(); ++i) {
    ReferenceTokenizer twin(kAll[i], DataDir().string());
    EXPECT_EQ(counts[i], twin.Count(text)) << kAll[i];
  }
}

// Each subset of the vocabularies counts as all of them do, with caches so
// small that they overflow, and on several threads.
TEST_F(Counts, DoNotDependOnTheCompany) {
  std::mt19937_64 random(11);
  std::string text;
  while (text.size() < 100000) text += RandomClassMix(&random, 300);
  const std::vector<uint64_t> all = Count(text);
  for (const unsigned subset : {1U, 4U, 5U, 6U, 10U, 14U}) {
    std::vector<std::string> names;
    std::vector<uint64_t> expected;
    for (size_t i = 0; i < kAll.size(); ++i) {
      if ((subset >> i & 1) == 0) continue;
      names.insert(names.begin(), kAll[i]);
      expected.insert(expected.begin(), all[i]);
    }
    const TokenCounter counter(names, DataDir().string());
    std::vector<std::vector<uint64_t>> counts(
        3, std::vector<uint64_t>(counter.size()));
    std::vector<std::thread> threads;
    for (size_t t = 0; t < counts.size(); ++t) {
      threads.emplace_back([&, t] {
        const auto worker = counter.NewWorker(size_t{1} << (10 + 5 * t));
        for (int pass = 0; pass < 2; ++pass) worker->Count(text, counts[t]);
      });
    }
    for (std::thread& thread : threads) thread.join();
    for (const auto& count : counts) EXPECT_EQ(count, expected);
  }
}

TEST_F(Counts, SpecialTokensArePlainText) {
  EXPECT_EQ(CountOf("o200k_base", "<|endoftext|>"), 7U);
  EXPECT_EQ(CountOf("r50k_base", "<|endoftext|>"), 7U);
  EXPECT_EQ(CountOf("cl100k_base", ""), 0U);
}

TEST(TokenCounter, RefusesBadLists) {
  EXPECT_THROW(TokenCounter({"gpt9"}, "none"), Error);
  EXPECT_THROW(TokenCounter({"o200k_base"}, "none"), Error);
  if (AllVocabularies() == nullptr) GTEST_SKIP() << "not installed";
  EXPECT_THROW(TokenCounter({"r50k_base", "r50k_base"}, DataDir().string()),
               Error);
  const TokenCounter none({}, "none");
  none.NewWorker(0)->Count("text", {});
}

}  // namespace
}  // namespace winnow
