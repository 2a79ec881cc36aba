// SPDX-License-Identifier: Apache-2.0
#include "stats/funnel.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "stats/human.h"
#include "stats/report_rows.h"
#include "stats/text_table.h"

namespace winnow {
namespace {

constexpr size_t kTopReasons = 3;
constexpr size_t kTopGroups = 8;

// When a narrow terminal leaves a column out: the highest first.
enum Rank { kAlways, kSeconds, kBytes, kRate, kWords };

std::string CountOr(std::optional<uint64_t> n) {
  return n ? HumanCount(*n) : "-";
}
std::string ShareOr(std::optional<uint64_t> part,
                    std::optional<uint64_t> whole) {
  return part && whole ? HumanShare(*part, *whole) : "-";
}

// "short_doc 312 (25.3 %)", largest first; shares of the stage's documents.
std::string TopReasons(const JsonValue& stage) {
  const uint64_t in = stage.at("in").at("documents").Uint();
  std::vector<std::pair<uint64_t, std::string>> reasons;
  for (const auto& [name, q] : stage.at("reasons").members()) {
    const size_t dot = name.find('.');
    reasons.emplace_back(q.at("documents").Uint(), dot == std::string::npos
                                                       ? name
                                                       : name.substr(dot + 1));
  }
  std::stable_sort(
      reasons.begin(), reasons.end(),
      [](const auto& a, const auto& b) { return a.first > b.first; });
  std::string out;
  for (size_t i = 0; i < reasons.size() && i < kTopReasons; ++i) {
    out += fmt::format("{}{} {} ({})", i == 0 ? "" : ", ", reasons[i].second,
                       HumanCount(reasons[i].first),
                       HumanShare(reasons[i].first, in));
  }
  if (reasons.size() > kTopReasons) {
    out += fmt::format(", {} more", reasons.size() - kTopReasons);
  }
  return out;
}

void AppendCounted(const std::string& what, const JsonValue& n, size_t width,
                   std::string* out) {
  if (n.at("count").is_null()) {
    *out += fmt::format("  {}: beyond --limit\n", what);
    return;
  }
  *out += fmt::format("  {}: {}, {}\n", what,
                      HumanPlural(n.at("count").Uint(), "record"),
                      HumanBytes(n.at("bytes").Uint()));
  const std::string places = FirstPlaces(n);
  if (!places.empty()) *out += Wrapped("first: " + places, 4, width);
}

void AppendInput(const JsonValue& report, size_t width, std::string* out) {
  const JsonValue& input = report.at("input");
  *out += Wrapped(
      fmt::format("{}, {} on disk, {} decoded, {}",
                  HumanPlural(input.at("files").Uint(), "file"),
                  HumanBytes(input.at("bytes").Uint()),
                  HumanBytes(input.at("decoded_bytes").Uint()),
                  HumanPlural(input.at("documents").Uint(), "document")),
      0, width);
  for (const char* member : {"unreadable", "non_documents"}) {
    for (const auto& [what, n] : input.at(member).members()) {
      AppendCounted(what, n, width, out);
    }
  }
}

void AppendStages(const JsonValue& report, size_t width, std::string* out) {
  const ReportUnit unit = StageUnit(report);
  TextTable table;
  table.AddColumn("stage", kAlways);
  table.AddColumn("documents", kAlways);
  table.AddColumn("docs kept", kAlways);
  table.AddColumn("bytes", kBytes);
  if (unit.tokens) table.AddColumn("words", kWords);
  table.AddColumn(unit.name, kAlways);
  table.AddColumn(unit.noun + " kept", kAlways);
  table.AddColumn("seconds", kSeconds);
  table.AddColumn("MB/s", kRate);
  for (const JsonValue& stage : report.at("stages").elements()) {
    const JsonValue& in = stage.at("in");
    const JsonValue& end = stage.at("out");
    const std::string& name = stage.at("name").String();
    const StageCost cost = CostOf(report, name);
    std::vector<std::string> cells = {
        name, HumanCount(end.at("documents").Uint()),
        HumanShare(end.at("documents").Uint(), in.at("documents").Uint()),
        HumanBytes(end.at("bytes").Uint())};
    if (unit.tokens) cells.push_back(HumanCount(end.at("words").Uint()));
    cells.push_back(CountOr(unit.Of(end)));
    cells.push_back(ShareOr(unit.Of(end), unit.Of(in)));
    cells.push_back(cost.seconds);
    cells.push_back(cost.rate);
    table.AddRow(std::move(cells));
    const std::string reasons = TopReasons(stage);
    if (!reasons.empty()) table.AddDetail("dropped " + reasons);
    const std::string rewritten = RewrittenText(stage, unit);
    if (!rewritten.empty()) table.AddDetail("rewrote: " + rewritten);
  }
  *out += "\n" + table.Render(width);
}

void AppendGroup(const JsonValue& report, const char* group, size_t width,
                 std::string* out) {
  const ReportUnit unit = EndsUnit(report);
  const std::vector<GroupRow> rows = GroupRows(report, group, unit);
  if (rows.size() < 2) return;
  TextTable table;
  table.AddColumn(group, kAlways);
  table.AddColumn("documents", kAlways);
  table.AddColumn("kept", kSeconds);
  table.AddColumn("docs kept", kAlways);
  table.AddColumn(unit.name, kAlways);
  table.AddColumn("kept", kSeconds);
  table.AddColumn(unit.noun + " kept", kAlways);
  for (size_t i = 0; i < rows.size() && i < kTopGroups; ++i) {
    const GroupRow& row = rows[i];
    table.AddRow(
        {row.name, HumanCount(row.in.documents), HumanCount(row.kept.documents),
         HumanShare(row.kept.documents, row.in.documents), CountOr(row.in.unit),
         CountOr(row.kept.unit), ShareOr(row.kept.unit, row.in.unit)});
  }
  *out += "\n" + table.Render(width);
  if (rows.size() > kTopGroups) {
    *out += fmt::format("... and {} more\n", rows.size() - kTopGroups);
  }
}

// "o200k" of "o200k_base".
std::string ShortName(std::string vocabulary) {
  const size_t base = vocabulary.rfind("_base");
  if (base != std::string::npos) vocabulary.resize(base);
  return vocabulary;
}

std::string Yield(uint64_t left, uint64_t all, const std::string& unit) {
  return fmt::format("{} of {} {} survive ({})", HumanCount(left),
                     HumanCount(all), unit, HumanShare(left, all));
}

// Every vocabulary but the first, which has the last word.
void AppendVocabularies(const JsonValue& report, std::string* out) {
  const JsonValue& read = report.at("stages").at(0).at("out").at("tokens");
  const JsonValue& kept = report.at("kept").at("tokens");
  for (size_t v = 1; v < kept.size(); ++v) {
    const auto& [name, left] = kept.members()[v];
    const JsonValue& all = read.at(name);
    if (left.is_null() || all.is_null()) continue;
    *out += Yield(left.Uint(), all.Uint(), ShortName(name) + " tokens") + "\n";
  }
}

}  // namespace

std::string YieldSentence(const JsonValue& report) {
  const JsonValue& read = report.at("stages").at(0).at("out");
  const JsonValue& kept = report.at("kept");
  const ReportUnit unit = EndsUnit(report);
  return Yield(unit.Of(kept).value_or(0), unit.Of(read).value_or(0),
               unit.tokens ? ShortName(unit.name) + " tokens" : "words");
}

std::string FunnelText(const JsonValue& report, size_t width) {
  std::string out;
  AppendInput(report, width, &out);
  AppendStages(report, width, &out);
  AppendGroup(report, "source", width, &out);
  AppendGroup(report, "language", width, &out);
  const JsonValue& timing = report.at("timing");
  const double wall = timing.at("wall_seconds").Double();
  const double bytes =
      static_cast<double>(report.at("input").at("decoded_bytes").Uint());
  out +=
      "\n" +
      Wrapped(fmt::format("{} on {}, {:.1f} MB/s decoded, {} of memory at most",
                          HumanSeconds(wall),
                          HumanPlural(timing.at("threads").Uint(), "thread"),
                          wall > 0 ? bytes / wall / 1e6 : 0.0,
                          HumanBytes(timing.at("peak_rss_bytes").Uint())),
              0, width);
  AppendVocabularies(report, &out);
  out += YieldSentence(report) + "\n";
  return out;
}

}  // namespace winnow
