// SPDX-License-Identifier: Apache-2.0
// Token counts against the reference implementation itself (token_oracle.mjs)
// on some 30 MB: English, Korean, Japanese and other languages, code, hostile
// strings. Skips where node or the npm package is not installed; the first use
// needs `node tests/oracle/token_oracle.mjs --install`. The package fails on
// some texts above 100 kB, so those are compared with the slow twin.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "pipeline/error.h"
#include "pipeline/json_reader.h"
#include "pipeline/json_writer.h"
#include "pipeline/text/unicode.h"
#include "stats/tokens/token_counter.h"
#include "tests/corpora.h"
#include "tests/unit/stats/tokens_reference.h"

namespace winnow {
namespace {

namespace fs = std::filesystem;
using testing::DataDir;

constexpr size_t kMaxText = 100000;
const std::vector<std::string> kNames = {"o200k_base", "cl100k_base",
                                         "r50k_base"};
const std::string kScript =
    std::string(WINNOW_SOURCE_DIR) + "/tests/oracle/token_oracle.mjs";

// Texts of at most kMaxText bytes, valid UTF-8.
class Texts {
 public:
  // Ill-formed bytes become U+FFFD; a long text is cut into several, anywhere
  // between characters.
  void Add(std::string_view text) {
    std::string valid;
    for (size_t pos = 0; pos < text.size();) {
      char bytes[4];
      const char32_t c = DecodeUtf8(text, &pos);
      valid.append(bytes, EncodeUtf8(c, bytes));
      if (valid.size() > kMaxText - 8) Push(&valid);
    }
    if (!valid.empty()) Push(&valid);
  }
  void AddFiles(const fs::path& dir, std::string_view suffix, size_t limit,
                std::string (*extract)(std::string_view) = nullptr) {
    size_t bytes = 0;
    for (const fs::path& file : testing::FilesBelow(dir, suffix)) {
      if (bytes >= limit) break;
      std::string text = testing::ReadWholeFile(file);
      text.resize(std::min(text.size(), limit - bytes));
      bytes += text.size();
      Add(extract == nullptr ? text : extract(text));
    }
  }
  const std::vector<std::string>& all() const { return texts_; }
  size_t bytes() const { return bytes_; }

 private:
  void Push(std::string* text) {
    bytes_ += text->size();
    texts_.push_back(std::move(*text));
    text->clear();
  }

  std::vector<std::string> texts_;
  size_t bytes_ = 0;
};

std::string Command(const std::string& arguments) {
  return "node '" + kScript + "' " + arguments;
}

class TokenOracle : public ::testing::Test {
 protected:
  void SetUp() override {
    if (std::system(Command("--check >/dev/null 2>&1").c_str()) != 0) {
      GTEST_SKIP() << "node or its package tiktoken is not installed: "
                   << Command("--install");
    }
    try {
      counter_ = std::make_unique<TokenCounter>(kNames, DataDir().string());
    } catch (const Error& error) {
      GTEST_SKIP() << error.what();
    }
  }

  void Compare(const std::string& name) {
    if (texts_.all().empty()) GTEST_SKIP() << "no text on this machine";
    const fs::path folder = fs::path(::testing::TempDir());
    const fs::path in = folder / ("token_oracle_" + name + ".jsonl");
    const fs::path out = folder / ("token_oracle_" + name + ".out");
    {
      std::ofstream file(in, std::ios::binary);
      std::string line;
      for (const std::string& text : texts_.all()) {
        line.clear();
        AppendJsonString(text, &line);
        file << line << '\n';
      }
    }
    const std::string arguments =
        "--vocab o200k_base,cl100k_base,r50k_base "
        "--jsonl '" +
        in.string() + "' > '" + out.string() + "'";
    ASSERT_EQ(std::system(Command(arguments).c_str()), 0);
    const auto worker = counter_->NewWorker(4 << 20);
    std::vector<uint64_t> counts(kNames.size());
    std::vector<uint64_t> totals(kNames.size());
    std::ifstream answers(out);
    std::string answer;
    size_t different = 0;
    for (const std::string& text : texts_.all()) {
      ASSERT_TRUE(std::getline(answers, answer));
      const JsonValue expected = JsonValue::Parse(answer, "oracle");
      worker->Count(text, counts);
      for (size_t i = 0; i < kNames.size(); ++i) {
        totals[i] += counts[i];
        if (counts[i] == expected.at(i).Uint()) continue;
        ++different;
        EXPECT_EQ(counts[i], expected.at(i).Uint())
            << kNames[i] << " " << text.substr(0, 300);
      }
    }
    EXPECT_FALSE(std::getline(answers, answer));
    std::printf("%s: %zu texts, %zu bytes, tokens", name.c_str(),
                texts_.all().size(), texts_.bytes());
    for (size_t i = 0; i < kNames.size(); ++i) {
      std::printf(" %s %llu", kNames[i].c_str(),
                  static_cast<unsigned long long>(totals[i]));
    }
    std::printf(", %zu differences\n", different);
    fs::remove(in);
    fs::remove(out);
  }

  void AddCorpus(const std::string& part, std::string_view suffix,
                 size_t limit) {
    if (const auto dir = testing::CorpusDir(part)) {
      texts_.AddFiles(*dir, suffix, limit);
    }
  }

  std::unique_ptr<TokenCounter> counter_;
  Texts texts_;
};

constexpr size_t kMega = 1000000;

TEST_F(TokenOracle, English) {
  AddCorpus("podcast_vtt", ".vtt", 3 * kMega);
  AddCorpus("scotus_2000_2009", "-t01.json", 2 * kMega);
  AddCorpus("ota_versions", ".jsonl", 2 * kMega);
  Compare("English");
}

TEST_F(TokenOracle, Korean) {
  AddCorpus("docs_ko", ".md", 6 * kMega);
  AddCorpus("subtitles_ko_2017", ".srt", kMega);
  Compare("Korean");
}

TEST_F(TokenOracle, ManyLanguages) {
  for (const fs::path& language : [] {
         std::vector<fs::path> folders;
         std::error_code ec;
         for (const auto& entry : fs::directory_iterator(
                  "/usr/share/doc/installation-guide-amd64", ec)) {
           if (entry.is_directory(ec)) folders.push_back(entry.path());
         }
         std::sort(folders.begin(), folders.end());
         return folders;
       }()) {
    texts_.AddFiles(language, ".html", kMega / 3, testing::TextBetweenTags);
  }
  texts_.AddFiles("/usr/share/doc/installation-guide-amd64/ja", ".html", kMega);
  AddCorpus("subtitles_multilingual", "", 2 * kMega);
  AddCorpus("langid", ".csv", 2 * kMega);
  Compare("ManyLanguages");
}

TEST_F(TokenOracle, Code) {
  texts_.AddFiles("/usr/include", ".h", 4 * kMega);
  texts_.AddFiles("/usr/include/c++", "", 2 * kMega);
  Compare("Code");
}

TEST_F(TokenOracle, Hostile) {
  std::mt19937_64 random(20260102);
  for (int i = 0; i < 40000; ++i) {
    texts_.Add(testing::RandomClassMix(&random, random() % 60));
  }
  for (int i = 0; i < 40; ++i) {
    texts_.Add(testing::RandomClassMix(&random, 20000));
  }
  for (const char* unit : {"x",
                           "A",
                           " ",
                           "\n",
                           "\r\n",
                           "7",
                           "'",
                           "'s",
                           "/",
                           "!\n/",
                           " \n",
                           "\t",
                           "\xE6\xBC\xA2",
                           "\xEA\xB5\xAD",
                           "\xF0\x9F\x91\x8D",
                           "\xCC\x81",
                           "aB",
                           "ab ",
                           "=",
                           "\xE2\x80\x8D",
                           "\xC2\xA0",
                           "\xE3\x80\x80",
                           "0 ",
                           ". "}) {
    for (const size_t size : {63U, 64U, 65U, 128U, 129U, 1000U, 5000U}) {
      std::string text;
      while (text.size() < size) text += unit;
      texts_.Add(text);
      texts_.Add("a" + text + "b");
      texts_.Add(" " + text + "\n");
    }
  }
  // Any code point beside any class.
  std::string text;
  for (char32_t c = 1; c < 0x30000; c += 1 + c / 512) {
    if (c >= 0xD800 && c < 0xE000) continue;
    char bytes[4];
    const std::string letter(bytes, EncodeUtf8(c, bytes));
    text += "a" + letter + " " + letter + "A" + letter + letter + "1 \n";
  }
  texts_.Add(text);
  Compare("Hostile");
}

// What the package cannot count: above 100 kB the twin is asked.
TEST(TokenTwin, LongTexts) {
  std::unique_ptr<TokenCounter> counter;
  try {
    counter = std::make_unique<TokenCounter>(kNames, DataDir().string());
  } catch (const Error& error) {
    GTEST_SKIP() << error.what();
  }
  std::vector<std::string> texts;
  std::mt19937_64 random(8);
  texts.push_back(testing::RandomClassMix(&random, 300000));
  std::string joined;
  for (const char* language : {"ja", "en", "ko"}) {
    const fs::path dir =
        fs::path("/usr/share/doc/installation-guide-amd64") / language;
    for (const fs::path& file : testing::FilesBelow(dir, ".html")) {
      joined += testing::ReadWholeFile(file);
    }
  }
  texts.push_back(joined);
  const auto worker = counter->NewWorker(1 << 20);
  std::vector<uint64_t> counts(kNames.size());
  for (size_t i = 0; i < kNames.size(); ++i) {
    testing::ReferenceTokenizer twin(kNames[i], DataDir().string());
    for (const std::string& text : texts) {
      worker->Count(text, counts);
      EXPECT_EQ(counts[i], twin.Count(text)) << kNames[i];
    }
  }
}

}  // namespace
}  // namespace winnow
