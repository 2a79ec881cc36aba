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

}  // namespace

int TokensCommand(const TokensArguments& a) {
  std::vector<std::string> names = a.vocabularies;
  if (names.empty()) names = {"o200k_base", "cl100k_base"};
  const auto tokenizers = LoadTokenizers(names, DataDir());
  const auto meter = tokenizers->NewMeter(uint64_t{64} << 20);
  const Analyzer analyzer(AnalysisNeeds::None());
  if (!a.json) {
    Print("{:>14} {:>14} {:>12}", "bytes", "chars", "words");
    for (const std::string& name : names) Print(" {:>14}", name);
    Print("  path\n");
  }
  Counts total;
  total.tokens.resize(names.size());
  size_t files = 0;
  const auto count = [&](const std::string& shown, std::string text) {
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
  for (const std::string& path : a.paths) {
    if (path == "-") {
      count("-", std::string(std::istreambuf_iterator<char>(std::cin), {}));
      continue;
    }
    for (const SourceFile& file : BuildInputList({path}).files) {
      count(file.os_path, ReadWholeFile(file.os_path));
    }
  }
  if (files > 1 && !a.json) PrintRow("total", total);
  return 0;
}

}  // namespace winnow
