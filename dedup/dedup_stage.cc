// SPDX-License-Identifier: Apache-2.0
#include "dedup/dedup_stage.h"

#include "dedup/clusters.h"
#include "pipeline/error.h"
#include "pipeline/text/unicode.h"

namespace winnow {
namespace {

SegmentFormat MakeFormat(std::string_view name, const std::string& parameters,
                         size_t record_bytes, size_t counters) {
  std::string lines = "stage=" + std::string(name) + "\n";
  lines += "unicode=" + std::string(UnicodeVersion()) + "\n";
  lines += parameters;
  return {std::move(lines), record_bytes, counters};
}

}  // namespace

DedupStage::DedupStage(std::string_view name,
                       std::span<const std::string_view> counter_names,
                       const std::string& parameters, size_t record_bytes)
    : OrderedStage(name),
      counter_names_(counter_names),
      counters_(counter_names.size()),
      counters_taken_(counter_names.size()),
      log_(MakeFormat(name, parameters, record_bytes, counter_names.size())) {}

void DedupStage::ThrowFull() const {
  throw Error(ErrorKind::kMemory,
              "dedup index is full: " + name() + ": " +
                  std::to_string(entered()) +
                  " kept documents: run again with a higher --memory");
}

void DedupStage::TakeSegment(std::string* out) {
  std::vector<uint64_t> increments;
  for (size_t i = 0; i < counters_.size(); ++i) {
    increments.push_back(counters_[i] - counters_taken_[i]);
  }
  counters_taken_ = counters_;
  log_.Take(increments, out);
}

void DedupStage::Replay(std::string_view bytes) {
  const SegmentRecords segment = ParseSegment(bytes, log_.format());
  if (segment.head.first_ordinal != entered()) {
    ThrowDamagedSegment("out of order, or one is missing");
  }
  ReplayRecords(segment.records.data(), segment.head.kept);
  for (size_t i = 0; i < counters_.size(); ++i) {
    counters_[i] += segment.head.counters[i];
  }
  counters_taken_ = counters_;
  log_.set_first_ordinal(entered());
}

void DedupStage::WriteClusters(const std::vector<std::string>& segment_paths,
                               std::string* out) const {
  StreamClusters(segment_paths,
                 [out](std::string_view piece) { out->append(piece); });
}

void DedupStage::StreamClusters(const std::vector<std::string>& segment_paths,
                                const Sink& sink) const {
  winnow::StreamClusters(name(), segment_paths, log_.format(), sink);
}

std::vector<OrderedStage::Counter> DedupStage::Counters() const {
  std::vector<Counter> counters;
  for (size_t i = 0; i < counters_.size(); ++i) {
    counters.push_back({counter_names_[i], counters_[i]});
  }
  return counters;
}

}  // namespace winnow
