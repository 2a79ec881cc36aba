// SPDX-License-Identifier: Apache-2.0
// `winnow run`: one recipe over one dump into one folder.
#include <fmt/format.h>

#include <unistd.h>

#include <cstdio>
#include <filesystem>

#include "cli/columnar.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/recipes.h"
#include "cli/run_log.h"
#include "cli/run_paths.h"
#include "cli/session.h"
#include "cli/signals.h"
#include "cli/stream_sink.h"
#include "cli/version.h"
#include "pipeline/error.h"
#include "pipeline/run_folder.h"
#include "pipeline/run_key.h"
#include "pipeline/text/unicode.h"
#include "pipeline/url/public_suffix.h"
#include "stats/funnel.h"
#include "stats/human.h"
#include "stats/report_page.h"

namespace winnow {
namespace {

Dropped DroppedOf(const std::string& s) {
  return s == "all"      ? Dropped::kAll
         : s == "sample" ? Dropped::kSample
                         : Dropped::kNone;
}

// Everything that decides the run's bytes. The names are those that a refusal
// tells the user.
RunKey KeyOf(const Session& session, const RunArguments& a,
             const std::vector<ManifestInput>& inputs) {
  RunKey key;
  key.Add("recipe", session.recipe.Hash());
  key.Add("winnow", kVersion);
  key.Add("limit",
          session.limit == UINT64_MAX ? "none" : std::to_string(session.limit));
  key.Add("dropped", a.dropped);
  key.Add("part", fmt::format("{}/{}", a.part + 1, a.parts));
  key.Add("zstd", ZstdVersion());
  key.Add("unicode", UnicodeVersion());
  key.Add("public suffix list", PublicSuffixList::System().version());
  std::string lists;
  for (size_t i = 0; i < session.chain->size(); ++i) {
    lists += session.chain->stage(i).DataVersion();
  }
  key.Add("lists of stages", lists);
  key.Add("arrow", ColumnarVersion());
  std::string sums;
  if (session.tokenizers != nullptr) {
    for (const std::string& sum : session.tokenizers->checksums()) {
      sums += sum + " ";
    }
  }
  key.Add("vocabularies", sums);
  key.Add("inputs", InputsHash(inputs));
  return key;
}

Manifest FreshManifest(const Session& session, const RunArguments& a) {
  Manifest m;
  m.inputs = ProbeInputs(session.inputs.files);
  const RunKey key = KeyOf(session, a, m.inputs);
  m.run_key = key.Finish();
  m.key = key.parts();
  m.recipe_name = session.recipe.name;
  m.recipe = session.recipe.Resolved();
  return m;
}

void PrintPlan(const Session& s) {
  Note("{}: {}, {}, {}\n", s.recipe.name,
       HumanPlural(s.inputs.files.size(), "file"), HumanBytes(s.inputs.bytes),
       HumanPlural(s.threads, "thread"));
  if (s.chain->ordered().empty()) return;
  Note("memory: {} at most, {} of it for dedup: {} kept documents fit\n",
       HumanBytes(s.memory.total), HumanBytes(s.memory.index),
       HumanCount(s.documents_that_fit));
}

bool HasInputErrors(const Tally& tally) {
  for (const CountAndBytes& n : tally.unreadable) {
    if (n.count != 0) return true;
  }
  return false;
}

// dedup/clusters.jsonl: every duplicate, by stage, however many there are.
void WriteClusters(const Session& session, RunFolder* folder) {
  const std::vector<OrderedStage*> ordered = session.chain->ordered();
  ReplaceFile(folder->Path("dedup/clusters.jsonl"), [&](const ByteSink& sink) {
    for (uint32_t i = 0; i < ordered.size(); ++i) {
      ordered[i]->StreamClusters(folder->SegmentPaths(i), sink);
    }
  });
}

// How far the input was read on disk, for the progress bar of a resume.
uint64_t BytesBefore(const Session& session, const Cursor& cursor) {
  uint64_t bytes = 0;
  for (size_t i = 0; i < cursor.file && i < session.inputs.files.size(); ++i) {
    bytes += session.inputs.files[i].bytes;
  }
  return bytes + cursor.member_offset;
}

// Clusters and report, from segments and tally; then the run is done.
void Finish(const Session& session, const ExecutorTimes& times,
            const Tally& total, RunFolder* folder, bool quiet) {
  CheckLedger(total, session.Header().tokens_at_ends);
  WriteClusters(session, folder);
  folder->Finish();
  ReportHeader header = session.Header();
  for (const auto& parts : folder->manifest().parts) {
    for (const PartFile& p : parts) {
      header.outputs.push_back({p.path, p.bytes, p.documents, p.xxh3});
    }
  }
  const std::string json =
      ReportJson(header, total, Timing(session, times, total));
  const JsonValue report = JsonValue::Parse(json, "report.json");
  ReplaceFile(folder->Path("report.html"), ReportPage(report));
  // Last, because a folder with a report is complete.
  ReplaceFile(folder->Path("report.json"), json);
  if (quiet) return;
  PrintLast(FunnelText(report, TerminalColumns(STDOUT_FILENO)));
}

int RunToStdout(Session* session, const RunArguments& a) {
  ExecutorOptions options = session->executor_options();
  options.compress = false;
  options.shard_format = nullptr;
  options.dropped = Dropped::kNone;
  StreamSink sink(false);
  Tally total(&session->layout);
  const ExecutorTimes times = session->Run(options, {}, &total, &sink);
  CheckLedger(total, session->Header().tokens_at_ends);
  if (!a.quiet) {
    const std::string json =
        ReportJson(session->Header(), total, Timing(*session, times, total));
    NoteText(FunnelText(JsonValue::Parse(json, "report"),
                        TerminalColumns(STDERR_FILENO)));
  }
  return a.strict && HasInputErrors(total) ? 3 : 0;
}

}  // namespace

int RunCommand(const RunArguments& a) {
  InterruptFlag();
  InputList inputs = BuildInputList(a.inputs, {a.part, a.parts});
  if (a.output != "-") CheckRunPaths(inputs, a.output);
  Session session(LoadRecipe(a.recipe), std::move(inputs), a.threads, a.memory,
                  a.limit);
  if (a.output == "-") return RunToStdout(&session, a);

  FolderOptions folder_options;
  folder_options.path = a.output;
  const bool zstd = session.recipe.write.String("compression") == "zstd";
  folder_options.format = session.shard_format.get();
  folder_options.extension = folder_options.format != nullptr ? "parquet"
                             : zstd                           ? "jsonl.zst"
                                                              : "jsonl";
  folder_options.shard_bytes = session.recipe.write.Size("shard_bytes");
  for (const OrderedStage* stage : session.chain->ordered()) {
    folder_options.ordered_stages.push_back(stage->name());
  }
  RunFolder folder(folder_options, FreshManifest(session, a));
  Tally total(&session.layout);
  const bool complete = folder.manifest().done &&
                        std::filesystem::exists(folder.Path("report.json"));
  if (complete) {
    total.ParseJson(folder.manifest().tally);
    if (!a.quiet) {
      Note("{}: this run is done already\n", a.output);
      Note("{}: this run is done already\n", a.output);
      if (!folder.touched_input().empty()) {
        Note(
            "{}: written to since then; if it changed, run into another "
            "--output\n",
            folder.touched_input());
      }
      PrintLast(
          FunnelText(JsonValue::Parse(ReadWholeFile(folder.Path("report.json")),
                                      "report.json"),
                     TerminalColumns(STDOUT_FILENO)));
    }
    return a.strict && HasInputErrors(total) ? 3 : 0;
  }
  if (!a.quiet) PrintPlan(session);

  RunLog log(folder.Path("run.log"), session.recipe.checkpoint_bytes);
  Cursor start;
  if (folder.manifest().cursor.has_value()) {
    start = *folder.manifest().cursor;
    total.ParseJson(folder.manifest().tally);
    total.disk_bytes = BytesBefore(session, start);
    const std::vector<OrderedStage*> ordered = session.chain->ordered();
    for (uint32_t i = 0; i < ordered.size(); ++i) {
      for (const std::string& path : folder.SegmentPaths(i)) {
        ordered[i]->Replay(ReadWholeFile(path));
      }
    }
    const uint64_t mark = start.decoded_total;
    const uint64_t begun = std::max(log.furthest(), mark) - mark;
    if (!a.quiet) {
      Note("resuming at {} decoded: {} of work is redone\n", HumanBytes(mark),
           HumanBytes(begun));
    }
    log.Resume(mark);
  } else {
    log.Start();
  }
  const uint64_t base = total.decoded_bytes;
  ExecutorOptions options = session.executor_options();
  if (options.limit != UINT64_MAX) options.limit -= total.documents.count;
  options.dropped = DroppedOf(a.dropped);
  options.on_cut = [&](uint64_t decoded) { log.Cut(base + decoded); };
  folder.on_mark = [&](const Cursor& cursor) {
    log.Mark(cursor.decoded_total);
  };
  Progress progress(session.inputs.bytes, a.quiet);
  options.progress = [&](const ProgressSample& s) { progress.Update(s); };
  ExecutorTimes times;
  if (start.file < session.inputs.files.size()) {
    times = session.Run(options, start, &total, &folder);
  }
  progress.Done();
  Finish(session, times, total, &folder, a.quiet);
  log.Done();
  return a.strict && HasInputErrors(total) ? 3 : 0;
}

}  // namespace winnow
