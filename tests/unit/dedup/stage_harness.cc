// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/dedup/stage_harness.h"

#include <unistd.h>

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "pipeline/text/analysis.h"

namespace winnow::testing {

std::unique_ptr<OrderedStage> MakeOrdered(const StageSpec& spec,
                                          const Settings& settings) {
  Params params = DefaultParams(spec.params);
  for (const auto& [key, scalar] : settings) {
    std::string why = "no such parameter";
    std::optional<Params::Value> value;
    for (const ParamSpec& param : spec.params) {
      if (param.key == key) value = ParseParam(param, scalar, &why);
    }
    if (!value) throw std::invalid_argument(key + ": " + why);
    params.Set(key, *value);
  }
  std::unique_ptr<Stage> stage = spec.make(params, StageSetup{});
  return std::unique_ptr<OrderedStage>(
      static_cast<OrderedStage*>(stage.release()));
}

struct StageHarness::Worker {
  explicit Worker(const OrderedStage& stage)
      : analyzer(stage.needs()), scratch(stage.NewScratch()) {
    file.label = "dump";
    file.path = "file";
    document.file = &file;
  }
  Analyzer analyzer;
  std::unique_ptr<StageScratch> scratch;
  Arena arena;
  SourceFile file;
  Document document;
};

StageHarness::StageHarness(const StageSpec& spec, const Settings& settings,
                           uint64_t capacity)
    : stage_(MakeOrdered(spec, settings)) {
  stage_->set_slot(1);
  EXPECT_EQ(stage_->Reserve(capacity * stage_->BytesPerDocument()), capacity);
  worker_ = std::make_unique<Worker>(*stage_);
}

StageHarness::~StageHarness() = default;

Document& StageHarness::Judge(std::string_view text) {
  worker_->arena.Reset();
  Document& document = worker_->document;
  document.text = text;
  document.offset = next_offset_++;
  document.slots = {};
  StageContext context;
  context.arena = &worker_->arena;
  context.scratch = worker_->scratch.get();
  EXPECT_TRUE(
      stage_->Judge(document, worker_->analyzer.Analyze(text), context).kept());
  return document;
}

void StageHarness::JudgeOnly(std::string_view text) { Judge(text); }

Verdict StageHarness::Decide(std::string_view text) {
  Document& document = Judge(text);
  stage_->Prefetch(document);
  return stage_->Decide(document);
}

std::vector<bool> StageHarness::Decide(const std::vector<std::string>& texts) {
  std::vector<bool> kept;
  for (const std::string& text : texts) kept.push_back(Decide(text).kept());
  return kept;
}

std::string StageHarness::TakeSegment() {
  std::string segment;
  stage_->TakeSegment(&segment);
  return segment;
}

uint64_t StageHarness::Counter(std::string_view name) const {
  for (const auto& counter : stage_->Counters()) {
    if (counter.name == name) return counter.value;
  }
  ADD_FAILURE() << "no counter " << name;
  return 0;
}

std::vector<std::string> WriteSegments(const std::vector<std::string>& segments,
                                       const std::string& name) {
  const std::filesystem::path dir =
      std::filesystem::path(::testing::TempDir()) /
      ("winnow_" + std::to_string(::getpid()) + "_" + name);
  std::filesystem::remove_all(dir);
  std::filesystem::create_directories(dir);
  std::vector<std::string> paths;
  for (size_t i = 0; i < segments.size(); ++i) {
    paths.push_back((dir / std::to_string(i)).string());
    std::ofstream(paths.back(), std::ios::binary) << segments[i];
  }
  return paths;
}

}  // namespace winnow::testing
