// SPDX-License-Identifier: Apache-2.0
// The language model: what the file must be, the published golden values, and
// texts that are hardly text.
#include "filters/lid_model.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "filters/lid_format.h"
#include "filters/lid_worker.h"
#include "pipeline/error.h"
#include "tests/unit/filters/lid_test_model.h"

namespace winnow {
namespace {

using testing::LidModelPath;
using testing::LidTestModel;

ErrorKind KindOfLoad(const std::string& path, std::string* message) {
  try {
    LidModel::Load(path);
  } catch (const Error& error) {
    *message = error.what();
    return error.kind();
  }
  ADD_FAILURE() << path << " was loaded";
  return ErrorKind::kInternal;
}

TEST(LidModelTest, MissingFileSaysHowToGetIt) {
  std::string message;
  EXPECT_EQ(KindOfLoad("/nonexistent/lid.176.ftz", &message),
            ErrorKind::kNotFound);
  EXPECT_NE(message.find("/nonexistent/lid.176.ftz"), std::string::npos);
  EXPECT_NE(message.find("./dev setup"), std::string::npos);
}

TEST(LidModelTest, OtherFilesAreRefusedAtOnce) {
  const std::string path =
      (std::filesystem::temp_directory_path() /
       ("winnow_lid_model_test." + std::to_string(::getpid())))
          .string();
  std::string whole;
  if (std::filesystem::exists(LidModelPath())) {
    whole = testing::ReadWholeFile(LidModelPath());
  }
  std::string message;
  for (const size_t size : {0U, 100'000U, 500'000U, 938'012U}) {
    std::ofstream(path, std::ios::binary) << whole.substr(0, size);
    EXPECT_EQ(KindOfLoad(path, &message), ErrorKind::kCorruption) << size;
    EXPECT_NE(message.find("./dev setup"), std::string::npos);
    EXPECT_EQ(message.find('\n'), std::string::npos);
  }
  if (!whole.empty()) {
    whole[600'000] = static_cast<char>(whole[600'000] ^ 1);
    std::ofstream(path, std::ios::binary) << whole;
    EXPECT_EQ(KindOfLoad(path, &message), ErrorKind::kCorruption);
  }
  std::filesystem::remove(path);
}

// The parser alone, without the hash check before it: libfasttext accepts some
// of these and never returns from others.
TEST(LidModelTest, ParserStopsAtEveryTruncation) {
  WINNOW_REQUIRE_LID_MODEL();
  const std::string whole = testing::ReadWholeFile(LidModelPath());
  for (size_t size = 0; size < whole.size(); size += size < 200 ? 1 : 9973) {
    EXPECT_THROW(ParseLidFile(std::string_view(whole).substr(0, size)), Error)
        << size;
  }
  EXPECT_THROW(ParseLidFile(whole + "x"), Error);
  const LidFile file = ParseLidFile(whole);
  EXPECT_EQ(file.words.size(), 7235U);
  EXPECT_EQ(file.labels.size(), 176U);
  EXPECT_EQ(file.ngrams.size(), 42'765U);
  EXPECT_EQ(file.rows.size(), 50'000U * 16);
}

TEST(LidModelTest, ParserSurvivesChangedBytes) {
  WINNOW_REQUIRE_LID_MODEL();
  const std::string whole = testing::ReadWholeFile(LidModelPath());
  // Every byte of the fixed fields, and some of the dictionary.
  for (size_t at = 0; at < 2000; at += at < 100 ? 1 : 37) {
    std::string changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 0x80);
    try {
      ParseLidFile(changed);
    } catch (const Error&) {
    }
  }
}

TEST(LidModelTest, Labels) {
  WINNOW_REQUIRE_LID_MODEL();
  const auto model = LidTestModel();
  EXPECT_EQ(model->num_labels(), 176U);
  for (uint16_t i = 0; i < model->num_labels(); ++i) {
    EXPECT_EQ(model->Find(model->label(i)), i);
  }
  EXPECT_TRUE(model->Find("ko").has_value());
  EXPECT_FALSE(model->Find("").has_value());
  EXPECT_FALSE(model->Find("__label__ko").has_value());
}

struct Golden {
  std::string_view text;
  std::string_view label;
  float score;
};

// As Debian's fasttext 0.9.2 prints them (six digits).
constexpr Golden kGolden[] = {
    {"Hello, how are you today?", "en", 0.974427F},
    {"The quick brown fox jumps over the lazy dog", "en", 0.720584F},
    {"Bonjour tout le monde", "fr", 0.989549F},
    {"Guten Morgen, wie geht es Ihnen?", "de", 0.93421F},
    {"Ol\u00e1, tudo bem?", "pt", 0.941965F},
    {"Hola, \u00bfc\u00f3mo est\u00e1s?", "es", 0.99315F},
    {"Xin ch\u00e0o th\u1ebf gi\u1edbi", "vi", 0.993083F},
    {"\u3053\u3093\u306b\u3061\u306f\u3001\u4e16\u754c", "ja", 0.99988F},
    {"\uc548\ub155\ud558\uc138\uc694 \uc138\uacc4", "ko", 1.00005F},
    {"\u4f60\u597d\uff0c\u4e16\u754c", "zh", 0.974802F},
    {"\u0645\u0631\u062d\u0628\u0627 "
     "\u0628\u0627\u0644\u0639\u0627\u0644\u0645",
     "ar", 0.583651F},
    {"\u0928\u092e\u0938\u094d\u0924\u0947 "
     "\u0926\u0941\u0928\u093f\u092f\u093e",
     "mr", 0.557446F},
    {"ok", "en", 0.629765F},
    {"12345 67890", "en", 0.124504F},
    {"", "en", 0.124504F},
    {" \t\n ", "en", 0.124504F},
};

TEST(LidModelTest, GoldenValues) {
  WINNOW_REQUIRE_LID_MODEL();
  LidWorker worker(LidTestModel());
  for (int round = 0; round < 2; ++round) {  // the second from the memo
    for (const Golden& golden : kGolden) {
      const LidResult result = worker.Predict(golden.text);
      EXPECT_EQ(worker.model().label(result.label), golden.label)
          << golden.text;
      EXPECT_NEAR(result.score, golden.score, 1e-6F) << golden.text;
      EXPECT_EQ(worker.Score(result.label), result.score);
    }
  }
}

TEST(LidModelTest, NewlinesAreSpaces) {
  WINNOW_REQUIRE_LID_MODEL();
  LidWorker worker(LidTestModel());
  const LidResult spaces = worker.Predict("Guten Morgen, wie geht es Ihnen?");
  const LidResult lines =
      worker.Predict("\nGuten\nMorgen,\r\nwie\tgeht\v\fes Ihnen?\n\n");
  EXPECT_EQ(lines.label, spaces.label);
  EXPECT_EQ(lines.score, spaces.score);
}

TEST(LidModelTest, RowsTellWhetherThereWasEvidence) {
  WINNOW_REQUIRE_LID_MODEL();
  LidWorker worker(LidTestModel());
  worker.Predict("");
  EXPECT_EQ(worker.rows(), 1U);
  worker.Predict("12345 67890");
  EXPECT_EQ(worker.rows(), 1U);
  worker.Predict("ok");
  EXPECT_GT(worker.rows(), 1U);
}

}  // namespace
}  // namespace winnow
