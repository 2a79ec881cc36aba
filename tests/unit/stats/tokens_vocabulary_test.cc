// SPDX-License-Identifier: Apache-2.0
// Vocabulary files, the self-test of a vocabulary, and the linear encoder
// against byte-pair encoding as it is defined.
#include "stats/tokens/vocabulary.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <string>

#include "pipeline/error.h"
#include "pipeline/text/sha256.h"
#include "tests/corpora.h"
#include "tests/unit/stats/tokens_reference.h"

namespace winnow {
namespace {

using testing::DataDir;
using testing::RandomClassMix;
using testing::ReferenceTokenizer;

bool Installed(std::string_view name) {
  return std::filesystem::exists(DataDir() / "vocab" /
                                 (std::string(name) + ".tiktoken"));
}

ErrorKind KindOf(const std::function<void()>& action, std::string* message) {
  try {
    action();
  } catch (const Error& error) {
    *message = error.what();
    return error.kind();
  }
  ADD_FAILURE() << "nothing was thrown";
  return ErrorKind::kInternal;
}

TEST(VocabularyFile, SaysWhatIsMissing) {
  std::string message;
  EXPECT_EQ(KindOf(
                [] {
                  ReadVocabularyFile(FindVocabularySpec("o200k_base"),
                                     "no/such/folder");
                },
                &message),
            ErrorKind::kNotFound);
  EXPECT_EQ(message.rfind("vocabulary o200k_base: not found in "
                          "no/such/folder/vocab: run ./dev setup or set "
                          "WINNOW_DATA",
                          0),
            0U)
      << message;
  EXPECT_EQ(KindOf([] { FindVocabularySpec("o300k"); }, &message),
            ErrorKind::kUsage);
  EXPECT_NE(message.find("o200k_base, cl100k_base"), message.npos) << message;
}

TEST(VocabularyFile, RefusesAnotherHash) {
  const std::filesystem::path dir =
      std::filesystem::path(::testing::TempDir()) / "tokens_vocabulary_test";
  std::filesystem::create_directories(dir / "vocab");
  std::ofstream(dir / "vocab/o200k_base.tiktoken") << "IQ== 0\n";
  std::string message;
  EXPECT_EQ(KindOf(
                [&] {
                  ReadVocabularyFile(FindVocabularySpec("o200k_base"),
                                     dir.string());
                },
                &message),
            ErrorKind::kCorruption);
  EXPECT_NE(message.find(Sha256Hex("IQ== 0\n")), message.npos) << message;
  std::filesystem::remove_all(dir);
}

TEST(VocabularyFile, ParsesAndRefuses) {
  const TokenList tokens = ParseTiktoken("test", "IQ== 0\nYWI= 2\nYWJj 3\n");
  ASSERT_EQ(tokens.size(), 4U);
  EXPECT_EQ(tokens[0], "!");
  EXPECT_EQ(tokens[1], "");
  EXPECT_EQ(tokens[2], "ab");
  EXPECT_EQ(tokens[3], "abc");
  EXPECT_EQ(ParseTiktoken("test", "").size(), 0U);
  for (const char* bad :
       {"IQ== 0", "IQ==\n", "IQ== x\n", "IQ== 1 \n", "IQ== -1\n", "I* 0\n",
        "IQ= 0\n", "==== 0\n", " 0\n", "IQ== 1\nIg== 1\n", "IQ== 1\nIg== 0\n",
        "IQ== 262143\n", "IQ== 99999999999999999999\n"}) {
    EXPECT_THROW(ParseTiktoken("test", bad), Error) << bad;
  }
}

TEST(VocabularyFile, RefusesWhatIsNotBytePair) {
  TokenList tokens = ParseTiktoken("test", "IQ== 0\n");
  EXPECT_THROW(Vocabulary(FindVocabularySpec("o200k_base"), tokens), Error);
  // All bytes, then a token that no two tokens join into.
  tokens = TokenList();
  for (int c = 0; c < 256; ++c) {
    tokens.bytes += static_cast<char>(c);
    tokens.begin.push_back(static_cast<uint32_t>(tokens.bytes.size()));
  }
  EXPECT_NO_THROW(Vocabulary(FindVocabularySpec("o200k_base"), tokens));
  tokens.bytes += "abc";
  tokens.begin.push_back(static_cast<uint32_t>(tokens.bytes.size()));
  EXPECT_THROW(Vocabulary(FindVocabularySpec("o200k_base"), tokens), Error);
}

struct Expected {
  const char* name;
  size_t entries;
  size_t bytes;
  size_t longest_newlines;
  size_t longest_spaces;
};

class Vocabularies : public ::testing::TestWithParam<Expected> {};

TEST_P(Vocabularies, SelfTest) {
  const Expected& expected = GetParam();
  if (!Installed(expected.name)) GTEST_SKIP() << "not installed";
  const Vocabulary vocabulary(FindVocabularySpec(expected.name),
                              DataDir().string());
  const TokenList& tokens = vocabulary.tokens();
  Vocabulary::Scratch scratch;
  size_t entries = 0;
  size_t longest = 0;
  size_t newlines = 0;
  size_t spaces = 0;
  std::vector<uint32_t> once;
  for (uint32_t id = 0; id < tokens.size(); ++id) {
    const std::string_view token = tokens[id];
    if (token.empty()) {
      EXPECT_EQ(id, 50256U);
      continue;
    }
    ++entries;
    longest = std::max(longest, token.size());
    if (token.find_first_not_of('\n') == token.npos) {
      newlines = std::max(newlines, token.size());
    }
    if (token.find_first_not_of(' ') == token.npos) {
      spaces = std::max(spaces, token.size());
    }
    // Its own bytes come back as this one token, also when it is the second
    // half of something longer.
    ASSERT_EQ(vocabulary.EncodePiece(token, &scratch), 1U) << id;
    ASSERT_EQ(scratch.tokens.front(), id);
  }
  EXPECT_EQ(entries, expected.entries);
  EXPECT_EQ(tokens.bytes.size(), expected.bytes);
  EXPECT_EQ(longest, 128U);
  EXPECT_EQ(newlines, expected.longest_newlines);
  EXPECT_EQ(spaces, expected.longest_spaces);
}

TEST_P(Vocabularies, EncodesAsDefined) {
  const std::string name = GetParam().name;
  if (!Installed(name)) GTEST_SKIP() << "not installed";
  const Vocabulary vocabulary(FindVocabularySpec(name), DataDir().string());
  const ReferenceTokenizer reference(name, DataDir().string());
  Vocabulary::Scratch scratch;
  std::mt19937_64 random(1);
  const auto check = [&](const std::string& piece) {
    vocabulary.EncodePiece(piece, &scratch);
    ASSERT_EQ(scratch.tokens, reference.EncodePiece(piece))
        << ::testing::PrintToString(piece);
  };
  // Tokens side by side, some cut; any bytes; few letters; mixed classes.
  const TokenList& tokens = vocabulary.tokens();
  for (int round = 0; round < 1500; ++round) {
    std::string piece;
    for (int i = 0; i < 1 + round % 5; ++i) {
      const std::string_view token = tokens[random() % tokens.size()];
      piece += token.substr(0, 1 + random() % (token.size() + 1));
    }
    check(piece);
    piece.clear();
    for (int i = 0; i < round % 24; ++i) piece += static_cast<char>(random());
    check(piece);
    piece.clear();
    for (int i = 0; i < round % 60; ++i) piece += "aeinst "[random() % 7];
    check(piece);
    check(RandomClassMix(&random, 20));
  }
}

TEST_P(Vocabularies, MegabytePiecesEnd) {
  if (!Installed(GetParam().name)) GTEST_SKIP() << "not installed";
  const Vocabulary vocabulary(FindVocabularySpec(GetParam().name),
                              DataDir().string());
  Vocabulary::Scratch scratch;
  for (const char* unit : {"x", " ", "\n", "ab", "\xF0\x9F\x91\x8D",
                           "\xE6\xBC"
                           "\xA2",
                           "=", "\xFF", "aaab"}) {
    std::string piece;
    while (piece.size() < (1U << 20)) piece += unit;
    const size_t whole = vocabulary.EncodePiece(piece, &scratch);
    EXPECT_GT(whole, piece.size() / 129);
    EXPECT_LE(whole, piece.size());
  }
}

INSTANTIATE_TEST_SUITE_P(
    Published, Vocabularies,
    ::testing::Values(Expected{"r50k_base", 50256, 320814, 2, 1},
                      Expected{"p50k_base", 50280, 321138, 2, 25},
                      Expected{"cl100k_base", 100256, 643830, 32, 128},
                      Expected{"o200k_base", 199998, 1397670, 16, 128}),
    [](const auto& param) { return std::string(param.param.name); });

}  // namespace
}  // namespace winnow
