// SPDX-License-Identifier: Apache-2.0
// The spacy_en profile and its sentences on real English: spoken language
// (scotus), legal pages (ota), else installed documentation. Documents are cut
// to about 4 kB, the size for which a recipe's budget is stated.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "pipeline/text/sentences.h"
#include "pipeline/text/spacy_en.h"
#include "pipeline/text/spacy_en_chunk.h"
#include "pipeline/text/spacy_en_scan.h"
#include "pipeline/text/spacy_en_space.h"
#include "tests/corpora.h"

namespace winnow {
namespace {

constexpr size_t kDocument = 4096;
constexpr size_t kMostBytes = 4 << 20;

// The strings under "text" in JSON, escapes undone that matter here.
void AppendTextFields(const std::string& json, std::string* out) {
  constexpr std::string_view kKey = "\"text\":";
  for (size_t pos = json.find(kKey); pos != std::string::npos;
       pos = json.find(kKey, pos)) {
    pos = json.find('"', pos + kKey.size());
    if (pos == std::string::npos) return;
    for (++pos; pos < json.size() && json[pos] != '"'; ++pos) {
      char c = json[pos];
      if (c == '\\') {
        c = json[++pos];
        if (c == 'n') c = '\n';
        if (c == 'u') c = '?', pos += 4;
      }
      *out += c;
    }
    *out += '\n';
  }
}

std::string Gather(const char* part, const char* extension) {
  std::string text;
  const auto folder = testing::CorpusDir(part);
  if (folder) {
    for (const auto& file : testing::FilesBelow(*folder, extension)) {
      AppendTextFields(testing::ReadWholeFile(file), &text);
      if (text.size() > kMostBytes) break;
    }
  } else {
    for (const auto& file : testing::FilesBelow(
             "/usr/share/doc/installation-guide-amd64/en", ".html")) {
      text += testing::TextBetweenTags(testing::ReadWholeFile(file));
    }
  }
  text.resize(std::min(text.size(), kMostBytes));
  return text;
}

std::vector<std::string> Documents(const std::string& text) {
  std::vector<std::string> documents;
  for (size_t pos = 0; pos < text.size();) {
    size_t end = std::min(pos + kDocument, text.size());
    while (end < text.size() && text[end] != ' ' && text[end] != '\n') ++end;
    documents.push_back(text.substr(pos, end - pos));
    pos = end;
  }
  return documents;
}

const std::vector<std::string>& Speech() {
  static const std::vector<std::string> documents =
      Documents(Gather("scotus_2000_2009", ".json"));
  return documents;
}

const std::vector<std::string>& Legal() {
  static const std::vector<std::string> documents =
      Documents(Gather("ota_versions", ".jsonl"));
  return documents;
}

template <typename Work>
void Run(benchmark::State& state, const std::vector<std::string>& documents,
         Work work) {
  int64_t bytes = 0;
  for (const std::string& d : documents)
    bytes += static_cast<int64_t>(d.size());
  for (const std::string& d : documents) work(d);  // warm
  for (auto _ : state) {
    for (const std::string& d : documents) work(d);
  }
  state.SetBytesProcessed(state.iterations() * bytes);
  state.counters["ns/byte"] = benchmark::Counter(
      static_cast<double>(state.iterations() * bytes) * 1e-9,
      benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void BM_SpacyTokens(benchmark::State& state,
                    const std::vector<std::string>& documents) {
  SpacyEnTokenizer tokenizer;
  Words words;
  uint64_t tokens = 0;
  Run(state, documents, [&](const std::string& text) {
    tokenizer.Tokenize(text, &words);
    tokens += words.size();
  });
  benchmark::DoNotOptimize(tokens);
  const SpacyEnCounts counts = tokenizer.counts();
  const auto share = [&](uint64_t part, uint64_t all) {
    return static_cast<double>(part) /
           static_cast<double>(std::max<uint64_t>(all, 1));
  };
  state.counters["simple"] = share(counts.simple, counts.chunks);
  state.counters["hits"] = share(counts.cached, counts.chunks - counts.simple);
}

// Without fast path and cache.
void BM_SpacyExact(benchmark::State& state,
                   const std::vector<std::string>& documents) {
  SpacyExact exact;
  uint64_t tokens = 0;
  Run(state, documents, [&](const std::string& text) {
    size_t pos = SpacySpaceEnd(text, 0);
    while (pos < text.size()) {
      const size_t end = SpacyChunkEnd(text, pos);
      tokens += exact.Tokens(text, pos, end).size();
      pos = SpacySpaceEnd(text, end);
    }
  });
  benchmark::DoNotOptimize(tokens);
}

void BM_SpacyScan(benchmark::State& state,
                  const std::vector<std::string>& documents) {
  SpacyChunkScanner scanner;
  uint64_t chunks = 0;
  Run(state, documents, [&](const std::string& text) {
    scanner.Start(text);
    while (scanner.Next()) chunks += scanner.size();
  });
  benchmark::DoNotOptimize(chunks);
}

void BM_Sentences(benchmark::State& state,
                  const std::vector<std::string>& documents) {
  Sentencizer sentencizer;
  std::vector<std::pair<uint32_t, uint32_t>> spans;
  uint64_t sentences = 0;
  Run(state, documents, [&](const std::string& text) {
    sentencizer.Split(text, &spans);
    sentences += spans.size();
  });
  benchmark::DoNotOptimize(sentences);
}

BENCHMARK_CAPTURE(BM_SpacyTokens, speech, Speech());
BENCHMARK_CAPTURE(BM_SpacyTokens, legal, Legal());
BENCHMARK_CAPTURE(BM_SpacyExact, speech, Speech());
BENCHMARK_CAPTURE(BM_SpacyExact, legal, Legal());
BENCHMARK_CAPTURE(BM_SpacyScan, speech, Speech());
BENCHMARK_CAPTURE(BM_Sentences, speech, Speech());
BENCHMARK_CAPTURE(BM_Sentences, legal, Legal());

}  // namespace
}  // namespace winnow
