// SPDX-License-Identifier: Apache-2.0
#include "cli/explanation.h"

#include <fmt/format.h>

#include "pipeline/json_writer.h"

namespace winnow {
namespace {

using Kind = ExplainedRow::Kind;

void WriteMeasured(const Measured& m, JsonWriter* w) {
  if (const auto* number = std::get_if<double>(&m)) {
    w->Number(*number);
  } else {
    w->String(std::get<std::string>(m));
  }
}

std::string Shown(const Measured& m) {
  if (const auto* number = std::get_if<double>(&m)) {
    return fmt::format("{:.6g}", *number);
  }
  return std::get<std::string>(m);
}

void WriteRow(const ExplainedRow& row, JsonWriter* w) {
  w->BeginObject();
  w->Key("stage").String(row.stage);
  switch (row.kind) {
    case Kind::kRule:
      w->Key("rule").String(row.name);
      w->Key("value");
      WriteMeasured(row.value, w);
      w->Key("drop_if").String(row.drop_if);
      w->Key("threshold");
      WriteMeasured(row.threshold, w);
      w->Key("holds").Bool(row.holds);
      w->Key("fired").Bool(row.fired);
      break;
    case Kind::kNote:
      w->Key(row.name).String(std::get<std::string>(row.value));
      break;
    case Kind::kDuplicate:
      w->Key("duplicate_of").String(std::get<std::string>(row.value));
      w->Key("similarity").Raw(std::get<std::string>(row.threshold));
      break;
  }
  w->EndObject();
}

std::string RowText(const ExplainedRow& row) {
  switch (row.kind) {
    case Kind::kRule:
      return fmt::format("{:<26} {} {} {}{}", row.name, Shown(row.value),
                         row.drop_if, Shown(row.threshold),
                         row.fired   ? "   <- dropped by this rule"
                         : row.holds ? "   (holds too)"
                                     : ": no");
    case Kind::kNote:
      return fmt::format("{}: {}", row.name, Shown(row.value));
    case Kind::kDuplicate:
      return fmt::format("duplicate of {}, similarity {}", Shown(row.value),
                         Shown(row.threshold));
  }
  return "";
}

}  // namespace

void Explanation::MarkDecisive(std::string_view stage, std::string_view code) {
  ExplainedRow* first = nullptr;
  for (ExplainedRow& row : rows) {
    if (row.stage != stage || row.kind != Kind::kRule || !row.holds) continue;
    if (row.name == code) {
      row.fired = true;
      return;
    }
    if (first == nullptr) first = &row;
  }
  if (first != nullptr) first->fired = true;
}

std::string Explanation::ToJson() const {
  std::string out;
  JsonWriter w(&out);
  w.BeginObject();
  w.Key("id").String(id);
  w.Key("winnow_id").String(identity);
  w.Key("bytes").Number(bytes).Key("words").Number(words);
  w.Key("rules").BeginArray();
  for (const ExplainedRow& row : rows) WriteRow(row, &w);
  w.EndArray();
  w.Key("kept");
  if (not_read.empty()) {
    w.Bool(reason.empty());
  } else {
    w.Null();
  }
  if (!language.empty()) w.Key("language").String(language);
  w.Key("reason");
  if (reason.empty()) {
    w.Null();
  } else {
    w.String(reason);
  }
  if (!not_read.empty()) w.Key("not_read").String(not_read);
  w.EndObject();
  out += '\n';
  return out;
}

std::string Explanation::ToText() const {
  std::string out = identity;
  if (id != identity) out += " (" + id + ")";
  out += fmt::format(", {} bytes, {} words: ", bytes, words);
  if (!not_read.empty()) {
    out += "not read: " + not_read + "\n";
  } else {
    out += reason.empty() ? "kept\n" : "dropped: " + reason + "\n";
  }
  std::string_view stage;
  for (const ExplainedRow& row : rows) {
    out += fmt::format("  {:<18} {}\n", row.stage == stage ? "" : row.stage,
                       RowText(row));
    stage = row.stage;
  }
  return out;
}

void ExplanationRows::Rule(std::string_view rule, double value,
                           std::string_view op, double threshold, bool fired) {
  rows_->push_back({Kind::kRule, stage_, std::string(rule), value,
                    std::string(op), threshold, fired, false});
}

void ExplanationRows::Choice(std::string_view rule, std::string_view value,
                             std::string_view op, std::string_view threshold,
                             bool fired) {
  rows_->push_back({Kind::kRule, stage_, std::string(rule), std::string(value),
                    std::string(op), std::string(threshold), fired, false});
}

void ExplanationRows::Note(std::string_view key, std::string_view value) {
  rows_->push_back({Kind::kNote, stage_, std::string(key), std::string(value),
                    "", 0.0, false, false});
}

}  // namespace winnow
