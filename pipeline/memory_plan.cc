// SPDX-License-Identifier: Apache-2.0
#include "pipeline/memory_plan.h"

#include <unistd.h>

#include <algorithm>

#include "pipeline/error.h"

namespace winnow {
namespace {

constexpr uint64_t kMiB = uint64_t{1} << 20;

// Vocabularies (two), language model, Unicode tables, program.
constexpr uint64_t kFixed = 96 * kMiB;
// Decoded input, its text in the arena, output text, a frame and its encoded
// form: measured on web text with batches of 1 MiB.
constexpr uint64_t kBatch = 16 * kMiB;
constexpr uint64_t kLeastIndex = 16 * kMiB;

}  // namespace

MemoryPlan PlanMemory(uint64_t total, unsigned threads, bool tokens,
                      uint64_t max_record_bytes, bool dedup) {
  MemoryPlan plan;
  plan.total = total;
  plan.fixed = kFixed;
  // One giant record may be in flight, twice over (raw and text).
  plan.batches = (threads + 2) * kBatch + 2 * max_record_bytes;
  const uint64_t floor = plan.fixed + plan.batches;
  const uint64_t rest = total > floor ? total - floor : 0;
  // Caches: what is comfortable, at most a third of what is left.
  const uint64_t share = rest / 3 / threads;
  plan.token_cache = tokens ? std::clamp(share / 2, kMiB, 64 * kMiB) : 0;
  plan.stage_cache = std::clamp(share / 4, kMiB, 16 * kMiB);
  plan.worker_caches = threads * (plan.token_cache + 2 * plan.stage_cache);
  const uint64_t used = floor + plan.worker_caches;
  const uint64_t least = used + (dedup ? kLeastIndex : 0);
  if (total < least) {
    throw Error(
        ErrorKind::kMemory,
        "--memory " + std::to_string(total / kMiB) + "MiB: too little for " +
            std::to_string(threads) + " threads: give at least " +
            std::to_string(least / kMiB + 1) + "MiB, or fewer --threads");
  }
  plan.index = dedup ? total - used : 0;
  return plan;
}

uint64_t ReserveIndexes(uint64_t bytes,
                        const std::vector<OrderedStage*>& stages) {
  uint64_t per_document = 0;
  for (const OrderedStage* stage : stages) {
    per_document += stage->BytesPerDocument();
  }
  uint64_t fit = UINT64_MAX;
  for (OrderedStage* stage : stages) {
    const auto share =
        static_cast<uint64_t>(static_cast<double>(bytes) *
                              static_cast<double>(stage->BytesPerDocument()) /
                              static_cast<double>(per_document));
    fit = std::min(fit, stage->Reserve(share));
  }
  return fit;
}

uint64_t DefaultMemory() {
  const long pages = ::sysconf(_SC_PHYS_PAGES);
  const long page = ::sysconf(_SC_PAGE_SIZE);
  const uint64_t bytes =
      pages > 0 && page > 0
          ? static_cast<uint64_t>(pages) * static_cast<uint64_t>(page) / 2
          : 0;
  return std::max(bytes, 1024 * kMiB);
}

}  // namespace winnow
