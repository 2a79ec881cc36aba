// SPDX-License-Identifier: Apache-2.0
// `winnow read`: dumps to JSONL documents on stdout, nothing judged.
#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/recipes.h"
#include "cli/registry.h"
#include "cli/session.h"
#include "cli/signals.h"
#include "cli/stream_sink.h"
#include "pipeline/json_writer.h"
#include "stats/human.h"

namespace winnow {
namespace {

// Reads, and nothing else.
constexpr std::string_view kReadRecipe =
    "version: 1\ntokens: {vocab: []}\nwrite: {compression: none}\n";

void PrintCounts(
    const char* title,
    const std::vector<std::pair<std::string, CountAndBytes>>& rows) {
  if (rows.empty()) return;
  Print("{}\n", title);
  for (const auto& [name, n] : rows) {
    Print("  {:<32} {:>12} {:>14}\n", name, n.count,
          n.bytes == 0 ? "" : HumanBytes(n.bytes));
  }
}

std::vector<std::pair<std::string, CountAndBytes>> Unreadable(const Tally& t) {
  std::vector<std::pair<std::string, CountAndBytes>> rows;
  for (size_t i = 0; i < t.unreadable.size(); ++i) {
    if (t.unreadable[i].count == 0) continue;
    rows.emplace_back(
        "read." + std::string(ReadReasonName(static_cast<ReadReason>(i))),
        t.unreadable[i]);
  }
  return rows;
}

void PrintStats(const Session& session, const Tally& t) {
  Print("{}, {} on disk, {} decoded\n",
        HumanPlural(session.inputs.files.size(), "file"),
        HumanBytes(session.inputs.bytes), HumanBytes(t.decoded_bytes));
  PrintCounts("documents", {{"read", t.documents}});
  std::vector<std::pair<std::string, CountAndBytes>> others(
      t.non_documents.begin(), t.non_documents.end());
  PrintCounts("records that are no documents", others);
  PrintCounts("unreadable", Unreadable(t));
  std::vector<std::pair<std::string, CountAndBytes>> mended;
  for (const auto& [what, n] : t.mended) mended.push_back({what, {n, 0}});
  PrintCounts("mended", mended);
  PrintCounts("framing", {{"bytes between records", {0, t.framing_bytes}}});
}

void PrintJson(const Session& session, const Tally& t) {
  std::string out;
  JsonWriter w(&out, true);
  const auto counts = [&](const auto& rows) {
    w.BeginObject();
    for (const auto& [name, n] : rows) {
      w.Key(name).BeginObject().Key("count").Number(n.count);
      w.Key("bytes").Number(n.bytes).EndObject();
    }
    w.EndObject();
  };
  w.BeginObject();
  w.Key("files").Number(static_cast<uint64_t>(session.inputs.files.size()));
  w.Key("bytes").Number(session.inputs.bytes);
  w.Key("decoded_bytes").Number(t.decoded_bytes);
  w.Key("documents").Number(t.documents.count);
  w.Key("document_bytes").Number(t.documents.bytes);
  w.Key("framing_bytes").Number(t.framing_bytes);
  w.Key("undecoded_bytes").Number(t.undecoded_bytes);
  w.Key("non_documents");
  counts(t.non_documents);
  w.Key("unreadable");
  counts(Unreadable(t));
  w.Key("mended").BeginObject();
  for (const auto& [what, n] : t.mended) w.Key(what).Number(n);
  w.EndObject();
  w.EndObject();
  Print("{}\n", out);
}

}  // namespace

int ReadCommand(const ReadArguments& a) {
  InterruptFlag();
  Session session(ParseRecipe(kReadRecipe, "read", AllStages()),
                  BuildInputList(a.inputs), a.threads, 0, a.limit);
  ExecutorOptions options = session.executor_options();
  options.frame_bytes = uint64_t{1} << 20;
  StreamSink sink(a.stats);
  Tally total(&session.layout);
  session.Run(options, {}, &total, &sink);
  CheckLedger(total, session.Header().tokens_at_ends);
  if (a.stats) {
    if (a.json) {
      PrintJson(session, total);
    } else {
      PrintStats(session, total);
    }
  }
  return 0;
}

}  // namespace winnow
