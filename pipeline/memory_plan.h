// SPDX-License-Identifier: Apache-2.0
// Divides the memory ceiling: batches in flight, each worker's caches, and the
// dedup indexes, which get the rest.
#ifndef WINNOW_PIPELINE_MEMORY_PLAN_H_
#define WINNOW_PIPELINE_MEMORY_PLAN_H_

#include <cstdint>
#include <vector>

#include "pipeline/stage.h"

namespace winnow {

struct MemoryPlan {
  uint64_t total = 0;
  uint64_t fixed = 0;          // program, models, vocabularies
  uint64_t batches = 0;        // threads + 2 of them, frames included
  uint64_t judging = 0;        // scratch of all workers
  uint64_t worker_caches = 0;  // all workers
  uint64_t index = 0;          // all ordered stages together
  // Records this large are giants, and so many of them are judged at a time.
  uint64_t giant_bytes = 0;
  unsigned giants = 1;
  // For each worker.
  uint64_t token_cache = 0;
  uint64_t stage_cache = 0;  // for each stage that keeps one
};

// Throws Error(kMemory) if the ceiling is too small for this many threads.
MemoryPlan PlanMemory(uint64_t total, unsigned threads, bool tokens,
                      uint64_t max_record_bytes, bool dedup);

// Splits the index budget by bytes a document and reserves it. Returns how
// many kept documents fit in all of them; UINT64_MAX without ordered stages.
uint64_t ReserveIndexes(uint64_t bytes,
                        const std::vector<OrderedStage*>& stages);

// Half of the machine's memory, at least 1 GiB.
uint64_t DefaultMemory();

}  // namespace winnow

#endif  // WINNOW_PIPELINE_MEMORY_PLAN_H_
