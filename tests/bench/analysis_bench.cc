// SPDX-License-Identifier: Apache-2.0
// The text analysis over real text, document by document, beside what the same
// bytes cost to read and to hash. Text: the corpora where the machine has them,
// else Debian's installation guide, else nothing is registered.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "pipeline/text/analysis.h"
#include "pipeline/text/hash.h"
#include "pipeline/text/unicode.h"
#include "pipeline/text/utf8.h"
#include "tests/unit/text/corpus_text.h"

namespace winnow {
namespace {

constexpr size_t kBytes = 8 << 20;

using Texts = std::vector<std::string>;

Texts InstalledText(const std::string& language) {
  namespace fs = std::filesystem;
  Texts texts;
  const fs::path folder = "/usr/share/doc/installation-guide-amd64/" + language;
  if (!fs::exists(folder)) return texts;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    std::string text(std::istreambuf_iterator<char>(in), {});
    if (IsValidUtf8(text)) texts.push_back(std::move(text));
  }
  return texts;
}

Texts Load(const char* part, const char* extension, const char* language) {
  Texts texts = testing::CorpusText(part, extension, kBytes);
  return texts.empty() ? InstalledText(language) : texts;
}

uint64_t Size(const Texts& texts) {
  uint64_t bytes = 0;
  for (const std::string& text : texts) bytes += text.size();
  return bytes;
}

template <typename F>
void Run(benchmark::State& state, const Texts& texts, F each) {
  for (auto _ : state) {
    for (const std::string& text : texts) each(text);
  }
  const auto rounds = static_cast<int64_t>(state.iterations());
  state.SetBytesProcessed(rounds * static_cast<int64_t>(Size(texts)));
  state.SetItemsProcessed(rounds * static_cast<int64_t>(texts.size()));
}

void Analyze(benchmark::State& state, const Texts& texts, AnalysisNeeds needs) {
  Analyzer analyzer(needs);
  Run(state, texts, [&](const std::string& text) {
    const Analysis* analysis = &analyzer.Analyze(text);
    benchmark::DoNotOptimize(analysis);
  });
}

template <typename F>
void Register(const std::string& name, const Texts& texts, F each) {
  benchmark::RegisterBenchmark(name.c_str(), [&texts, each](auto& state) {
    Run(state, texts, [&](const std::string& text) {
      auto value = each(text);
      benchmark::DoNotOptimize(value);
    });
  });
}

void RegisterAll(const std::string& language, const Texts& texts) {
  if (texts.empty()) return;
  constexpr AnalysisNeeds kLines = AnalysisNeeds::Lines();
  constexpr AnalysisNeeds kSpace = AnalysisNeeds::Words(Profile::kSpace);
  constexpr AnalysisNeeds kAlnum = AnalysisNeeds::Words(Profile::kAlnum);
  static const std::map<std::string, AnalysisNeeds> kRows = {
      {"lines", kLines},
      {"space", kSpace},
      {"alnum", kAlnum},
      {"lines+alnum", kLines | kAlnum},
      {"lines+space+alnum", kLines | kSpace | kAlnum}};
  for (const auto& [name, needs] : kRows) {
    benchmark::RegisterBenchmark(
        ("BM_Analyze/" + language + "/" + name).c_str(),
        [&texts, needs = needs](auto& state) { Analyze(state, texts, needs); });
  }
  static const Analyzer counter(AnalysisNeeds::None());
  Register("BM_Count/" + language, texts,
           [](const std::string& text) { return counter.Count(text).words; });
  Register("BM_CountCodePoints/" + language, texts,
           [](const std::string& text) { return CountCodePoints(text); });
  Register("BM_IsValidUtf8/" + language, texts,
           [](const std::string& text) { return IsValidUtf8(text); });
  Register("BM_Ceiling_hash/" + language, texts,
           [](const std::string& text) { return HashBytes128(text).lo; });
  // A byte that UTF-8 does not have: memchr reads all of the text.
  Register("BM_Ceiling_read/" + language, texts, [](const std::string& text) {
    return std::memchr(text.data(), 0xFF, text.size());
  });
}

}  // namespace
}  // namespace winnow

int main(int argc, char** argv) {
  const winnow::Texts english = winnow::Load("ota_versions", ".jsonl", "en");
  const winnow::Texts korean = winnow::Load("docs_ko", ".md", "ko");
  const winnow::Texts html = winnow::Load("html_mdn", ".html", "ja");
  winnow::RegisterAll("english", english);
  winnow::RegisterAll("korean", korean);
  winnow::RegisterAll("html", html);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
