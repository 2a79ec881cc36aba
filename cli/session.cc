// SPDX-License-Identifier: Apache-2.0
#include "cli/session.h"

#include <sys/resource.h>

#include <algorithm>
#include <thread>

#include "cli/columnar.h"
#include "cli/data_dir.h"
#include "cli/signals.h"
#include "cli/version.h"
#include "pipeline/read/cut.h"
#include "pipeline/read/source.h"
#include "pipeline/text/unicode.h"
#include "stats/token_meters.h"

#include <sched.h>

namespace winnow {
namespace {

unsigned UsableCores() {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (::sched_getaffinity(0, sizeof set, &set) == 0) {
    return static_cast<unsigned>(std::max(1, CPU_COUNT(&set)));
  }
  return std::max(1U, std::thread::hardware_concurrency());
}

}  // namespace

Session::Session(Recipe r, InputList in, unsigned thread_count, uint64_t bytes,
                 uint64_t document_limit)
    : recipe(std::move(r)),
      inputs(std::move(in)),
      threads(thread_count == 0 ? UsableCores() : thread_count),
      limit(document_limit) {
  tables = NewTableCodec(recipe.read_options());
  shard_format = NewShardFormat(recipe);
  const auto& vocabularies = recipe.tokens.Strings("vocab");
  bool dedup = false;
  StageSetup setup;
  setup.data_dir = DataDir();
  if (!vocabularies.empty()) {
    tokenizers = LoadTokenizers(vocabularies, setup.data_dir);
  }
  const uint64_t total = bytes == 0 ? DefaultMemory() : bytes;
  // The stages' caches are planned before the stages exist; whether there is
  // dedup shows once they do.
  memory = PlanMemory(total, threads, tokenizers != nullptr,
                      recipe.read.Size("max_record_bytes"), false);
  setup.worker_cache_bytes = memory.stage_cache;
  chain = std::make_unique<StageChain>(recipe, setup);
  const std::vector<OrderedStage*> ordered = chain->ordered();
  dedup = !ordered.empty();
  if (dedup) {
    memory = PlanMemory(total, threads, tokenizers != nullptr,
                        recipe.read.Size("max_record_bytes"), true);
    documents_that_fit = ReserveIndexes(memory.index, ordered);
  }
  layout = chain->Layout(inputs.labels,
                         tokenizers != nullptr ? vocabularies.size() : 0);
}

SourceOptions Session::source_options() const {
  SourceOptions options;
  // Threads + 2 pieces are in flight; together they stay below one mark.
  const uint64_t share = recipe.checkpoint_bytes / (threads + 2);
  const uint64_t piece =
      std::clamp(share, uint64_t{2} << 10, uint64_t{1} << 20);
  options.tables = tables.get();
  options.plain_bytes = piece;
  options.decoded_bytes = piece;
  // Web text compresses four to eight times.
  options.gzip_bytes =
      std::clamp(share / 8, uint64_t{512}, uint64_t{256} << 10);
  return options;
}

ExecutorOptions Session::executor_options() const {
  ExecutorOptions options;
  options.threads = threads;
  options.token_cache_bytes = memory.token_cache;
  options.giant_bytes = memory.giant_bytes;
  options.giants = memory.giants;
  options.tokens_at_ends = recipe.tokens.String("at") == "ends";
  options.compress = recipe.write.String("compression") == "zstd";
  options.level = static_cast<int>(recipe.write.Int("level"));
  options.shard_format = shard_format.get();
  options.limit = limit;
  options.interrupted = &InterruptFlag();
  return options;
}

ExecutorTimes Session::Run(const ExecutorOptions& options, const Cursor& start,
                           Tally* total, RunSink* sink) {
  ReadOptions read_options = recipe.read_options();
  read_options.inventory = inventory;
  Source source(inputs.files, source_options(), start);
  Cutter cutter(&source, read_options, recipe.checkpoint_bytes,
                ReadFormats(read_options));
  return Execute(options, *chain, tokenizers.get(), read_options, &source,
                 &cutter, total, sink);
}

ReportHeader Session::Header() const {
  ReportHeader h;
  h.version = kVersion;
  h.recipe_name = recipe.name;
  h.recipe_hash = recipe.Hash();
  h.recipe_resolved = recipe.Resolved();
  h.unicode = UnicodeVersion();
  if (tokenizers != nullptr) {
    h.vocabularies = tokenizers->names();
    h.checksums = tokenizers->checksums();
  }
  h.tokens_at_ends = recipe.tokens.String("at") == "ends";
  h.limit = limit;
  h.files = inputs.files.size();
  h.input_bytes = inputs.bytes;
  h.inputs = &inputs.files;
  return h;
}

ReportTiming Timing(const Session& session, const ExecutorTimes& times,
                    const Tally& tally) {
  ReportTiming timing;
  timing.wall_seconds = times.wall_seconds;
  timing.cpu_seconds = times.cpu_seconds;
  timing.threads = session.threads;
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  timing.peak_rss_bytes = static_cast<uint64_t>(usage.ru_maxrss) * 1024;
  uint64_t all = times.decode_cycles + times.read_cycles +
                 times.measure_cycles + times.analyse_cycles +
                 times.write_cycles + times.decide_cycles;
  for (const uint64_t c : times.stage_cycles) all += c;
  const double tick =
      all == 0 ? 0 : times.cpu_seconds / static_cast<double>(all);
  const auto seconds = [&](uint64_t c) {
    return static_cast<double>(c) * tick;
  };
  const TallyLayout& layout = tally.layout();
  const auto bytes_in = [&](size_t stage) {
    return tally.Row(layout.StageRowIndex(
        stage, static_cast<size_t>(TallyLayout::kIn)))[Quantity::kBytes];
  };
  timing.parts.push_back(
      {"decode", seconds(times.decode_cycles), tally.decoded_bytes});
  timing.parts.push_back(
      {"read", seconds(times.read_cycles), tally.decoded_bytes});
  timing.parts.push_back(
      {"measure", seconds(times.measure_cycles), bytes_in(0)});
  timing.parts.push_back(
      {"analyse", seconds(times.analyse_cycles), bytes_in(0)});
  for (size_t i = 0; i < times.stage_cycles.size(); ++i) {
    timing.parts.push_back({session.chain->stage(i).name(),
                            seconds(times.stage_cycles[i]), bytes_in(i + 1)});
  }
  timing.parts.push_back({"decide", seconds(times.decide_cycles), bytes_in(0)});
  uint64_t kept = 0;
  for (size_t i = 0; i < layout.labels.size(); ++i) {
    kept += tally.Row(layout.LabelRowIndex(i, true))[Quantity::kBytes];
  }
  timing.parts.push_back({"write", seconds(times.write_cycles), kept});
  return timing;
}

}  // namespace winnow
