// SPDX-License-Identifier: Apache-2.0
// The `url` stage: the cases of tests/data/filters/url.jsonl (lists in the
// case, written to files), the files' errors, the automaton against a plain
// search.
#include <gtest/gtest.h>
#include <simdjson.h>

#include <filesystem>
#include <fstream>
#include <random>

#include "filters/subwords.h"
#include "filters/url.h"
#include "filters/url_lists.h"
#include "pipeline/error.h"
#include "tests/allocation_count.h"
#include "tests/unit/filters/stage_harness.h"

namespace winnow::testing {
namespace {

namespace dom = simdjson::dom;
namespace fs = std::filesystem;

// A folder that goes with the test.
class Lists {
 public:
  Lists() : dir_(fs::path(::testing::TempDir()) / "winnow_url_lists") {
    fs::remove_all(dir_);
    fs::create_directories(dir_);
  }
  ~Lists() { fs::remove_all(dir_); }
  std::string Write(std::string_view name, std::string_view text) {
    const fs::path path = dir_ / name;
    std::ofstream(path, std::ios::binary) << text;
    return path.string();
  }
  std::string Path(std::string_view name) const {
    return (dir_ / name).string();
  }

 private:
  fs::path dir_;
};

struct Judged {
  Verdict verdict;
  std::string metadata;
};

std::unique_ptr<Stage> MakeStage(const Overrides& overrides) {
  return UrlSpec().make(MakeParams(UrlSpec(), overrides), {});
}

class CollectRules : public Explainer {
 public:
  void Rule(std::string_view rule, double value, std::string_view, double,
            bool) override {
    values[std::string(rule)] = value;
  }
  void Note(std::string_view, std::string_view) override {}
  std::map<std::string, double> values;
};

Judged Judge(const Stage& stage, std::string_view url,
             std::string_view metadata, Explainer* explain = nullptr) {
  const auto scratch = stage.NewScratch();
  Arena arena;
  Document d;
  d.url = url;
  d.metadata = metadata;
  StageContext context;
  context.arena = &arena;
  context.scratch = scratch.get();
  context.explain = explain;
  const Verdict verdict = stage.Judge(d, {}, context);
  return {verdict, std::string(d.metadata)};
}

TEST(UrlFilterTest, Cases) {
  std::ifstream in(std::string(WINNOW_SOURCE_DIR) +
                   "/tests/data/filters/url.jsonl");
  dom::parser parser;
  std::string line;
  int cases = 0;
  while (std::getline(in, line)) {
    const dom::element test = parser.parse(line);
    SCOPED_TRACE(line);
    ++cases;
    Lists lists;
    Overrides overrides;
    dom::object object;
    if (test["lists"].get(object) == simdjson::SUCCESS) {
      for (const auto [key, value] : object) {
        overrides.emplace_back(
            key, lists.Write(key, std::string_view(value.get_string())));
      }
    }
    if (test["params"].get(object) == simdjson::SUCCESS) {
      for (const auto [key, value] : object) {
        overrides.emplace_back(key, std::string_view(value.get_string()));
      }
    }
    std::string_view url, metadata, reason, wanted;
    if (test["url"].get(url) != simdjson::SUCCESS) url = {};
    if (test["metadata"].get(metadata) != simdjson::SUCCESS) metadata = {};
    const auto stage = MakeStage(overrides);
    const Judged judged = Judge(*stage, url, metadata);
    if (test["reason"].get(reason) == simdjson::SUCCESS) {
      ASSERT_FALSE(judged.verdict.kept());
      EXPECT_EQ(stage->reasons()[judged.verdict.reason], reason);
    } else {
      EXPECT_TRUE(judged.verdict.kept());
    }
    if (test["output"].get(wanted) == simdjson::SUCCESS) {
      EXPECT_EQ(judged.metadata, wanted);
    }
    // Explaining changes no verdict.
    CollectRules rules;
    const Judged again = Judge(*stage, url, metadata, &rules);
    EXPECT_EQ(again.verdict.reason, judged.verdict.reason);
    EXPECT_EQ(again.metadata, judged.metadata);
  }
  EXPECT_GT(cases, 30);
}

TEST(UrlFilterTest, FilesAreChecked) {
  Lists lists;
  for (const char* key : {"domains", "urls", "banned_words",
                          "soft_banned_words", "banned_subwords"}) {
    try {
      MakeStage({{key, lists.Path("absent")}});
      ADD_FAILURE() << key;
    } catch (const Error& error) {
      EXPECT_NE(std::string(error.what()).find(key), std::string::npos);
      EXPECT_NE(std::string(error.what()).find("absent"), std::string::npos);
    }
    EXPECT_THROW(MakeStage({{key, lists.Write("empty", "# nothing\n\n")}}),
                 Error);
  }
  EXPECT_THROW(MakeStage({{"soft_words", "0"}}), Error);
}

TEST(UrlFilterTest, DataVersionFollowsTheFiles) {
  Lists lists;
  const std::string path = lists.Write("domains", "a.example\n");
  const std::string before = MakeStage({{"domains", path}})->DataVersion();
  lists.Write("domains", "b.example\n");
  EXPECT_NE(MakeStage({{"domains", path}})->DataVersion(), before);
  EXPECT_EQ(MakeStage({})->DataVersion(), "");
}

TEST(UrlFilterTest, WarmJudgingAllocatesNothing) {
  Lists lists;
  const auto stage =
      MakeStage({{"domains", lists.Write("d", "bad.example\n")},
                 {"urls", lists.Write("u", "http://a.example/x\n")},
                 {"soft_banned_words", lists.Write("s", "one\ntwo\n")},
                 {"banned_words", lists.Write("w", "worst\n")},
                 {"banned_subwords", lists.Write("b", "evil\n")}});
  const auto scratch = stage->NewScratch();
  Arena arena;
  size_t before = 0;
  for (int round = 0; round < 3; ++round) {
    if (round == 2) before = AllocationCount();
    for (const char* url :
         {"https://www.example.org/a/b/c?d=one&e=f", "http://[::1]:80/x",
          "http://127.1/", "nonsense", "http://a.example/x/"}) {
      Document d;
      d.url = url;
      StageContext context;
      context.arena = &arena;
      context.scratch = scratch.get();
      static_cast<void>(stage->Judge(d, {}, context));
    }
    arena.Reset();
  }
  EXPECT_EQ(AllocationCount(), before);
}

TEST(SubwordsTest, EqualToPlainSearch) {
  std::mt19937 random(3);
  for (int round = 0; round < 300; ++round) {
    std::vector<std::string> words(1 + random() % 6);
    for (std::string& word : words) {
      word.resize(1 + random() % 4);
      for (char& c : word) c = "abAB0-"[random() % 6];
    }
    const Subwords automaton(words);
    for (int i = 0; i < 30; ++i) {
      std::string text(random() % 30, ' ');
      for (char& c : text) c = "abcABC01-./"[random() % 11];
      const auto plain = [](const std::string& s) {
        std::string out;
        for (const char c : s) {
          if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
            out +=
                static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
          }
        }
        return out;
      };
      bool found = false;
      for (const std::string& word : words) {
        const std::string w = plain(word);
        found |= !w.empty() && plain(text).find(w) != std::string::npos;
      }
      ASSERT_EQ(automaton.FoundIn(text), found) << text;
    }
  }
}

}  // namespace
}  // namespace winnow::testing
