// SPDX-License-Identifier: Apache-2.0
#include "cli/read_stats.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>
#include <vector>

#include "pipeline/json_writer.h"
#include "pipeline/read/reasons.h"
#include "stats/human.h"

namespace winnow {
namespace {

using Rows = std::vector<std::pair<std::string, CountAndBytes>>;

// In the order in which one asks. The kinds that readers report.
constexpr std::pair<std::string_view, std::string_view> kSections[] = {
    {"type", "records by type"},
    {"status", "HTTP status"},
    {"mime", "media type"},
    {"charset", "charset of documents"},
    {"truncated", "cut by the crawler"},
    {"digest", "digests that match"},
};

Rows Unreadable(const Tally& t) {
  Rows rows;
  for (size_t i = 0; i < t.unreadable.size(); ++i) {
    if (t.unreadable[i].count == 0) continue;
    rows.emplace_back(
        "read." + std::string(ReadReasonName(static_cast<ReadReason>(i))),
        t.unreadable[i]);
  }
  return rows;
}

template <typename Map>
Rows CountsAlone(const Map& map) {
  Rows rows;
  for (const auto& [name, n] : map) {
    if (n != 0) rows.push_back({name, {n, 0}});
  }
  return rows;
}

void AppendRows(std::string_view title, Rows rows, std::string* out) {
  if (rows.empty()) return;
  uint64_t sum = 0;
  for (const auto& [name, n] : rows) sum += n.count;
  std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
    return a.second.count > b.second.count;
  });
  const auto to = std::back_inserter(*out);
  fmt::format_to(to, "{}\n", title);
  for (const auto& [name, n] : rows) {
    const double share = 100 * static_cast<double>(n.count) /
                         static_cast<double>(std::max<uint64_t>(sum, 1));
    fmt::format_to(to, "  {:<32} {:>12} {:>5.1f} %", name, n.count, share);
    if (n.bytes != 0) fmt::format_to(to, " {:>11}", HumanBytes(n.bytes));
    out->push_back('\n');
  }
}

}  // namespace

std::string ReadStatsTable(const Session& session, const Tally& t) {
  std::string out =
      fmt::format("{}, {} on disk, {} decoded\n{}, {}\n",
                  HumanPlural(session.inputs.files.size(), "file"),
                  HumanBytes(session.inputs.bytes), HumanBytes(t.decoded_bytes),
                  HumanPlural(t.documents.count, "document"),
                  HumanBytes(t.documents.bytes));
  for (const auto& [kind, title] : kSections) {
    const auto found = t.traits.find(kind);
    if (found != t.traits.end()) {
      AppendRows(title, CountsAlone(found->second), &out);
    }
  }
  AppendRows("records that are no documents",
             {t.non_documents.begin(), t.non_documents.end()}, &out);
  AppendRows("unreadable", Unreadable(t), &out);
  AppendRows("mended or noted", CountsAlone(t.mended), &out);
  out += fmt::format("between records {}", HumanBytes(t.framing_bytes));
  if (t.undecoded_bytes != 0) {
    out += fmt::format(", never decoded {}", HumanBytes(t.undecoded_bytes));
  }
  out.push_back('\n');
  return out;
}

std::string ReadStatsJson(const Session& session, const Tally& t) {
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
  for (const auto& [kind, title] : kSections) {
    w.Key(kind).BeginObject();
    if (const auto found = t.traits.find(kind); found != t.traits.end()) {
      for (const auto& [value, n] : found->second) {
        if (n != 0) w.Key(value).Number(n);
      }
    }
    w.EndObject();
  }
  w.Key("non_documents");
  counts(t.non_documents);
  w.Key("unreadable");
  counts(Unreadable(t));
  w.Key("mended").BeginObject();
  for (const auto& [what, n] : t.mended) w.Key(what).Number(n);
  w.EndObject();
  w.EndObject();
  out.push_back('\n');
  return out;
}

}  // namespace winnow
