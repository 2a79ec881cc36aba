// SPDX-License-Identifier: Apache-2.0
#include "stats/report_rows.h"

#include <fmt/format.h>

#include <algorithm>

#include "stats/human.h"

namespace winnow {
namespace {

// Clocks and shares of cycles are too coarse below this.
constexpr double kLeastSeconds = 0.01;
constexpr size_t kPlaces = 3;

std::optional<uint64_t> Measured(const JsonValue& v) {
  if (v.is_null()) return std::nullopt;
  return v.Uint();
}

ReportAmount AmountOf(const JsonValue& quantity, const ReportUnit& unit) {
  return {quantity.at("documents").Uint(), Measured(quantity.at("bytes")),
          unit.Of(quantity)};
}

std::optional<uint64_t> Less(std::optional<uint64_t> a,
                             std::optional<uint64_t> b) {
  if (!a || !b || *b > *a) return std::nullopt;
  return *a - *b;
}

// Of documents: what never reached the language stage.
std::optional<ReportAmount> BeforeLanguage(const JsonValue& report,
                                           const ReportUnit& unit) {
  bool rewritten = false;
  const auto& stages = report.at("stages").elements();
  for (const JsonValue& stage : stages) {
    if (stage.at("name").String() == "language") {
      const ReportAmount read = AmountOf(stages[0].at("out"), unit);
      const ReportAmount in = AmountOf(stage.at("in"), unit);
      if (read.documents <= in.documents) return std::nullopt;
      ReportAmount before{read.documents - in.documents, {}, {}};
      // Behind a rewriting stage the texts are others than those read.
      if (!rewritten) {
        before.bytes = Less(read.bytes, in.bytes);
        before.unit = Less(read.unit, in.unit);
      }
      return before;
    }
    const JsonValue& r = stage.at("rewritten");
    rewritten = rewritten || r.at("removed").at("bytes").Uint() +
                                     r.at("added").at("bytes").Uint() !=
                                 0;
  }
  return std::nullopt;
}

void SplitUndetermined(const JsonValue& report, const ReportUnit& unit,
                       std::vector<GroupRow>* rows) {
  const auto und = std::find_if(rows->begin(), rows->end(),
                                [](const auto& r) { return r.name == "und"; });
  const auto before = BeforeLanguage(report, unit);
  if (und == rows->end() || !before) return;
  GroupRow row{"not determined", *before, {0, 0, 0}};
  und->in.documents -= std::min(und->in.documents, before->documents);
  und->in.bytes = Less(und->in.bytes, before->bytes);
  und->in.unit = Less(und->in.unit, before->unit);
  if (und->in.documents == 0) {
    *und = std::move(row);
  } else {
    rows->push_back(std::move(row));
  }
}

std::string Place(const JsonValue& place) {
  if (place.kind() == JsonValue::Kind::kString) return place.String();
  const JsonValue* at = place.Find("at");
  return at != nullptr ? at->String() : place.ToJson();
}

}  // namespace

std::optional<uint64_t> ReportUnit::Of(const JsonValue& quantity) const {
  return Measured(tokens ? quantity.at("tokens").at(name)
                         : quantity.at("words"));
}

ReportUnit StageUnit(const JsonValue& report) {
  ReportUnit unit = EndsUnit(report);
  for (const JsonValue& stage : report.at("stages").elements()) {
    if (!unit.Of(stage.at("in")) || !unit.Of(stage.at("out"))) {
      return {"words", "words", false};
    }
  }
  return unit;
}

ReportUnit EndsUnit(const JsonValue& report) {
  const JsonValue& tokens = report.at("kept").at("tokens");
  if (tokens.size() == 0 || tokens.members()[0].second.is_null()) {
    return {"words", "words", false};
  }
  return {tokens.members()[0].first, "tokens", true};
}

std::vector<GroupRow> GroupRows(const JsonValue& report,
                                const std::string& group,
                                const ReportUnit& unit) {
  std::vector<GroupRow> rows;
  for (const auto& [name, row] : report.at("by").at(group).members()) {
    rows.push_back(
        {name, AmountOf(row.at("in"), unit), AmountOf(row.at("kept"), unit)});
  }
  if (group == "language") SplitUndetermined(report, unit, &rows);
  std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
    return a.in.bytes.value_or(0) > b.in.bytes.value_or(0);
  });
  return rows;
}

std::string RewrittenText(const JsonValue& stage, const ReportUnit& unit) {
  std::string out;
  for (const char* what : {"removed", "added"}) {
    const JsonValue& q = stage.at("rewritten").at(what);
    const uint64_t bytes = q.at("bytes").Uint();
    if (bytes == 0) continue;
    out += fmt::format("{}{} {}, {} words", out.empty() ? "" : "; ", what,
                       HumanBytes(bytes), HumanCount(q.at("words").Uint()));
    const auto n = unit.Of(q);
    if (unit.tokens && n) {
      out += fmt::format(", {} {}", HumanCount(*n), unit.name);
    }
  }
  return out;
}

StageCost CostOf(const JsonValue& report, const std::string& part) {
  for (const JsonValue& row : report.at("timing").at("parts").elements()) {
    if (row.at("name").String() != part) continue;
    const double seconds = row.at("seconds").Double();
    StageCost cost{fmt::format("{:.2f}", seconds), "-"};
    if (seconds >= kLeastSeconds) {
      cost.rate =
          fmt::format("{:.1f}", static_cast<double>(row.at("bytes").Uint()) /
                                    seconds / 1e6);
    }
    return cost;
  }
  return {};
}

std::string FirstPlaces(const JsonValue& reason) {
  const JsonValue* first = reason.Find("first");
  if (first == nullptr || first->kind() != JsonValue::Kind::kArray) return "";
  std::string out;
  for (size_t i = 0; i < first->size() && i < kPlaces; ++i) {
    out += (i == 0 ? "" : ", ") + Place(first->at(i));
  }
  return out;
}

}  // namespace winnow
