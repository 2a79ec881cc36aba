// SPDX-License-Identifier: Apache-2.0
// The executor with stages of the test's own: order, marks, errors. Run under
// ThreadSanitizer too.
#include "pipeline/executor.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "pipeline/error.h"
#include "pipeline/read/cut.h"
#include "pipeline/read/input_list.h"

namespace winnow {
namespace {

constexpr std::string_view kReasons[] = {"odd"};

// Drops documents whose text ends in an odd digit; throws at `poison`.
class Odd : public Stage {
 public:
  explicit Odd(std::string poison) : Stage("odd"), poison_(std::move(poison)) {}
  std::span<const std::string_view> reasons() const override {
    return kReasons;
  }
  AnalysisNeeds needs() const override { return AnalysisNeeds::Lines(); }
  Verdict Judge(Document& d, const Analysis&, StageContext&) const override {
    if (!poison_.empty() && d.text.find(poison_) != std::string_view::npos) {
      throw Error(ErrorKind::kInternal, "poison in " + std::string(d.text));
    }
    return (d.text.back() - '0') % 2 == 1 ? Verdict::Drop(0) : Verdict::Keep();
  }

 private:
  std::string poison_;
};

// Drops every third document that reaches it, in order.
class Third : public OrderedStage {
 public:
  Third() : OrderedStage("third") {}
  std::span<const std::string_view> reasons() const override {
    return kReasons;
  }
  AnalysisNeeds needs() const override { return AnalysisNeeds::None(); }
  Verdict Judge(Document& d, const Analysis&, StageContext& c) const override {
    auto* n = c.arena->NewArray<uint64_t>(1);
    *n = d.text.size();
    d.slots[static_cast<size_t>(slot())] = n;
    return Verdict::Keep();
  }
  size_t BytesPerDocument() const override { return 1; }
  uint64_t Reserve(uint64_t bytes) override { return bytes; }
  bool Full() const override { return seen_ >= full_at; }
  Verdict Decide(Document&) override {
    return ++seen_ % 3 == 0 ? Verdict::Drop(0) : Verdict::Keep();
  }
  void TakeSegment(std::string* out) override { *out = std::to_string(seen_); }
  void Replay(std::string_view) override {}
  void WriteClusters(const std::vector<std::string>&,
                     std::string*) const override {}

  static inline uint64_t full_at = UINT64_MAX;

 private:
  uint64_t seen_ = 0;
};

std::string poison;

const StageSpec& OddSpec() {
  static const StageSpec spec = {
      "odd", "", "", {}, {}, [](const Params&, const StageSetup&) {
        return std::unique_ptr<Stage>(new Odd(poison));
      }};
  return spec;
}
const StageSpec& ThirdSpec() {
  static const StageSpec spec = {
      "third", "", "", {}, {}, [](const Params&, const StageSetup&) {
        return std::unique_ptr<Stage>(new Third());
      }};
  return spec;
}

class Memory : public RunSink {
 public:
  void WriteFrame(const Frame& frame) override {
    EXPECT_EQ(frame.encoded, frame.text);
    bytes += frame.text;
    frames.push_back(frame.text.size());
  }
  void Checkpoint(const Cursor& cursor, const Tally& total,
                  const std::vector<std::string>& segments) override {
    std::string tally;
    total.AppendJson(&tally);
    marks.push_back(std::to_string(cursor.decoded_total) + " " +
                    std::to_string(bytes.size()) + " " + segments.at(0));
  }
  std::string bytes;
  std::vector<size_t> frames;
  std::vector<std::string> marks;
};

class Executor : public ::testing::Test {
 protected:
  void SetUp() override {
    poison.clear();
    Third::full_at = UINT64_MAX;
    folder_ = std::filesystem::temp_directory_path() /
              ("winnow-executor-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
    for (int f = 0; f < 3; ++f) {
      std::ofstream out(folder_ / ("f" + std::to_string(f) + ".jsonl"));
      for (int i = 0; i < 2000; ++i) {
        out << "{\"text\":\"document " << f << " with number " << i * 7 % 1000
            << i % 10 << "\"}\n";
      }
    }
    inputs_ = BuildInputList({"d=" + folder_.string()});
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void Run(unsigned threads, Memory* sink, Tally* total = nullptr) {
    const Recipe recipe =
        ParseRecipe("version: 1\nstages: [odd, third]\ntokens: {vocab: []}\n",
                    "t.yaml", {&OddSpec(), &ThirdSpec()});
    const StageChain chain(recipe, {});
    const TallyLayout layout = chain.Layout(inputs_.labels, 0);
    Tally mine(&layout);
    ExecutorOptions options;
    options.threads = threads;
    options.compress = false;
    options.frame_bytes = 3000;
    SourceOptions pieces;
    pieces.plain_bytes = 4096;
    pieces.decoded_bytes = 4096;
    Source source(inputs_.files, pieces);
    Cutter cutter(&source, recipe.read_options(), 20000,
                  {DetectFormat, NewSplitter});
    Execute(options, chain, nullptr, recipe.read_options(), &source, &cutter,
            &mine, sink);
    std::string json;
    mine.AppendJson(&json);
    tally_json_ = json;
    static_cast<void>(total);
  }

  std::filesystem::path folder_;
  InputList inputs_;
  std::string tally_json_;
};

TEST_F(Executor, SameForAnyThreads) {
  Memory one;
  Run(1, &one);
  const std::string tally = tally_json_;
  EXPECT_GT(one.marks.size(), 5U);
  EXPECT_GT(one.frames.size(), 20U);
  EXPECT_EQ(std::count(one.bytes.begin(), one.bytes.end(), '\n'), 2000);
  for (const unsigned threads : {2U, 3U, 7U}) {
    Memory many;
    Run(threads, &many);
    EXPECT_EQ(many.bytes, one.bytes) << threads;
    EXPECT_EQ(many.frames, one.frames) << threads;
    EXPECT_EQ(many.marks, one.marks) << threads;
    EXPECT_EQ(tally_json_, tally) << threads;
  }
}

TEST_F(Executor, TheEarliestErrorIsTheOneReported) {
  poison = "with number 5";  // many documents in many batches
  std::string first;
  for (int i = 0; i < 30; ++i) {
    Memory sink;
    try {
      Run(3, &sink);
      FAIL() << "no error";
    } catch (const Error& e) {
      if (first.empty()) first = e.what();
      EXPECT_EQ(e.what(), first);
    }
  }
}

TEST_F(Executor, AFullIndexStopsWithAdvice) {
  Third::full_at = 1500;
  Memory sink;
  try {
    Run(3, &sink);
    FAIL() << "no error";
  } catch (const Error& e) {
    EXPECT_EQ(e.kind(), ErrorKind::kMemory);
    EXPECT_NE(std::string(e.what()).find("--memory"), std::string::npos);
  }
  EXPECT_FALSE(sink.marks.empty());
}

}  // namespace
}  // namespace winnow
