// SPDX-License-Identifier: Apache-2.0
// Every filter against its slow twin: verdict, first rule, the value of every
// rule and the rewritten text, on generated, hostile and real texts.
#include <gtest/gtest.h>

#include "filters/c4.h"
#include "filters/c4_sentences.h"
#include "filters/fineweb_quality.h"
#include "filters/gopher_quality.h"
#include "filters/gopher_repetition.h"
#include "tests/unit/filters/filter_oracle.h"
#include "tests/unit/filters/rule_text.h"
#include "tests/unit/filters/stage_harness.h"
#include "tests/unit/text/corpus_text.h"

namespace winnow::testing {
namespace {

std::vector<std::string> WordList(const Analysis& analysis, Profile profile) {
  std::vector<std::string> list;
  const Words& words = analysis.word(profile);
  for (size_t i = 0; i < words.size(); ++i) {
    list.emplace_back(analysis.Slice(words.begin[i], words.end[i]));
  }
  return list;
}

// One configuration of all four filters, and the oracles beside them.
class Judges {
 public:
  Judges(Profile profile, const Overrides& repetition, const Overrides& quality,
         const Overrides& c4, const Overrides& fineweb)
      : profile_(profile),
        repetition_(GopherRepetitionSpec(), With(repetition)),
        quality_(GopherQualitySpec(), With(quality)),
        c4_(C4Spec(), With(c4)),
        fineweb_(FinewebQualitySpec(), With(fineweb)),
        repetition_params_(MakeParams(GopherRepetitionSpec(), repetition)),
        quality_params_(MakeParams(GopherQualitySpec(), quality)),
        c4_params_(MakeParams(C4Spec(), c4)),
        fineweb_params_(MakeParams(FinewebQualitySpec(), fineweb)),
        sentences_(profile) {}

  void Compare(const std::string& text) {
    const Analysis& analysis = analyzer_.Analyze(text);
    const std::vector<std::string> words = WordList(analysis, profile_);
    const auto sentences = [this](const std::string& line) {
      return sentences_.Count(line, 1U << 30);
    };
    Expect(repetition_.Run(analysis),
           GopherRepetitionOracle(text, words, repetition_params_));
    Expect(quality_.Run(analysis),
           GopherQualityOracle(text, words, quality_params_));
    Expect(fineweb_.Run(analysis),
           FinewebQualityOracle(text, words, fineweb_params_));
    Expect(c4_.Run(analysis), C4Oracle(text, sentences, c4_params_));
  }

 private:
  Overrides With(Overrides overrides) const {
    overrides.emplace_back("profile",
                           profile_ == Profile::kSpace ? "space" : "spacy_en");
    return overrides;
  }

  static void Expect(const Outcome& fast, const OracleResult& slow) {
    EXPECT_EQ(fast.reason, slow.reason);
    if (slow.reason.empty()) {
      EXPECT_EQ(fast.text, slow.text);
    }
    for (const auto& [rule, value] : slow.values) {
      const auto found = fast.rules.find(rule);
      ASSERT_TRUE(found != fast.rules.end()) << rule;
      EXPECT_EQ(found->second.value, value) << rule;
    }
  }

  Profile profile_;
  StageHarness repetition_;
  StageHarness quality_;
  StageHarness c4_;
  StageHarness fineweb_;
  Params repetition_params_;
  Params quality_params_;
  Params c4_params_;
  Params fineweb_params_;
  C4Sentences sentences_;
  Analyzer analyzer_{kRuleNeeds};
};

std::vector<std::unique_ptr<Judges>> AllJudges() {
  std::vector<std::unique_ptr<Judges>> all;
  const auto add = [&all](auto&&... arguments) {
    all.push_back(std::make_unique<Judges>(arguments...));
  };
  const Overrides none;
  add(Profile::kSpacyEn, none, none, Overrides{{"terminal_punct", "false"}},
      none);
  add(Profile::kSpace, none, none, none, none);
  // Loose, so that late rules decide.
  add(Profile::kSpace,
      Overrides{{"max_duplicate_paragraphs", "null"},
                {"max_duplicate_paragraph_chars", "0.9"},
                {"max_duplicate_lines", "0.8"},
                {"max_duplicate_line_chars", "null"},
                {"max_top_2_gram", "0.8"},
                {"max_top_3_gram", "null"},
                {"max_top_4_gram", "0.7"},
                {"max_duplicate_7_grams", "null"},
                {"max_duplicate_10_grams", "0.5"}},
      Overrides{{"min_words", "5"},
                {"max_words", "null"},
                {"min_mean_word_length", "1.5"},
                {"max_mean_word_length", "50"},
                {"max_hash_ratio", "0.01"},
                {"min_alpha_words", "0.1"},
                {"stop_words", "[the, and, of, a, the]"}},
      Overrides{{"min_sentences", "null"},
                {"min_words_per_line", "1"},
                {"max_word_length", "40"},
                {"lorem_ipsum", "false"},
                {"curly_bracket", "false"},
                {"terminal_punct", "false"}},
      Overrides{{"min_terminal_lines", "0.01"},
                {"allow_no_terminal_line", "true"},
                {"short_line_chars", "12"},
                {"max_short_lines", "0.95"},
                {"max_duplicate_line_chars", "0.5"}});
  return all;
}

TEST(FilterOracle, GeneratedTexts) {
  const auto judges = AllJudges();
  for (uint64_t seed = 1; seed <= 600; ++seed) {
    Random random(seed);
    const std::string text = RuleText(&random, 1 + random.Below(250));
    SCOPED_TRACE(seed);
    judges[seed % judges.size()]->Compare(text);
    if (HasFailure()) break;
  }
}

TEST(FilterOracle, RandomCharacters) {
  const auto judges = AllJudges();
  for (uint64_t seed = 1; seed <= 300; ++seed) {
    Random random(seed);
    const std::string text = RandomText(&random, 1 + random.Below(1500));
    SCOPED_TRACE(seed);
    judges[seed % judges.size()]->Compare(text);
    if (HasFailure()) break;
  }
}

TEST(FilterOracle, HostileTexts) {
  std::vector<std::string> texts = {" ",
                                    "\n",
                                    "\n\n",
                                    "\r\n",
                                    "a",
                                    ".",
                                    "\u3000",
                                    "[",
                                    "{",
                                    "[1]",
                                    "-",
                                    "p",
                                    "\xE2\x84\xAA",
                                    "a\n",
                                    "\na",
                                    "a\n\n\n",
                                    "\n\n\na",
                                    " \n \n ",
                                    "...",
                                    "\u2026"};
  const auto repeat = [&texts](const std::string& piece, size_t times) {
    std::string text;
    for (size_t i = 0; i < times; ++i) text += piece;
    texts.push_back(text);
  };
  repeat("\n", 2000);
  repeat("?", 2000);
  repeat("[", 2000);
  repeat("[1]", 700);
  repeat("\U0001F600", 700);
  repeat("the ", 1000);
  repeat("a b ", 500);
  repeat("lorem ipsu", 200);
  repeat("javascrip", 200);
  repeat("x\u00A0", 1200);
  repeat("a line that ends.\n", 60);
  repeat("e\u0301", 600);
  for (const auto& judges : AllJudges()) {
    for (const std::string& text : texts) {
      SCOPED_TRACE(text.substr(0, 40));
      judges->Compare(text);
    }
  }
}

TEST(FilterOracle, RealTexts) {
  std::vector<std::string> texts = CorpusText("quality", ".jsonl", 300'000);
  for (const char* part : {"ota_versions", "docs_ko"}) {
    const char* extension =
        std::string_view(part) == "docs_ko" ? ".md" : ".jsonl";
    for (std::string& text : CorpusText(part, extension, 300'000)) {
      texts.push_back(std::move(text));
    }
  }
  if (texts.empty()) GTEST_SKIP() << "no corpora";
  const auto judges = AllJudges();
  for (size_t i = 0; i < texts.size(); ++i) {
    if (texts[i].empty()) continue;
    SCOPED_TRACE(i);
    judges[i % judges.size()]->Compare(texts[i]);
  }
}

TEST(FilterOracle, TextsAroundBlockSizes) {
  const auto judges = AllJudges();
  for (size_t size = 1; size < 200; ++size) {
    for (const std::string_view end : {"lorem ipsum", "[1]", "{", "cookie"}) {
      if (end.size() > size) continue;
      std::string text(size - end.size(), 'o');
      for (size_t i = 3; i < text.size(); i += 4) text[i] = ' ';
      text += end;
      judges[1]->Compare(text);
      judges[2]->Compare(text);
    }
  }
}

}  // namespace
}  // namespace winnow::testing
