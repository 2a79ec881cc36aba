// SPDX-License-Identifier: Apache-2.0
// What one thread leaves for the next, said aloud. oneTBB as packaged is not
// instrumented, so ThreadSanitizer sees neither its locks nor how it wakes a
// worker; these pairs of acquire and release tell it. They cost nothing that
// can be measured: one atomic operation a batch and filter.
#ifndef WINNOW_PIPELINE_HAND_OVER_H_
#define WINNOW_PIPELINE_HAND_OVER_H_

#include <tbb/task_arena.h>
#include <tbb/task_scheduler_observer.h>

#include <atomic>
#include <cstdint>

namespace winnow {

class HandOver {
 public:
  void Enter() const { turns_.load(std::memory_order_acquire); }
  void Leave() { turns_.fetch_add(1, std::memory_order_release); }

 private:
  std::atomic<uint64_t> turns_{0};
};

// What the starting thread prepared, for every thread that joins the arena.
// REQUIRES: an arena of its own, and Leave() before work is spawned in it.
#ifdef __SANITIZE_THREAD__
class ArenaEntry : public tbb::task_scheduler_observer {
 public:
  explicit ArenaEntry(tbb::task_arena& arena)
      : tbb::task_scheduler_observer(arena) {
    observe(true);
  }
  ~ArenaEntry() override {
    observe(false);
    joined_.Enter();
  }
  ArenaEntry(const ArenaEntry&) = delete;
  ArenaEntry& operator=(const ArenaEntry&) = delete;

  void Leave() { start_.Leave(); }
  void on_scheduler_entry(bool) override {
    start_.Enter();
    joined_.Leave();
  }

 private:
  HandOver start_;
  HandOver joined_;
};
#else
// Only ThreadSanitizer needs to be told, and oneTBB may lose the 40 bytes of an
// observer whose arena ends.
class ArenaEntry {
 public:
  explicit ArenaEntry(const tbb::task_arena&) {}
  void Leave() {}
};
#endif

}  // namespace winnow

#endif  // WINNOW_PIPELINE_HAND_OVER_H_
