// SPDX-License-Identifier: Apache-2.0
// What the judge may ask of a token meter: Edited() only for the text that the
// meter counted last, in the same turn.
#include "pipeline/judge.h"

#include <gtest/gtest.h>

#include <cstring>
#include <string>

#include "pipeline/arena.h"
#include "pipeline/edit.h"

namespace winnow {
namespace {

// Deletes the first character.
class Behead : public Stage {
 public:
  Behead() : Behead("behead") {}
  std::span<const std::string_view> reasons() const override { return {}; }
  AnalysisNeeds needs() const override { return AnalysisNeeds::None(); }
  Verdict Judge(Document&, const Analysis&,
                StageContext& context) const override {
    context.edits->push_back({0, 1, {}});
    return Verdict::Keep();
  }

 protected:
  explicit Behead(const char* name) : Stage(name) {}
};

class Again : public Behead {
 public:
  Again() : Behead("again") {}
};

class Pass : public OrderedStage {
 public:
  Pass() : OrderedStage("pass") {}
  std::span<const std::string_view> reasons() const override { return {}; }
  AnalysisNeeds needs() const override { return AnalysisNeeds::None(); }
  Verdict Judge(Document&, const Analysis&, StageContext&) const override {
    return Verdict::Keep();
  }
  size_t BytesPerDocument() const override { return 1; }
  uint64_t Reserve(uint64_t bytes) override { return bytes; }
  bool Full() const override { return false; }
  Verdict Decide(Document&) override { return Verdict::Keep(); }
  void TakeSegment(std::string*) override {}
  void Replay(std::string_view) override {}
  void WriteClusters(const std::vector<std::string>&,
                     std::string*) const override {}
};

// Counts bytes, and what it was asked.
struct Asked {
  int counts = 0;
  int edits = 0;
};

class ByteMeter : public TokenMeter {
 public:
  explicit ByteMeter(Asked* asked) : asked_(asked) {}
  void Count(std::string_view text, std::span<uint64_t> counts) override {
    ++asked_->counts;
    latest_ = text;
    counts[0] = text.size();
  }
  void Edited(std::span<const Edit> edits, std::string_view text,
              std::span<uint64_t> counts) override {
    ++asked_->edits;
    Arena arena;
    EXPECT_EQ(ApplyEdits(latest_, edits, &arena), text);
    latest_ = text;
    counts[0] = text.size();
  }

 private:
  Asked* asked_;
  std::string latest_;  // a copy: the original's memory is reused
};

class Meters : public Tokenizers {
 public:
  explicit Meters(Asked* asked) : asked_(asked) {}
  const std::vector<std::string>& names() const override { return names_; }
  const std::vector<std::string>& checksums() const override { return names_; }
  std::unique_ptr<TokenMeter> NewMeter(uint64_t) const override {
    return std::make_unique<ByteMeter>(asked_);
  }

 private:
  Asked* asked_;
  std::vector<std::string> names_ = {"bytes"};
};

template <typename T>
const StageSpec& SpecOf(const char* name) {
  static const StageSpec spec = {
      name, "", "", {}, {}, [](const Params&, const StageSetup&) {
        return std::unique_ptr<Stage>(new T());
      }};
  return spec;
}

class JudgeTest : public ::testing::Test {
 protected:
  JudgeTest() {
    document_.text = {text_, 7};
    std::memcpy(text_, "abc def", 7);
  }
  static StageChain Chain(const std::string& stages) {
    const Recipe recipe = ParseRecipe(
        "version: 1\nstages: [" + stages + "]\ntokens: {vocab: []}\n", "t.yaml",
        {&SpecOf<Behead>("behead"), &SpecOf<Again>("again"),
         &SpecOf<Pass>("pass")});
    return {recipe, {}};
  }

  Asked asked_;
  Meters meters_{&asked_};
  Arena arena_;
  char text_[8] = {};
  Document document_;
};

TEST_F(JudgeTest, FirstSectionUsesTheCountOfItsTurn) {
  const StageChain chain = Chain("behead, again");
  Judge judge(&chain, &meters_, 0, false);
  judge.Measure(document_, &arena_, nullptr);
  judge.RunSection(0, document_, &arena_, nullptr);
  EXPECT_EQ(document_.text, "c def");
  EXPECT_EQ(document_.now.tokens[0], 5U);
  EXPECT_EQ(asked_.counts, 1);
  EXPECT_EQ(asked_.edits, 2);
}

// Another worker may have judged the document before the decision, and this
// one another text at the same address.
TEST_F(JudgeTest, AnotherTurnAtTheSameAddressIsCountedAnew) {
  const StageChain chain = Chain("pass, behead");
  Judge judge(&chain, &meters_, 0, false);
  judge.Measure(document_, &arena_, nullptr);
  judge.RunSection(0, document_, &arena_, nullptr);
  std::memcpy(text_, "xyz 123", 7);
  judge.RunSection(1, document_, &arena_, nullptr);
  EXPECT_EQ(document_.text, "yz 123");
  EXPECT_EQ(asked_.counts, 2);
  EXPECT_EQ(asked_.edits, 0);
}

TEST_F(JudgeTest, ADocumentThatWasNotMeasuredLastIsCountedAnew) {
  const StageChain chain = Chain("behead");
  Judge judge(&chain, &meters_, 0, false);
  Document other;
  other.text = "another";
  judge.Measure(document_, &arena_, nullptr);
  judge.Measure(other, &arena_, nullptr);
  judge.RunSection(0, document_, &arena_, nullptr);
  EXPECT_EQ(asked_.counts, 3);
  EXPECT_EQ(asked_.edits, 0);
}

}  // namespace
}  // namespace winnow
