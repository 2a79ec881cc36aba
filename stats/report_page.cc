// SPDX-License-Identifier: Apache-2.0
#include "stats/report_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "stats/funnel.h"
#include "stats/human.h"

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

// What the bars measure: the first vocabulary's tokens, or words.
uint64_t Weight(const JsonValue& quantity) {
  const JsonValue& tokens = quantity.at("tokens");
  if (tokens.size() > 0 && !tokens.members()[0].second.is_null()) {
    return tokens.members()[0].second.Uint();
  }
  return quantity.at("words").Uint();
}

void AppendFunnel(const JsonValue& report, std::string* out) {
  const JsonValue& stages = report.at("stages");
  const uint64_t all = Weight(stages.at(0).at("out"));
  *out += "<h2>Funnel</h2>\n";
  for (const JsonValue& stage : stages.elements()) {
    const uint64_t left = Weight(stage.at("out"));
    const uint64_t in = Weight(stage.at("in"));
    const double share =
        all == 0 ? 0.0
                 : 100.0 * static_cast<double>(left) / static_cast<double>(all);
    *out += fmt::format(
        "<div class=\"step\"><div class=\"name\"><span>{}</span><span>{} left, "
        "{} of what came in</span></div><div class=\"track\" role=\"img\" "
        "aria-label=\"{:.1f} percent of what was read\"><div class=\"fill\" "
        "style=\"width:{:.2f}%\"></div></div></div>\n",
        Escape(stage.at("name").String()), HumanCount(left),
        HumanShare(left, in), share, share);
  }
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
  *out +=
      "<h2>Why documents were dropped</h2>\n<div class=\"scroll\"><table>"
      "<tr><th>reason</th><th>documents</th><th>bytes</th><th>words</th>"
      "<th>tokens or words</th></tr>\n";
  for (const auto& [n, row] : rows) {
    *out += fmt::format(
        "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
        Escape(row.first), n, HumanBytes(row.second->at("bytes").Uint()),
        HumanCount(row.second->at("words").Uint()),
        HumanCount(Weight(*row.second)));
  }
  *out += "</table></div>\n";
}

void AppendGroup(const JsonValue& report, const char* group,
                 std::string_view title, std::string* out) {
  *out += fmt::format(
      "<h2>{}</h2>\n<div class=\"scroll\"><table><tr><th>{}</th><th>documents"
      "</th><th>kept</th><th>bytes</th><th>kept</th><th>share</th></tr>\n",
      title, group);
  for (const auto& [name, row] : report.at("by").at(group).members()) {
    const JsonValue& in = row.at("in");
    const JsonValue& kept = row.at("kept");
    *out += fmt::format(
        "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}"
        "</td></tr>\n",
        Escape(name), in.at("documents").Uint(), kept.at("documents").Uint(),
        HumanBytes(in.at("bytes").Uint()), HumanBytes(kept.at("bytes").Uint()),
        HumanShare(kept.at("bytes").Uint(), in.at("bytes").Uint()));
  }
  *out += "</table></div>\n";
}

std::string Cell(const JsonValue& number) {
  return number.is_null() ? "not measured" : std::to_string(number.Uint());
}

void AppendInput(const JsonValue& report, std::string* out) {
  const JsonValue& input = report.at("input");
  if (input.at("unreadable").size() + input.at("non_documents").size() == 0) {
    return;
  }
  *out +=
      "<h2>Input that became no document</h2>\n<div class=\"scroll\"><table>"
      "<tr><th>what</th><th>records</th><th>bytes</th></tr>\n";
  for (const char* member : {"unreadable", "non_documents"}) {
    for (const auto& [name, n] : input.at(member).members()) {
      *out +=
          fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td></tr>\n",
                      Escape(name), Cell(n.at("count")), Cell(n.at("bytes")));
    }
  }
  *out += "</table></div>\n";
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
      "<p class=\"soft\">{4} files, {5} on disk, {6} decoded, {7} documents</p>"
      "\n",
      Escape(sentence), kStyle, Escape(report.at("winnow").String()),
      Escape(recipe.at("name").String()), input.at("files").Uint(),
      HumanBytes(input.at("bytes").Uint()),
      HumanBytes(input.at("decoded_bytes").Uint()),
      input.at("documents").Uint());
  AppendFunnel(report, &out);
  AppendReasons(report, &out);
  AppendInput(report, &out);
  AppendGroup(report, "source", "Sources", &out);
  AppendGroup(report, "language", "Languages", &out);
  out += fmt::format(
      "<h2>Recipe</h2>\n<pre tabindex=\"0\">{}</pre>\n</main>\n</body>\n"
      "</html>\n",
      Escape(recipe.at("resolved").String()));
  return out;
}

}  // namespace winnow
