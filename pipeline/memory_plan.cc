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
// Bytes that judging a record takes, as a multiple of its size: text, analysis,
// n-gram tables, rewritten texts. 26 was measured with every filter, MinHash
// and two vocabularies.
constexpr uint64_t kJudging = 28;
// Bytes that a record keeps in its batch: record, text, rewritten text, output,
// frame.
constexpr uint64_t kCarrying = 5;
// Records above this share of max_record_bytes are giants.
constexpr uint64_t kGiantShare = 8;

}  // namespace

MemoryPlan PlanMemory(uint64_t total, unsigned threads, bool tokens,
                      uint64_t max_record_bytes, bool dedup) {
  MemoryPlan plan;
  plan.total = total;
  plan.fixed = kFixed;
  plan.giant_bytes = max_record_bytes / kGiantShare;
  plan.batches = (threads + 2) * std::max(kBatch, kCarrying * max_record_bytes);
  plan.judging = threads * kJudging * plan.giant_bytes;
  // At least one giant can be judged at a time; more where a quarter of the
  // memory allows for it.
  const uint64_t giant = kJudging * max_record_bytes;
  plan.giants = static_cast<unsigned>(
      std::clamp<uint64_t>(total / 4 / giant, 1, threads));
  plan.judging += plan.giants * giant;
  // The least index is asked for in any case: whether there is one shows only
  // later, and the message should name one figure.
  const uint64_t floor = plan.fixed + plan.batches + plan.judging + kLeastIndex;
  const uint64_t caches = threads * ((tokens ? kMiB : 0) + 2 * kMiB);
  const uint64_t least = floor + caches;
  if (total < least) {
    throw Error(ErrorKind::kMemory,
                "--memory " + std::to_string(total / kMiB) +
                    "MiB: too little for " + std::to_string(threads) +
                    " threads: give at least " +
                    std::to_string((least + kMiB - 1) / kMiB) +
                    "MiB, or fewer --threads, or a smaller max_record_bytes");
  }
  // Caches: what is comfortable, at most a third of what is left.
  const uint64_t share = (total - floor) / 3 / threads;
  plan.token_cache = tokens ? std::clamp(share / 2, kMiB, 64 * kMiB) : 0;
  plan.stage_cache = std::clamp(share / 4, kMiB, 16 * kMiB);
  plan.worker_caches = threads * (plan.token_cache + 2 * plan.stage_cache);
  const uint64_t used = floor - kLeastIndex + plan.worker_caches;
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
