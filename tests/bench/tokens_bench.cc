// SPDX-License-Identifier: Apache-2.0
// Token counting on real documents of about 4 kB, English, Korean and
// Japanese: the scanner alone; a new worker for the whole text (cold); a worker
// that has seen it (warm); edits.
#include <benchmark/benchmark.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/error.h"
#include "stats/tokens/token_counter.h"
#include "stats/tokens/unit_scanner.h"
#include "tests/corpora.h"

namespace winnow {
namespace {

namespace fs = std::filesystem;
using Documents = std::vector<std::string>;

constexpr size_t kDocumentBytes = 4000;
constexpr size_t kCacheBytes = size_t{16} << 20;

// What people say in WebVTT files: every line but numbers and times.
std::string SpokenText(std::string_view vtt) {
  std::string text;
  while (!vtt.empty()) {
    const size_t end = std::min(vtt.find('\n'), vtt.size() - 1) + 1;
    const std::string_view line = vtt.substr(0, end);
    if (line.size() > 4 && line.find("-->") == line.npos) text += line;
    vtt.remove_prefix(end);
  }
  return text;
}

// Cuts a text into documents after line feeds.
void Cut(std::string_view text, Documents* documents) {
  while (!text.empty()) {
    size_t end = text.find('\n', std::min(text.size(), kDocumentBytes));
    end = end == text.npos ? text.size() : end + 1;
    documents->emplace_back(text.substr(0, end));
    text.remove_prefix(end);
  }
}

Documents Load(const std::string& language) {
  Documents documents;
  size_t bytes = 0;
  const auto add = [&](const fs::path& dir, std::string_view suffix,
                       size_t limit, std::string (*extract)(std::string_view)) {
    for (const fs::path& file : testing::FilesBelow(dir, suffix)) {
      if (bytes > limit) break;
      const std::string text = extract(testing::ReadWholeFile(file));
      bytes += text.size();
      Cut(text, &documents);
    }
  };
  const auto whole = [](std::string_view text) { return std::string(text); };
  const auto english = testing::CorpusDir("podcast_vtt");
  const auto korean = testing::CorpusDir("docs_ko");
  if (language == "en" && english) {
    add(*english, ".vtt", size_t{24} << 20, SpokenText);
  } else if (language == "ko" && korean) {
    add(*korean, ".md", size_t{24} << 20, whole);
  } else {
    add(fs::path("/usr/share/doc/installation-guide-amd64") / language, ".html",
        size_t{24} << 20, testing::TextBetweenTags);
  }
  return documents;
}

const Documents& Text(const std::string& language) {
  static std::map<std::string, Documents> loaded;
  const auto [entry, added] = loaded.try_emplace(language);
  if (added) entry->second = Load(language);
  return entry->second;
}

const TokenCounter* Counter(const std::string& vocabularies) {
  static std::map<std::string, std::unique_ptr<const TokenCounter>> loaded;
  const auto [entry, added] = loaded.try_emplace(vocabularies);
  if (added) {
    std::vector<std::string> names;
    if (vocabularies != "cl100k") names.push_back("o200k_base");
    if (vocabularies != "o200k") names.push_back("cl100k_base");
    try {
      entry->second = std::make_unique<const TokenCounter>(
          names, testing::DataDir().string());
    } catch (const Error&) {
    }
  }
  return entry->second.get();
}

void SetBytes(benchmark::State& state, const Documents& documents) {
  size_t bytes = 0;
  for (const std::string& document : documents) bytes += document.size();
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(bytes));
}

void BM_TokensScan(benchmark::State& state, const std::string& language) {
  const Documents& documents = Text(language);
  if (documents.empty()) return state.SkipWithError("no text");
  std::vector<size_t> ends(512);
  for (auto _ : state) {
    size_t units = 0;
    for (const std::string& document : documents) {
      for (size_t pos = 0; pos < document.size();) {
        const size_t n = ScanUnits(UnitFamily::kModern, document, pos, ends);
        units += n;
        pos = ends[n - 1];
      }
    }
    benchmark::DoNotOptimize(units);
  }
  SetBytes(state, documents);
}

void BM_Tokens(benchmark::State& state, const std::string& language,
               const std::string& vocabularies, bool warm) {
  const Documents& documents = Text(language);
  const TokenCounter* counter = Counter(vocabularies);
  if (documents.empty()) return state.SkipWithError("no text");
  if (counter == nullptr) return state.SkipWithError("no vocabulary");
  std::vector<uint64_t> counts(counter->size());
  auto worker = counter->NewWorker(kCacheBytes);
  const auto count_all = [&] {
    for (const std::string& document : documents) {
      worker->Count(document, counts);
      benchmark::DoNotOptimize(counts.data());
    }
  };
  if (warm) count_all();
  for (auto _ : state) {
    if (!warm) worker = counter->NewWorker(kCacheBytes);
    count_all();
  }
  SetBytes(state, documents);
}

const bool kRegistered = [] {
  for (const std::string language : {"en", "ko", "ja"}) {
    benchmark::RegisterBenchmark(
        ("BM_TokensScan/" + language).c_str(),
        [=](benchmark::State& s) { BM_TokensScan(s, language); })
        ->Unit(benchmark::kMillisecond);
    for (const std::string vocabularies : {"o200k", "cl100k", "both"}) {
      for (const bool warm : {false, true}) {
        benchmark::RegisterBenchmark(("BM_Tokens/" + vocabularies + "/" +
                                      language + (warm ? "/warm" : "/cold"))
                                         .c_str(),
                                     [=](benchmark::State& s) {
                                       BM_Tokens(s, language, vocabularies,
                                                 warm);
                                     })
            ->Unit(benchmark::kMillisecond);
      }
    }
  }
  return true;
}();

}  // namespace
}  // namespace winnow
