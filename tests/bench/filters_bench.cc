// SPDX-License-Identifier: Apache-2.0
// The heuristic filters on real documents of about 4 kB. BM_Judge/FILTER is a
// filter alone, on analyses made before; BM_Analysis is what all share, and
// BM_Chain all four as FineWeb orders them, with the analysis, on what is kept
// so far. English: web legal pages and court transcripts. Korean:
// documentation.
#include <benchmark/benchmark.h>
#include <simdjson.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "filters/c4.h"
#include "filters/fineweb_quality.h"
#include "filters/gopher_quality.h"
#include "filters/gopher_repetition.h"
#include "tests/corpora.h"

namespace winnow {
namespace {

namespace dom = simdjson::dom;
using Texts = std::vector<std::string>;

constexpr size_t kDocumentBytes = 4000;
constexpr size_t kCorpusBytes = size_t{1} << 20;

// Cuts at line ends, or else at spaces, so that the lines stay real.
void Cut(const std::string& text, Texts* out) {
  for (size_t at = 0; at < text.size();) {
    size_t end = text.size();
    if (text.size() - at > kDocumentBytes) {
      end = text.rfind('\n', at + kDocumentBytes);
      if (end == std::string::npos || end <= at + kDocumentBytes / 2) {
        end = text.find_first_of(" \n", at + kDocumentBytes);
      }
      if (end == std::string::npos) end = text.size();
    }
    if (end - at > kDocumentBytes / 4)
      out->push_back(text.substr(at, end - at));
    at = end + 1;
  }
}

// A line for every member "text", at any depth.
void CollectStrings(const dom::element& node, std::string* out) {
  if (node.is_object()) {
    for (const auto [key, value] : node.get_object()) {
      std::string_view text;
      if (key == "text" && value.get(text) == simdjson::SUCCESS) {
        out->append(text).push_back('\n');
      } else {
        CollectStrings(value, out);
      }
    }
  } else if (node.is_array()) {
    for (const dom::element value : node.get_array()) {
      CollectStrings(value, out);
    }
  }
}

// Files of a corpus, none where it is absent.
std::vector<std::filesystem::path> Files(const std::string& part,
                                         std::string_view suffix) {
  const auto dir = testing::CorpusDir(part);
  if (!dir) return {};
  return testing::FilesBelow(*dir, suffix);
}

Texts LoadEnglish() {
  Texts texts;
  dom::parser parser;
  for (const auto& path : Files("ota_versions", ".jsonl")) {
    std::ifstream in(path);
    std::string line;
    while (texts.size() * kDocumentBytes < kCorpusBytes &&
           std::getline(in, line)) {
      Cut(std::string(parser.parse(line)["text"].get_string().value()), &texts);
    }
  }
  for (const auto& path : Files("scotus_2000_2009", "-t01.json")) {
    if (texts.size() * kDocumentBytes >= 2 * kCorpusBytes) break;
    std::string text;
    CollectStrings(parser.parse(testing::ReadWholeFile(path)), &text);
    Cut(text, &texts);
  }
  return texts;
}

Texts LoadInstalled(std::string_view suffix) {
  Texts texts;
  for (const auto& path :
       testing::FilesBelow("/usr/share/doc/installation-guide-amd64", suffix)) {
    Cut(testing::TextBetweenTags(testing::ReadWholeFile(path)), &texts);
  }
  return texts;
}

const Texts& English() {
  static const Texts texts = [] {
    Texts loaded = LoadEnglish();
    return loaded.empty() ? LoadInstalled("en.html") : loaded;
  }();
  return texts;
}

const Texts& Korean() {
  static const Texts texts = [] {
    Texts loaded;
    for (const auto& path : Files("docs_ko", ".md")) {
      if (loaded.size() * kDocumentBytes >= kCorpusBytes) break;
      Cut(testing::ReadWholeFile(path), &loaded);
    }
    return loaded.empty() ? LoadInstalled("ko.html") : loaded;
  }();
  return texts;
}

// One document of a megabyte: the end of the others, which has no versions of
// one page.
const Texts& EnglishWhole() {
  static const Texts texts = [] {
    Texts whole(1);
    for (size_t i = English().size();
         i-- > 0 && whole[0].size() < kCorpusBytes;) {
      whole[0] += English()[i] + "\n";
    }
    return whole;
  }();
  return texts;
}

struct Filter {
  std::unique_ptr<Stage> stage;
  std::unique_ptr<StageScratch> scratch;
};

Filter MakeFilter(const StageSpec& spec, Profile profile) {
  Params params = DefaultParams(spec.params);
  if (profile == Profile::kSpace) {
    params.Set("profile", {.text = "space", .list = {}, .at = {}});
  }
  if (spec.name == "c4") {
    params.Set("terminal_punct", {.text = "false", .list = {}, .at = {}});
  }
  Filter filter{spec.make(params, {}), nullptr};
  filter.scratch = filter.stage->NewScratch();
  return filter;
}

using SpecFunction = const StageSpec& (*)();
using TextsFunction = const Texts& (*)();

void SetBytes(benchmark::State& state, size_t bytes) {
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations()) *
                          static_cast<int64_t>(bytes));
}

void BM_Judge(benchmark::State& state, SpecFunction spec, TextsFunction texts,
              Profile profile) {
  // As many as fit the second-level cache with their analyses.
  constexpr size_t kDocuments = 64;
  const size_t step = texts().size() / kDocuments + 1;
  const Filter filter = MakeFilter(spec(), profile);
  Analyzer analyzer(filter.stage->needs());
  std::vector<Analysis> analyses;
  size_t bytes = 0;
  for (size_t i = 0; i < texts().size(); i += step) {
    analyses.push_back(analyzer.Analyze(texts()[i]));
    bytes += texts()[i].size();
  }
  if (analyses.empty()) return state.SkipWithError("no text");
  Document document;
  std::vector<Edit> edits;
  StageContext context{nullptr, filter.scratch.get(), &edits, nullptr};
  size_t kept = 0;
  for (auto _ : state) {
    for (const Analysis& analysis : analyses) {
      edits.clear();
      kept += filter.stage->Judge(document, analysis, context).kept() ? 1U : 0U;
    }
  }
  SetBytes(state, bytes);
  state.counters["kept"] = benchmark::Counter(
      static_cast<double>(kept) / static_cast<double>(analyses.size()),
      benchmark::Counter::kAvgIterations);
}

void BM_Analysis(benchmark::State& state, TextsFunction texts,
                 Profile profile) {
  Analyzer analyzer(AnalysisNeeds::Words(profile) | AnalysisNeeds::Lines());
  size_t bytes = 0;
  for (const std::string& text : texts()) bytes += text.size();
  for (auto _ : state) {
    for (const std::string& text : texts()) {
      benchmark::DoNotOptimize(analyzer.Analyze(text).counts.chars);
    }
  }
  SetBytes(state, bytes);
}

void BM_Chain(benchmark::State& state, TextsFunction texts, Profile profile) {
  std::vector<Filter> filters;
  for (const SpecFunction spec :
       {GopherRepetitionSpec, GopherQualitySpec, C4Spec, FinewebQualitySpec}) {
    filters.push_back(MakeFilter(spec(), profile));
  }
  Analyzer analyzer(AnalysisNeeds::Words(profile) | AnalysisNeeds::Lines());
  size_t bytes = 0;
  for (const std::string& text : texts()) bytes += text.size();
  Document document;
  std::vector<Edit> edits;
  size_t kept = 0;
  for (auto _ : state) {
    for (const std::string& text : texts()) {
      const Analysis& analysis = analyzer.Analyze(text);
      bool keep = true;
      for (const Filter& filter : filters) {
        edits.clear();
        StageContext context{nullptr, filter.scratch.get(), &edits, nullptr};
        keep = filter.stage->Judge(document, analysis, context).kept();
        if (!keep) break;
      }
      kept += keep ? 1U : 0U;
    }
  }
  SetBytes(state, bytes);
  state.counters["kept"] = benchmark::Counter(
      static_cast<double>(kept) / static_cast<double>(texts().size()),
      benchmark::Counter::kAvgIterations);
}

constexpr Profile kEn = Profile::kSpacyEn;
constexpr Profile kKo = Profile::kSpace;

BENCHMARK_CAPTURE(BM_Judge, gopher_repetition_en, GopherRepetitionSpec, English,
                  kEn);
BENCHMARK_CAPTURE(BM_Judge, gopher_repetition_en_1MB, GopherRepetitionSpec,
                  EnglishWhole, kEn);
BENCHMARK_CAPTURE(BM_Judge, gopher_quality_en, GopherQualitySpec, English, kEn);
BENCHMARK_CAPTURE(BM_Judge, c4_en, C4Spec, English, kEn);
BENCHMARK_CAPTURE(BM_Judge, fineweb_quality_en, FinewebQualitySpec, English,
                  kEn);
BENCHMARK_CAPTURE(BM_Judge, gopher_repetition_ko, GopherRepetitionSpec, Korean,
                  kKo);
BENCHMARK_CAPTURE(BM_Judge, gopher_quality_ko, GopherQualitySpec, Korean, kKo);
BENCHMARK_CAPTURE(BM_Judge, c4_ko, C4Spec, Korean, kKo);
BENCHMARK_CAPTURE(BM_Judge, fineweb_quality_ko, FinewebQualitySpec, Korean,
                  kKo);
BENCHMARK_CAPTURE(BM_Analysis, en, English, kEn);
BENCHMARK_CAPTURE(BM_Analysis, ko, Korean, kKo);
BENCHMARK_CAPTURE(BM_Chain, en, English, kEn);
BENCHMARK_CAPTURE(BM_Chain, ko, Korean, kKo);

}  // namespace
}  // namespace winnow
