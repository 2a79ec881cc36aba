// SPDX-License-Identifier: Apache-2.0
#include "pipeline/executor.h"

#include <sys/resource.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/global_control.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <chrono>
#include <semaphore>

#include "pipeline/cycle_clock.h"
#include "pipeline/error.h"
#include "pipeline/hand_over.h"
#include "pipeline/worker.h"
#include "pipeline/write/framer.h"

namespace winnow {
namespace {

// How many documents ahead an ordered stage fetches its index entries.
constexpr size_t kPrefetchDistance = 8;

double CpuSeconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) +
           1e-6 * static_cast<double>(t.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

// What the turns of a serial filter share.
struct Turns {
  HandOver turn;
  std::exception_ptr failure;  // of the latest batch
};

// Whoever holds one waits for nobody, so that all get theirs.
class GiantTurn {
 public:
  explicit GiantTurn(std::counting_semaphore<>* turns) : turns_(turns) {
    turns->acquire();
  }
  ~GiantTurn() { turns_->release(); }
  GiantTurn(const GiantTurn&) = delete;
  GiantTurn& operator=(const GiantTurn&) = delete;

 private:
  std::counting_semaphore<>* turns_;
};

class Execution {
 public:
  Execution(const ExecutorOptions& options, const StageChain& chain,
            const Tokenizers* tokenizers, const ReadOptions& read_options,
            Source* source, Cutter* cutter, Tally* total, RunSink* sink)
      : options_(options),
        chain_(chain),
        source_(source),
        cutter_(cutter),
        total_(total),
        sink_(sink),
        framer_(options.frame_bytes),
        giants_(options.giants),
        workers_([&options, &chain, tokenizers, &read_options] {
          return std::make_unique<Worker>(options, chain, tokenizers,
                                          read_options);
        }),
        segments_(chain.ordered().size()) {
    const size_t tokens = options.threads + 2;
    for (size_t i = 0; i < tokens; ++i) {
      ring_.push_back(std::make_unique<Batch>(&total->layout()));
    }
  }

  ExecutorTimes Run();

 private:
  using Filter = tbb::filter<Batch*, Batch*>;

  // Runs `work` unless the batch carries an error; catches what it throws.
  template <typename Work>
  static void Guard(Batch* batch, const Work& work) {
    batch->hand.load(std::memory_order_acquire);
    if (batch->error == nullptr) {
      try {
        work();
      } catch (...) {
        batch->error = std::current_exception();
      }
    }
    batch->hand.fetch_add(1, std::memory_order_release);
  }

  template <typename Work>  // void(Worker&, Batch*)
  Filter Parallel(Work work) {
    return tbb::make_filter<Batch*, Batch*>(
        tbb::filter_mode::parallel, [this, work](Batch* batch) {
          Guard(batch, [&] { work(*workers_.local(), batch); });
          return batch;
        });
  }
  template <typename Work>  // void(Batch*)
  Filter Serial(Turns* state, Work work) {
    return tbb::make_filter<Batch*, Batch*>(
        tbb::filter_mode::serial_in_order, [state, work](Batch* batch) {
          state->turn.Enter();
          batch->hand.load(std::memory_order_acquire);
          // What follows a lost batch has lost its place.
          if (state->failure != nullptr && batch->error == nullptr) {
            batch->error = state->failure;
          }
          Guard(batch, [&] { work(batch); });
          if (batch->error != nullptr) state->failure = batch->error;
          state->turn.Leave();
          return batch;
        });
  }

  // Like Parallel, for what analyses texts: giants wait for their turn.
  template <typename Work>  // void(Worker&, Batch*)
  Filter Judging(Work work) {
    return Parallel([this, work](Worker& worker, Batch* batch) {
      if (batch->LargestRecord(options_.giant_bytes) == 0) {
        work(worker, batch);
        return;
      }
      const GiantTurn turn(&giants_);
      work(worker, batch);
      worker.Shed();
    });
  }

  Batch* NextBatch(tbb::flow_control& control);
  Filter ReadFilters();
  void ReadLimited(Worker& worker, Batch* batch);
  void Decide(size_t section, Batch* batch);
  Cursor EndCursor() const;
  void Commit(Batch* batch);
  bool Stopped() const {
    return stop_.load(std::memory_order_relaxed) ||
           (options_.interrupted != nullptr &&
            options_.interrupted->load(std::memory_order_relaxed));
  }

  const ExecutorOptions& options_;
  const StageChain& chain_;
  Source* source_;
  Cutter* cutter_;
  Tally* total_;
  RunSink* sink_;
  Framer framer_;
  std::counting_semaphore<> giants_;
  tbb::enumerable_thread_specific<std::unique_ptr<Worker>> workers_;
  std::vector<std::unique_ptr<Batch>> ring_;
  std::vector<std::unique_ptr<Turns>> serial_;
  ArenaEntry* entry_ = nullptr;

  // Source state.
  uint64_t sequence_ = 0;
  bool ended_ = false;
  // Cut state.
  uint64_t cut_bytes_ = 0;
  // Limit state.
  uint64_t documents_read_ = 0;
  std::atomic<bool> limit_reached_{false};
  std::atomic<bool> stop_{false};
  // Decide state.
  std::atomic<uint64_t> decide_cycles_{0};
  // Commit state.
  std::vector<std::string> segments_;
  std::exception_ptr failure_;
  bool finished_ = false;
};

Batch* Execution::NextBatch(tbb::flow_control& control) {
  serial_[0]->turn.Enter();
  // The first call comes before other threads have work.
  if (sequence_ == 0) entry_->Leave();
  Batch* batch = nullptr;
  if (!ended_) {
    batch = ring_[sequence_ % ring_.size()].get();
    batch->hand.load(std::memory_order_acquire);
    batch->Clear();
    batch->sequence = sequence_++;
    // After an error or an interrupt nothing more is wanted; after the limit
    // one empty last batch closes the frames.
    const bool dead =
        Stopped() && !limit_reached_.load(std::memory_order_relaxed);
    if (dead) {
      ended_ = true;
      batch = nullptr;
    } else {
      try {
        batch->last = limit_reached_.load(std::memory_order_relaxed) ||
                      !source_->Next(&batch->raw);
        ended_ = batch->last;
      } catch (...) {
        batch->error = std::current_exception();
        ended_ = true;
      }
      batch->hand.fetch_add(1, std::memory_order_release);
    }
  }
  serial_[0]->turn.Leave();
  if (batch == nullptr) control.stop();
  return batch;
}

void Execution::ReadLimited(Worker& worker, Batch* batch) {
  batch->document_limit = options_.limit - documents_read_;
  if (limit_reached_.load(std::memory_order_relaxed)) batch->cut.Clear();
  worker.Read(batch);
  documents_read_ += batch->documents.size();
  if (batch->beyond_limit()) {
    // What lies behind the last document is as if it were not there.
    Tally& tally = batch->tally();
    tally.decoded_bytes = tally.documents.bytes + tally.framing_bytes;
    for (const auto& [type, n] : tally.non_documents) {
      tally.decoded_bytes += n.bytes;
    }
    for (const CountAndBytes& n : tally.unreadable) {
      tally.decoded_bytes += n.bytes;
    }
    tally.decoded_bytes -= tally.undecoded_bytes;
    limit_reached_.store(true, std::memory_order_relaxed);
  }
}

Execution::Filter Execution::ReadFilters() {
  if (options_.limit == UINT64_MAX) {
    return Judging([](Worker& worker, Batch* batch) {
      worker.Read(batch);
      worker.MeasureAndJudge(batch);
    });
  }
  return Serial(
             serial_[2].get(),
             [this](Batch* batch) { ReadLimited(*workers_.local(), batch); }) &
         Judging([](Worker& worker, Batch* batch) {
           worker.MeasureAndJudge(batch);
         });
}

void Execution::Decide(size_t section, Batch* batch) {
  OrderedStage* stage = chain_.sections()[section].ordered;
  const auto index = static_cast<uint8_t>(chain_.sections()[section].last - 1);
  const uint64_t start = CycleNow();
  std::vector<Document>& documents = batch->documents;
  size_t next = 0;
  for (size_t s = 0; s < batch->stretch_count(); ++s) {
    Stretch& stretch = batch->stretch(s);
    for (; next < stretch.documents_end; ++next) {
      const size_t ahead = next + kPrefetchDistance;
      if (ahead < documents.size() && documents[ahead].kept()) {
        stage->Prefetch(documents[ahead]);
      }
      Document& document = documents[next];
      if (!document.kept()) continue;
      if (stage->Full()) {
        throw Error(ErrorKind::kMemory,
                    "stage " + stage->name() +
                        ": the index is full: run the same command again with "
                        "a larger --memory; it goes on from the last mark");
      }
      const Verdict verdict = stage->Decide(document);
      if (!verdict.kept()) {
        document.dropped_by = index;
        document.reason = verdict.reason;
      }
    }
    const bool end = batch->last && s + 1 == batch->stretch_count();
    if (stretch.mark.has_value() || end) {
      stage->TakeSegment(&stretch.segments.emplace_back());
    }
  }
  decide_cycles_.fetch_add(CycleNow() - start, std::memory_order_relaxed);
}

// Behind all files.
Cursor Execution::EndCursor() const {
  Cursor cursor;
  cursor.file = static_cast<uint32_t>(source_->files().size());
  cursor.decoded_total = total_->decoded_bytes;
  return cursor;
}

void Execution::Commit(Batch* batch) {
  if (failure_ != nullptr) return;
  if (batch->error != nullptr) {
    failure_ = batch->error;
    stop_.store(true, std::memory_order_relaxed);
    return;
  }
  for (const CommitStep& step : batch->steps) {
    if (step.kind == CommitStep::Kind::kFrame) {
      sink_->WriteFrame(*batch->frames[step.index]);
      continue;
    }
    Stretch& stretch = batch->stretch(step.index);
    total_->Add(stretch.tally);
    if (stretch.mark.has_value()) {
      sink_->Checkpoint(*stretch.mark, *total_, stretch.segments);
    } else if (batch->last && step.index + 1 == batch->stretch_count()) {
      sink_->Checkpoint(EndCursor(), *total_, stretch.segments);
      finished_ = true;
    }
  }
  if (options_.progress) {
    const auto row = [&](size_t r) {
      return total_->Row(r)[Quantity::kDocuments];
    };
    uint64_t kept = 0;
    for (size_t i = 0; i < total_->layout().labels.size(); ++i) {
      kept += row(total_->layout().LabelRowIndex(i, true));
    }
    options_.progress({total_->disk_bytes, total_->decoded_bytes,
                       total_->documents.count, kept});
  }
}

ExecutorTimes Execution::Run() {
  const auto start = std::chrono::steady_clock::now();
  const double cpu = CpuSeconds();
  const size_t sections = chain_.sections().size();
  for (size_t i = 0; i < sections + 5; ++i) {
    serial_.push_back(std::make_unique<Turns>());
  }
  auto front = tbb::make_filter<void, Batch*>(
      tbb::filter_mode::serial_in_order,
      [this](tbb::flow_control& control) { return NextBatch(control); });
  auto chain = front & Parallel([](Worker& worker, Batch* batch) {
                 if (!batch->last) worker.Decode(batch);
               }) &
               Serial(serial_[1].get(),
                      [this](Batch* batch) {
                        batch->cut.Clear();
                        if (batch->last) return;
                        cutter_->Cut(&batch->raw, &batch->cut);
                        cut_bytes_ += batch->cut.decoded_bytes;
                        if (options_.on_cut) options_.on_cut(cut_bytes_);
                      }) &
               ReadFilters();
  for (size_t i = 0; i + 1 < sections; ++i) {
    chain = chain & Serial(serial_[3 + i].get(),
                           [this, i](Batch* batch) { Decide(i, batch); });
    if (i + 2 < sections) {
      chain = chain & Judging([i](Worker& worker, Batch* batch) {
                worker.JudgeSection(i + 1, batch);
              });
    }
  }
  auto whole =
      chain & Judging([sections](Worker& worker, Batch* batch) {
        if (sections > 1) worker.JudgeSection(sections - 1, batch);
        worker.Serialise(batch);
      }) &
      Serial(serial_[3 + sections].get(),
             [this](Batch* batch) { framer_.Gather(batch); }) &
      Parallel([](Worker& worker, Batch* batch) { worker.Encode(batch); }) &
      tbb::make_filter<Batch*, void>(
          tbb::filter_mode::serial_in_order, [this](Batch* batch) {
            Turns* state = serial_.back().get();
            state->turn.Enter();
            batch->hand.load(std::memory_order_acquire);
            try {
              Commit(batch);
            } catch (...) {
              failure_ = std::current_exception();
              stop_.store(true, std::memory_order_relaxed);
            }
            batch->hand.fetch_add(1, std::memory_order_release);
            state->turn.Leave();
          });
  {
    tbb::global_control control(tbb::global_control::max_allowed_parallelism,
                                options_.threads);
    tbb::task_arena arena(static_cast<int>(options_.threads));
    ArenaEntry entry(arena);
    entry_ = &entry;
    arena.execute([&] { tbb::parallel_pipeline(ring_.size(), whole); });
  }
  for (const auto& state : serial_) state->turn.Enter();
  for (const auto& batch : ring_) batch->hand.load(std::memory_order_acquire);
  if (failure_ != nullptr) std::rethrow_exception(failure_);
  if (!finished_) {
    throw Error(ErrorKind::kInterrupted,
                "interrupted: the same command goes on from the last mark");
  }

  ExecutorTimes times;
  times.wall_seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start)
          .count();
  times.cpu_seconds = CpuSeconds() - cpu;
  for (const auto& worker : workers_) worker->AddTimes(&times);
  times.decide_cycles = decide_cycles_.load();
  return times;
}

}  // namespace

ExecutorTimes Execute(const ExecutorOptions& options, const StageChain& chain,
                      const Tokenizers* tokenizers,
                      const ReadOptions& read_options, Source* source,
                      Cutter* cutter, Tally* total, RunSink* sink) {
  Execution execution(options, chain, tokenizers, read_options, source, cutter,
                      total, sink);
  return execution.Run();
}

}  // namespace winnow
