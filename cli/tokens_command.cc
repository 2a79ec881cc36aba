// SPDX-License-Identifier: Apache-2.0
// `winnow tokens`: exact counts of files as raw text, no format and no codec.
#include <fmt/format.h>

#include <iostream>
#include <iterator>

#include "cli/commands.h"
#include "cli/data_dir.h"
#include "cli/output.h"
#include "pipeline/json_writer.h"
#include "pipeline/read/input_list.h"
#include "pipeline/text/analysis.h"
#include "pipeline/text/utf8.h"
#include "pipeline/write/durable_file.h"
#include "stats/token_meters.h"

namespace winnow {
namespace {

struct Counts {
  uint64_t bytes = 0;
  uint64_t chars = 0;
  uint64_t words = 0;
  std::vector<uint64_t> tokens;
};

void PrintJson(const std::string& path, const Counts& c,
               const std::vector<std::string>& names) {
  std::string out;
  JsonWriter w(&out);
  w.BeginObject();
  w.Key("path").String(path);
  w.Key("bytes").Number(c.bytes);
  w.Key("chars").Number(c.chars);
  w.Key("words").Number(c.words);
  w.Key("tokens").BeginObject();
  for (size_t v = 0; v < names.size(); ++v) w.Key(names[v]).Number(c.tokens[v]);
  w.EndObject();
  w.EndObject();
  Print("{}\n", out);
}

void PrintRow(const std::string& path, const Counts& c) {
  Print("{:>14} {:>14} {:>12}", c.bytes, c.chars, c.words);
  for (const uint64_t n : c.tokens) Print(" {:>14}", n);
  Print("  {}\n", path);
}

void PrintHead(const std::vector<std::string>& names) {
  Print("{:>14} {:>14} {:>12}", "bytes", "chars", "words");
  for (const std::string& name : names) Print(" {:>14}", name);
  Print("  path\n");
}

// What a file is that has no text to count, by its first bytes; null: text.
const char* NotText(std::string_view data) {
  if (data.starts_with("\x1f\x8b")) return "gzip";
  if (data.starts_with("\x28\xb5\x2f\xfd")) return "zstd";
  if (data.starts_with("PAR1")) return "Parquet";
  if (data.starts_with("BZh")) return "bzip2";
  if (data.starts_with("\xfd"
                       "7zXZ"))
    return "xz";
  constexpr size_t kLook = 8192;
  if (data.substr(0, kLook).find('\0') != std::string_view::npos) {
    return "binary data";
  }
  return nullptr;
}

}  // namespace

int TokensCommand(const TokensArguments& a) {
  std::vector<std::string> names = a.vocabularies;
  if (names.empty()) names = {"o200k_base", "cl100k_base"};
  const auto tokenizers = LoadTokenizers(names, DataDir());
  const auto meter = tokenizers->NewMeter(uint64_t{64} << 20);
  const Analyzer analyzer(AnalysisNeeds::None());
  // Every path is looked up before anything is printed.
  std::vector<SourceFile> inputs;
  for (const std::string& path : a.paths) {
    if (path == "-") {
      inputs.emplace_back();
      continue;
    }
    for (SourceFile& file : BuildInputList({path}).files) {
      inputs.push_back(std::move(file));
    }
  }
  bool refused = false;
  if (!a.json) PrintHead(names);
  Counts total;
  total.tokens.resize(names.size());
  size_t files = 0;
  const auto count = [&](const std::string& shown, std::string text) {
    if (const char* kind = NotText(text); kind != nullptr) {
      Note(
          "winnow: {}: {}, not text: not counted: use `winnow read` or "
          "`winnow run`, which unpack it\n",
          shown, kind);
      refused = true;
      return;
    }
    if (!IsValidUtf8(text)) {
      // Counted as if every ill-formed part were U+FFFD, as other tools do.
      std::string repaired;
      uint64_t replaced = 0;
      RepairUtf8(text, &repaired, &replaced);
      Note(
          "winnow: {}: {} ill-formed UTF-8 sequences count as "
          "U+FFFD\n",
          shown, replaced);
      text = std::move(repaired);
    }
    const TextCounts t = analyzer.Count(text);
    Counts c{t.bytes, t.chars, t.words, std::vector<uint64_t>(names.size())};
    meter->Count(text, c.tokens);
    if (a.json) {
      PrintJson(shown, c, names);
    } else {
      PrintRow(shown, c);
    }
    ++files;
    total.bytes += c.bytes;
    total.chars += c.chars;
    total.words += c.words;
    for (size_t v = 0; v < names.size(); ++v) total.tokens[v] += c.tokens[v];
  };
  for (const SourceFile& file : inputs) {
    if (file.os_path.empty()) {
      count("-", std::string(std::istreambuf_iterator<char>(std::cin), {}));
    } else {
      count(file.os_path, ReadWholeFile(file.os_path));
    }
  }
  if (files > 1 && !a.json) PrintRow("total", total);
  return refused ? 1 : 0;
}

}  // namespace winnow
