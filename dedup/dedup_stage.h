// SPDX-License-Identifier: Apache-2.0
// What `exact` and `minhash` have in common: the log of their decisions, its
// replay, the counters in it, and the clusters made of it.
#ifndef WINNOW_DEDUP_DEDUP_STAGE_H_
#define WINNOW_DEDUP_DEDUP_STAGE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dedup/segment.h"
#include "pipeline/stage.h"

namespace winnow {

class DedupStage : public OrderedStage {
 public:
  void TakeSegment(std::string* out) final;
  void Replay(std::string_view segment) final;
  void WriteClusters(const std::vector<std::string>& segment_paths,
                     std::string* out) const final;
  void StreamClusters(const std::vector<std::string>& segment_paths,
                      const Sink& sink) const final;
  std::vector<Counter> Counters() const final;

 protected:
  // `counter_names` has static storage. `parameters` are lines of the segment
  // head; the stage's name and the Unicode version are added.
  DedupStage(std::string_view name,
             std::span<const std::string_view> counter_names,
             const std::string& parameters, size_t record_bytes);

  SegmentLog& log() { return log_; }
  void Count(size_t counter, uint64_t n = 1) { counters_[counter] += n; }
  // Throws Error(kMemory): Decide() was called on a full index.
  [[noreturn]] void ThrowFull() const;

  // Documents in the index.
  virtual uint64_t entered() const = 0;
  // Enters `count` records. Fewer fit: ThrowFull().
  virtual void ReplayRecords(const char* records, uint64_t count) = 0;

 private:
  std::span<const std::string_view> counter_names_;
  std::vector<uint64_t> counters_;
  std::vector<uint64_t> counters_taken_;  // as of the last segment
  SegmentLog log_;
};

}  // namespace winnow

#endif  // WINNOW_DEDUP_DEDUP_STAGE_H_
