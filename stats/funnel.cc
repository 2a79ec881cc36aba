// SPDX-License-Identifier: Apache-2.0
#include "stats/funnel.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "stats/human.h"

namespace winnow {
namespace {

constexpr size_t kTopReasons = 3;
constexpr size_t kTopGroups = 8;

uint64_t UintOr0(const JsonValue& v) { return v.is_null() ? 0 : v.Uint(); }

// The first vocabulary's count, or null if there is none.
const JsonValue* FirstTokens(const JsonValue& quantity) {
  const JsonValue& tokens = quantity.at("tokens");
  return tokens.size() == 0 ? nullptr : &tokens.members()[0].second;
}

std::string Pair(uint64_t in, uint64_t out) {
  if (in == out) return HumanCount(out);
  return HumanCount(in) + " > " + HumanCount(out);
}

std::string BytesPair(uint64_t in, uint64_t out) {
  if (in == out) return HumanBytes(out);
  return HumanBytes(in) + " > " + HumanBytes(out);
}

std::string TokensPair(const JsonValue& in, const JsonValue& out) {
  const JsonValue* a = FirstTokens(in);
  const JsonValue* b = FirstTokens(out);
  if (a == nullptr || a->is_null() || b->is_null()) return "-";
  return Pair(a->Uint(), b->Uint());
}

struct Timing {
  double seconds = -1;
  uint64_t bytes = 0;
};

Timing FindTiming(const JsonValue& report, const std::string& name) {
  for (const JsonValue& part : report.at("timing").at("parts").elements()) {
    if (part.at("name").String() == name) {
      return {part.at("seconds").Double(), part.at("bytes").Uint()};
    }
  }
  return {};
}

std::string Rate(const Timing& t) {
  if (t.seconds <= 0) return "-";
  return fmt::format("{:.1f}", static_cast<double>(t.bytes) / t.seconds / 1e6);
}

// "short_doc 312 (25.3 %)", largest first.
std::string TopReasons(const JsonValue& stage, uint64_t in) {
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

void AppendInput(const JsonValue& report, std::string* out) {
  const JsonValue& input = report.at("input");
  *out += fmt::format("{} files, {} on disk, {} decoded, {} documents\n",
                      input.at("files").Uint(),
                      HumanBytes(input.at("bytes").Uint()),
                      HumanBytes(input.at("decoded_bytes").Uint()),
                      HumanCount(input.at("documents").Uint()));
  for (const auto& [reason, n] : input.at("unreadable").members()) {
    if (n.at("count").is_null()) {
      *out += fmt::format("  {}: beyond --limit\n", reason);
      continue;
    }
    *out += fmt::format("  {}: {} records, {}\n", reason,
                        HumanCount(n.at("count").Uint()),
                        HumanBytes(n.at("bytes").Uint()));
  }
  for (const auto& [type, n] : input.at("non_documents").members()) {
    *out += fmt::format("  {}: {} records, {}\n", type,
                        HumanCount(n.at("count").Uint()),
                        HumanBytes(n.at("bytes").Uint()));
  }
}

void AppendStages(const JsonValue& report, std::string* out) {
  const JsonValue& stages = report.at("stages");
  const JsonValue* tokens = FirstTokens(stages.at(0).at("out"));
  const std::string vocab =
      tokens == nullptr
          ? "tokens"
          : stages.at(0).at("out").at("tokens").members()[0].first;
  *out += fmt::format(
      "\n{:<18} {:>17} {:>20} {:>19} {:>19} {:>8} {:>8} {:>7}\n", "stage",
      "documents", "bytes", "words", vocab, "kept", "seconds", "MB/s");
  for (const JsonValue& stage : stages.elements()) {
    const JsonValue& in = stage.at("in");
    const JsonValue& end = stage.at("out");
    const auto number = [](const JsonValue& q, const char* key) {
      return UintOr0(q.at(key));
    };
    const JsonValue* a = FirstTokens(in);
    const JsonValue* b = FirstTokens(end);
    const bool by_tokens = a != nullptr && !a->is_null() && !b->is_null();
    const Timing timing = FindTiming(report, stage.at("name").String());
    *out += fmt::format(
        "{:<18} {:>17} {:>20} {:>19} {:>19} {:>8} {:>8} {:>7}\n",
        stage.at("name").String(),
        Pair(number(in, "documents"), number(end, "documents")),
        BytesPair(number(in, "bytes"), number(end, "bytes")),
        Pair(number(in, "words"), number(end, "words")), TokensPair(in, end),
        by_tokens ? HumanShare(b->Uint(), a->Uint())
                  : HumanShare(number(end, "bytes"), number(in, "bytes")),
        timing.seconds < 0 ? "-" : fmt::format("{:.2f}", timing.seconds),
        Rate(timing));
    const std::string reasons = TopReasons(stage, number(in, "documents"));
    if (!reasons.empty()) *out += "    " + reasons + "\n";
  }
}

void AppendGroup(const JsonValue& report, const char* group, std::string* out) {
  const JsonValue& rows = report.at("by").at(group);
  if (rows.size() < 2) return;
  std::vector<std::pair<uint64_t, const std::pair<std::string, JsonValue>*>> by;
  for (const auto& row : rows.members()) {
    by.emplace_back(row.second.at("in").at("bytes").Uint(), &row);
  }
  std::stable_sort(by.begin(), by.end(), [](const auto& a, const auto& b) {
    return a.first > b.first;
  });
  *out += fmt::format("\n{:<18} {:>17} {:>20} {:>19} {:>19} {:>8}\n", group,
                      "documents", "bytes", "words", "tokens", "kept");
  for (size_t i = 0; i < by.size() && i < kTopGroups; ++i) {
    const auto& [name, row] = *by[i].second;
    const JsonValue& in = row.at("in");
    const JsonValue& kept = row.at("kept");
    const auto number = [](const JsonValue& q, const char* key) {
      return UintOr0(q.at(key));
    };
    *out += fmt::format(
        "{:<18} {:>17} {:>20} {:>19} {:>19} {:>8}\n", name,
        Pair(number(in, "documents"), number(kept, "documents")),
        BytesPair(number(in, "bytes"), number(kept, "bytes")),
        Pair(number(in, "words"), number(kept, "words")), TokensPair(in, kept),
        HumanShare(number(kept, "bytes"), number(in, "bytes")));
  }
  if (by.size() > kTopGroups) {
    *out += fmt::format("... and {} more\n", by.size() - kTopGroups);
  }
}

}  // namespace

std::string YieldSentence(const JsonValue& report) {
  const JsonValue& read = report.at("stages").at(0).at("out");
  const JsonValue& kept = report.at("kept");
  const JsonValue* in = FirstTokens(read);
  uint64_t all = read.at("words").Uint();
  uint64_t left = kept.at("words").Uint();
  std::string unit = "words";
  if (in != nullptr && !in->is_null()) {
    all = in->Uint();
    left = FirstTokens(kept)->Uint();
    std::string vocab = read.at("tokens").members()[0].first;
    const size_t base = vocab.rfind("_base");
    if (base != std::string::npos) vocab.resize(base);
    unit = vocab + " tokens";
  }
  return fmt::format("{} of {} {} survive ({})", HumanCount(left),
                     HumanCount(all), unit, HumanShare(left, all));
}

std::string FunnelText(const JsonValue& report) {
  std::string out;
  AppendInput(report, &out);
  AppendStages(report, &out);
  AppendGroup(report, "source", &out);
  AppendGroup(report, "language", &out);
  const JsonValue& timing = report.at("timing");
  const double wall = timing.at("wall_seconds").Double();
  const double bytes =
      static_cast<double>(report.at("input").at("decoded_bytes").Uint());
  out += fmt::format(
      "\n{} on {} threads, {:.1f} MB/s decoded, {} of memory at most\n",
      HumanSeconds(wall), timing.at("threads").Uint(),
      wall > 0 ? bytes / wall / 1e6 : 0.0,
      HumanBytes(timing.at("peak_rss_bytes").Uint()));
  out += YieldSentence(report) + "\n";
  return out;
}

}  // namespace winnow
