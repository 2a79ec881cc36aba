// SPDX-License-Identifier: Apache-2.0
#include "stats/report_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "stats/funnel.h"
#include "stats/human.h"
#include "stats/report_rows.h"

namespace winnow {
namespace {

constexpr std::string_view kStyle = R"css(
:root{color-scheme:light dark;--ink:#1d2430;--soft:#5b6675;--line:#d8dee6;
--paper:#fbfbf9;--bar:#2f6f4f;--cut:#c9d6cf}
@media (prefers-color-scheme:dark){:root{--ink:#e6e9ee;--soft:#9aa5b4;
--line:#333c48;--paper:#14181e;--bar:#6cc08f;--cut:#2b3a33}}
body{margin:0 auto;max-width:62rem;padding:2rem 1rem 4rem;background:var(--paper);
color:var(--ink);font:16px/1.5 system-ui,"Noto Sans KR",sans-serif}
h1{font-size:1.7rem;line-height:1.25;margin:.2rem 0 .6rem}
h2{font-size:1.1rem;margin:2.2rem 0 .6rem}
p.soft,td.soft,caption{color:var(--soft)}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{padding:.3rem .5rem;text-align:right;border-bottom:1px solid var(--line);
white-space:nowrap}
th:first-child,td:first-child{text-align:left}
.step{margin:.5rem 0}
.step .name{display:flex;justify-content:space-between;gap:1rem}
.track{height:1.1rem;background:var(--cut);border-radius:3px;overflow:hidden}
.fill{height:100%;background:var(--bar)}
pre{overflow-x:auto;padding:.8rem;border:1px solid var(--line);border-radius:4px;
font-size:.85rem}
)css";

std::string Escape(std::string_view s) {
  std::string out;
  for (const char c : s) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

// A row of cells; the first is text, the rest numbers.
void AppendRow(const char* tag, const std::vector<std::string>& cells,
               std::string* out) {
  *out += "<tr>";
  for (const std::string& cell : cells) {
    *out += fmt::format("<{0}>{1}</{0}>", tag, Escape(cell));
  }
  *out += "</tr>\n";
}

void OpenTable(const std::string& title, const std::vector<std::string>& heads,
               std::string* out) {
  *out += "<h2>" + Escape(title) + "</h2>\n<div class=\"scroll\"><table>";
  AppendRow("th", heads, out);
}

constexpr std::string_view kCloseTable = "</table></div>\n";

std::string CountOr(std::optional<uint64_t> n) {
  return n ? HumanCount(*n) : "-";
}

void AppendFunnel(const JsonValue& report, std::string* out) {
  const ReportUnit unit = StageUnit(report);
  const JsonValue& stages = report.at("stages");
  const uint64_t all = unit.Of(stages.at(0).at("out")).value_or(0);
  *out += fmt::format("<h2>Funnel, in {}</h2>\n",
                      Escape(unit.tokens ? unit.name + " tokens" : "words"));
  for (const JsonValue& stage : stages.elements()) {
    const uint64_t left = unit.Of(stage.at("out")).value_or(0);
    const uint64_t in = unit.Of(stage.at("in")).value_or(0);
    const double share =
        all == 0 ? 0.0
                 : 100.0 * static_cast<double>(left) / static_cast<double>(all);
    *out += fmt::format(
        "<div class=\"step\"><div class=\"name\"><span>{}</span><span>{} left, "
        "{} of what came in</span></div><div class=\"track\" role=\"img\" "
        "aria-label=\"{:.1f} percent of what was read\"><div class=\"fill\" "
        "style=\"width:{:.2f}%\"></div></div>",
        Escape(stage.at("name").String()), HumanCount(left),
        HumanShare(left, in), share, share);
    const std::string rewritten = RewrittenText(stage, unit);
    if (!rewritten.empty()) {
      *out +=
          fmt::format("<p class=\"soft\">rewrote: {}</p>", Escape(rewritten));
    }
    *out += "</div>\n";
  }
}

// What is left behind each stage, in every unit, and what the stage cost.
void AppendStages(const JsonValue& report, std::string* out) {
  std::vector<std::string> heads = {"left behind", "documents", "bytes",
                                    "words"};
  const JsonValue& kept = report.at("kept").at("tokens");
  for (const auto& [name, n] : kept.members()) heads.push_back(name);
  heads.insert(heads.end(), {"seconds", "MB/s"});
  OpenTable("Stages", heads, out);
  const auto row = [&](const std::string& name, const JsonValue& q,
                       const StageCost& cost) {
    std::vector<std::string> cells = {
        name, std::to_string(q.at("documents").Uint()),
        HumanBytes(q.at("bytes").Uint()), HumanCount(q.at("words").Uint())};
    for (const auto& [vocabulary, n] : kept.members()) {
      const JsonValue& tokens = q.at("tokens").at(vocabulary);
      cells.push_back(tokens.is_null() ? "-" : HumanCount(tokens.Uint()));
    }
    cells.push_back(cost.seconds);
    cells.push_back(cost.rate);
    AppendRow("td", cells, out);
  };
  for (const JsonValue& stage : report.at("stages").elements()) {
    const std::string& name = stage.at("name").String();
    row(name, stage.at("out"), CostOf(report, name));
  }
  row("kept", report.at("kept"), {});
  *out += kCloseTable;
}

void AppendTiming(const JsonValue& report, std::string* out) {
  const JsonValue& timing = report.at("timing");
  const double wall = timing.at("wall_seconds").Double();
  const auto bytes =
      static_cast<double>(report.at("input").at("decoded_bytes").Uint());
  OpenTable("Time", {"part", "seconds, all threads", "MB/s"}, out);
  for (const JsonValue& part : timing.at("parts").elements()) {
    const std::string& name = part.at("name").String();
    const StageCost cost = CostOf(report, name);
    AppendRow("td", {name, cost.seconds, cost.rate}, out);
  }
  *out += kCloseTable;
  *out += fmt::format(
      "<p class=\"soft\">{} on {}, {:.1f} MB/s decoded, {} of memory at "
      "most</p>\n",
      HumanSeconds(wall), HumanPlural(timing.at("threads").Uint(), "thread"),
      wall > 0 ? bytes / wall / 1e6 : 0.0,
      HumanBytes(timing.at("peak_rss_bytes").Uint()));
}

void AppendReasons(const JsonValue& report, std::string* out) {
  std::vector<std::pair<uint64_t, std::pair<std::string, const JsonValue*>>>
      rows;
  for (const JsonValue& stage : report.at("stages").elements()) {
    for (const auto& [name, q] : stage.at("reasons").members()) {
      rows.push_back({q.at("documents").Uint(), {name, &q}});
    }
  }
  if (rows.empty()) return;
  std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
    return a.first > b.first;
  });
  const ReportUnit unit = StageUnit(report);
  std::vector<std::string> heads = {"reason", "documents", "bytes", "words"};
  if (unit.tokens) heads.push_back(unit.name);
  OpenTable("Why documents were dropped", heads, out);
  for (const auto& [n, row] : rows) {
    std::vector<std::string> cells = {
        row.first, std::to_string(n),
        HumanBytes(row.second->at("bytes").Uint()),
        HumanCount(row.second->at("words").Uint())};
    if (unit.tokens) cells.push_back(CountOr(unit.Of(*row.second)));
    AppendRow("td", cells, out);
  }
  *out += kCloseTable;
}

void AppendGroup(const JsonValue& report, const char* group,
                 std::string_view title, std::string* out) {
  const ReportUnit unit = EndsUnit(report);
  OpenTable(std::string(title),
            {group, "documents", "kept", "docs kept", unit.name, "kept",
             unit.noun + " kept"},
            out);
  for (const GroupRow& row : GroupRows(report, group, unit)) {
    AppendRow(
        "td",
        {row.name, std::to_string(row.in.documents),
         std::to_string(row.kept.documents),
         HumanShare(row.kept.documents, row.in.documents), CountOr(row.in.unit),
         CountOr(row.kept.unit),
         row.in.unit && row.kept.unit ? HumanShare(*row.kept.unit, *row.in.unit)
                                      : "-"},
        out);
  }
  *out += kCloseTable;
}

std::string Cell(const JsonValue& number) {
  return number.is_null() ? "not measured" : std::to_string(number.Uint());
}

void AppendInput(const JsonValue& report, std::string* out) {
  const JsonValue& input = report.at("input");
  if (input.at("unreadable").size() + input.at("non_documents").size() == 0) {
    return;
  }
  OpenTable("Input that became no document",
            {"what", "records", "bytes", "first"}, out);
  for (const char* member : {"unreadable", "non_documents"}) {
    for (const auto& [name, n] : input.at(member).members()) {
      AppendRow(
          "td",
          {name, Cell(n.at("count")), Cell(n.at("bytes")), FirstPlaces(n)},
          out);
    }
  }
  *out += kCloseTable;
}

}  // namespace

std::string ReportPage(const JsonValue& report) {
  const JsonValue& recipe = report.at("recipe");
  const JsonValue& input = report.at("input");
  const std::string sentence = YieldSentence(report);
  std::string out = fmt::format(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width\">\n"
      "<title>{0}</title>\n<style>{1}</style>\n</head>\n<body>\n<main>\n"
      "<p class=\"soft\">winnow {2}, recipe {3}</p>\n<h1>{0}</h1>\n"
      "<p class=\"soft\">{4}, {5} on disk, {6} decoded, {7}</p>"
      "\n",
      Escape(sentence), kStyle, Escape(report.at("winnow").String()),
      Escape(recipe.at("name").String()),
      HumanPlural(input.at("files").Uint(), "file"),
      HumanBytes(input.at("bytes").Uint()),
      HumanBytes(input.at("decoded_bytes").Uint()),
      HumanPlural(input.at("documents").Uint(), "document"));
  AppendFunnel(report, &out);
  AppendStages(report, &out);
  AppendReasons(report, &out);
  AppendInput(report, &out);
  AppendGroup(report, "source", "Sources", &out);
  AppendGroup(report, "language", "Languages", &out);
  AppendTiming(report, &out);
  out += fmt::format(
      "<h2>Recipe</h2>\n<pre tabindex=\"0\">{}</pre>\n</main>\n</body>\n"
      "</html>\n",
      Escape(recipe.at("resolved").String()));
  return out;
}

}  // namespace winnow
