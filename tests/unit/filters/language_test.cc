// SPDX-License-Identifier: Apache-2.0
// The language stage: verdicts, metadata, explanation, setup errors, and that
// a warm worker does not allocate.
#include "filters/language.h"

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/error.h"
#include "tests/allocation_count.h"
#include "tests/unit/filters/lid_test_model.h"

namespace winnow {
namespace {

constexpr std::string_view kEnglish =
    "It was the best of times, it was the worst of times, it was the age of "
    "wisdom, it was the age of foolishness.\nNobody could say which.";
constexpr std::string_view kKorean =
    "\uc548\ub155\ud558\uc138\uc694 \uc138\uacc4. \uc624\ub298\uc740 "
    "\ub0a0\uc528\uac00 \uc88b\uc2b5\ub2c8\ub2e4.";

struct Explained : Explainer {
  void Rule(std::string_view rule, double value, std::string_view op,
            double threshold, bool fired) override {
    rules[std::string(rule)] = {value, threshold, fired};
    ops[std::string(rule)] = op;
  }
  void Note(std::string_view key, std::string_view value) override {
    notes[std::string(key)] = value;
  }
  void Choice(std::string_view rule, std::string_view value,
              std::string_view op, std::string_view threshold,
              bool fired) override {
    choices[std::string(rule)] = {std::string(value), std::string(op),
                                  std::string(threshold)};
    choice_fired = fired;
  }
  struct Values {
    double value;
    double threshold;
    bool fired;
  };
  std::map<std::string, Values> rules;
  std::map<std::string, std::string> ops;
  std::map<std::string, std::string> notes;
  std::map<std::string, std::vector<std::string>> choices;
  bool choice_fired = false;
};

class LanguageTest : public ::testing::Test {
 protected:
  void SetUp() override { WINNOW_REQUIRE_LID_MODEL(); }

  std::unique_ptr<Stage> Make(std::vector<std::string> keep,
                              double min_score = 0.65) {
    return MakeIn(testing::DataDir().string(), std::move(keep), min_score);
  }
  static std::unique_ptr<Stage> MakeIn(const std::string& data_dir,
                                       std::vector<std::string> keep,
                                       double min_score) {
    Params params = DefaultParams(LanguageSpec().params);
    Params::Value list;
    list.list = std::move(keep);
    params.Set("keep", list);
    Params::Value number;
    number.number = min_score;
    params.Set("min_score", number);
    StageSetup setup;
    setup.data_dir = data_dir;
    return LanguageSpec().make(params, setup);
  }

  // "kept" or the reason's code.
  std::string Judge(const Stage& stage, std::string_view text,
                    Explainer* explain = nullptr) {
    if (scratch_of_ != &stage) scratch_ = stage.NewScratch();
    scratch_of_ = &stage;
    document_ = Document();
    document_.text = text;
    StageContext context;
    context.scratch = scratch_.get();
    context.explain = explain;
    const Verdict verdict = stage.Judge(document_, Analysis(), context);
    if (verdict.kept()) return "kept";
    return std::string(stage.reasons()[verdict.reason]);
  }

  Document document_;
  std::unique_ptr<StageScratch> scratch_;
  const Stage* scratch_of_ = nullptr;
};

TEST_F(LanguageTest, KeepsTheListedLanguages) {
  const auto english = Make({"en"});
  EXPECT_EQ(Judge(*english, kEnglish), "kept");
  EXPECT_EQ(document_.language, "en");
  EXPECT_GT(document_.language_score, 0.65F);
  EXPECT_EQ(Judge(*english, kKorean), "wrong_language");
  EXPECT_EQ(document_.language, "ko");
  EXPECT_LE(document_.language_score, 1.0F);
  const auto both = Make({"ko", "en"});
  EXPECT_EQ(Judge(*both, kEnglish), "kept");
  EXPECT_EQ(Judge(*both, kKorean), "kept");
}

TEST_F(LanguageTest, AnyLanguageMustStillBeSure) {
  const auto any = Make({"any"});
  EXPECT_EQ(Judge(*any, kEnglish), "kept");
  EXPECT_EQ(Judge(*any, kKorean), "kept");
  EXPECT_EQ(Judge(*any, "ok"), "low_score");  // 0.63
}

TEST_F(LanguageTest, ThresholdIsStrict) {
  const auto probe = Make({"en"}, 0);
  ASSERT_EQ(Judge(*probe, "ok"), "kept");
  const auto score = static_cast<double>(document_.language_score);
  EXPECT_EQ(Judge(*Make({"en"}, score), "ok"), "low_score");
  EXPECT_EQ(Judge(*Make({"en"}, score - 1e-7), "ok"), "kept");
}

TEST_F(LanguageTest, TextWithoutEvidenceHasNoLanguage) {
  const auto korean = Make({"ko"});
  for (const std::string_view text : {"", " \n\t", "12345 67890"}) {
    EXPECT_EQ(Judge(*korean, text), "low_score") << text;
    EXPECT_EQ(document_.language, "") << text;
  }
}

// Below one half another language than the first may pass, as in datatrove.
TEST_F(LanguageTest, ListedLanguageMayPassInSecondPlace) {
  const std::string_view text = "Bonjour tout le monde";  // fr 0.99
  EXPECT_EQ(Judge(*Make({"en"}, 0.0001), text), "kept");
  EXPECT_EQ(document_.language, "fr");
  EXPECT_EQ(Judge(*Make({"en"}, 0.4), text), "wrong_language");
}

TEST_F(LanguageTest, ExplainsWhatItMeasured) {
  const auto english = Make({"en"});
  Explained explained;
  EXPECT_EQ(Judge(*english, kKorean, &explained), "wrong_language");
  EXPECT_EQ(explained.notes["language"], "ko");
  EXPECT_EQ(explained.choices["wrong_language"],
            (std::vector<std::string>{"ko", "not in", "en"}));
  EXPECT_TRUE(explained.choice_fired);
  EXPECT_EQ(explained.notes["low_score_of"], "en");
  EXPECT_TRUE(explained.rules["low_score"].fired);
  EXPECT_EQ(explained.ops["low_score"], "<=");
  EXPECT_EQ(Judge(*english, kEnglish, &explained), "kept");
  EXPECT_FALSE(explained.choice_fired);
  EXPECT_FALSE(explained.rules["low_score"].fired);
  EXPECT_EQ(explained.rules["low_score"].threshold, 0.65);
}

TEST_F(LanguageTest, WarmWorkerDoesNotAllocate) {
  const auto english = Make({"en"});
  std::string text;
  while (text.size() < 20'000) {
    text += kEnglish;
    text += kKorean;
  }
  text += std::string(3000, 'x');
  Judge(*english, text);
  StageContext context;
  context.scratch = scratch_.get();
  const Analysis analysis;
  const size_t before = testing::AllocationCount();
  english->Judge(document_, analysis, context);
  EXPECT_EQ(testing::AllocationCount(), before);
}

TEST_F(LanguageTest, SetupErrorsSayWhatToDo) {
  const auto error_of = [](const std::string& data_dir,
                           std::vector<std::string> keep) -> std::string {
    try {
      MakeIn(data_dir, std::move(keep), 0.65);
    } catch (const Error& error) {
      EXPECT_EQ(error.exit_code(), 2);
      return error.what();
    }
    return "";
  };
  const std::string data_dir = testing::DataDir().string();
  EXPECT_NE(error_of(data_dir, {}).find("no language given"),
            std::string::npos);
  EXPECT_NE(error_of(data_dir, {"english"}).find("'english'"),
            std::string::npos);
  EXPECT_NE(error_of(data_dir, {"en", "any"}).find("'any'"), std::string::npos);
  EXPECT_NE(error_of("/nonexistent", {"en"}).find("./dev setup"),
            std::string::npos);
}

}  // namespace
}  // namespace winnow
