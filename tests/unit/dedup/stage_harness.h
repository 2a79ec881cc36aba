// SPDX-License-Identifier: Apache-2.0
// Runs texts through an ordered stage as the pipeline does: judged in any
// order, decided in the order given, on one thread.
#ifndef WINNOW_TESTS_UNIT_DEDUP_STAGE_HARNESS_H_
#define WINNOW_TESTS_UNIT_DEDUP_STAGE_HARNESS_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pipeline/stage.h"

namespace winnow::testing {

using Settings = std::vector<std::pair<std::string, std::string>>;

// A stage with these parameters, the others at their defaults. Throws
// std::invalid_argument if a value does not parse.
std::unique_ptr<OrderedStage> MakeOrdered(const StageSpec& spec,
                                          const Settings& settings);

class StageHarness {
 public:
  // Reserves room for `capacity` kept documents.
  StageHarness(const StageSpec& spec, const Settings& settings = {},
               uint64_t capacity = 100000);
  ~StageHarness();

  OrderedStage& stage() { return *stage_; }

  // The verdict on the next document; identity `dump/file#N`, N = 0, 1, ...
  Verdict Decide(std::string_view text);
  // The same for many: true where a document is kept.
  std::vector<bool> Decide(const std::vector<std::string>& texts);
  // Judge() alone, for allocation counts: as one worker, on a warm arena.
  void JudgeOnly(std::string_view text);

  std::string TakeSegment();
  uint64_t Counter(std::string_view name) const;
  // Offset of the next document, after a replay.
  void set_next_offset(uint64_t offset) { next_offset_ = offset; }

 private:
  Document& Judge(std::string_view text);

  struct Worker;
  std::unique_ptr<OrderedStage> stage_;
  std::unique_ptr<Worker> worker_;
  uint64_t next_offset_ = 0;
};

// Writes segments to files in a fresh folder below the test's temporary
// folder and returns their paths.
std::vector<std::string> WriteSegments(const std::vector<std::string>& segments,
                                       const std::string& name);

}  // namespace winnow::testing

#endif  // WINNOW_TESTS_UNIT_DEDUP_STAGE_HARNESS_H_
