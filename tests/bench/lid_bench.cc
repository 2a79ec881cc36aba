// SPDX-License-Identifier: Apache-2.0
// Language identification on real documents of about 4 kB: our reader with
// memos of several sizes, without one, and libfasttext beside it. Korean and
// English, and the short texts of the accuracy corpus.
#include <benchmark/benchmark.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "filters/lid_model.h"
#include "filters/lid_worker.h"
#include "tests/corpora.h"
#ifdef WINNOW_HAVE_FASTTEXT
#include "tests/unit/filters/fasttext_reference.h"
#endif

namespace winnow {
namespace {

namespace fs = std::filesystem;
using Documents = std::vector<std::string>;

constexpr size_t kDocumentBytes = 4000;
constexpr size_t kCorpusBytes = size_t{12} << 20;

// The strings of all members "text" of a JSON file, unescaped as far as
// English needs it.
std::string JsonTexts(std::string_view json) {
  constexpr std::string_view kMember = "\"text\": \"";
  std::string out;
  for (size_t at = json.find(kMember); at != std::string_view::npos;
       at = json.find(kMember, at)) {
    at += kMember.size();
    while (at < json.size() && json[at] != '"') {
      if (json[at] == '\\' && at + 1 < json.size()) {
        ++at;
        out += json[at] == 'n' ? '\n' : json[at];
      } else {
        out += json[at];
      }
      ++at;
    }
    out += '\n';
  }
  return out;
}

// Cuts a text into documents at spaces.
void Cut(const std::string& text, size_t bytes, Documents* out) {
  for (size_t at = 0; at < text.size();) {
    size_t end = text.find_first_of(" \n", std::min(text.size(), at + bytes));
    if (end == std::string::npos) end = text.size();
    if (end - at > bytes / 2) out->push_back(text.substr(at, end - at));
    at = end + 1;
  }
}

Documents Load(const char* part, std::string_view suffix,
               std::string (*text_of)(std::string_view), size_t bytes) {
  Documents documents;
  std::vector<fs::path> files;
  if (const auto dir = testing::CorpusDir(part)) {
    files = testing::FilesBelow(*dir, suffix);
  } else {  // anyone can install this one
    text_of = &testing::TextBetweenTags;
    files = testing::FilesBelow("/usr/share/doc/installation-guide-amd64",
                                suffix == ".md" ? "ko.html" : "en.html");
    if (files.empty()) {
      files = testing::FilesBelow("/usr/share/doc/installation-guide-amd64",
                                  ".html");
    }
  }
  size_t total = 0;
  for (const fs::path& path : files) {
    if (total > kCorpusBytes) break;
    const std::string text = text_of(testing::ReadWholeFile(path));
    total += text.size();
    Cut(text, bytes, &documents);
  }
  return documents;
}

std::string AsIs(std::string_view text) { return std::string(text); }

const Documents& English() {
  static const Documents documents =
      Load("scotus_2000_2009", ".json", &JsonTexts, kDocumentBytes);
  return documents;
}
const Documents& EnglishLong() {
  static const Documents documents =
      Load("scotus_2000_2009", ".json", &JsonTexts, 40'000);
  return documents;
}
const Documents& Korean() {
  static const Documents documents =
      Load("docs_ko", ".md", &AsIs, kDocumentBytes);
  return documents;
}
const Documents& Short() {
  static const Documents documents = Load("langid", ".csv", &AsIs, 160);
  return documents;
}

std::shared_ptr<const LidModel> Model() {
  static const std::shared_ptr<const LidModel> model = [] {
    const std::string path = LidModel::PathIn(testing::DataDir().string());
    return fs::exists(path) ? LidModel::Load(path) : nullptr;
  }();
  return model;
}

void Report(benchmark::State& state, const Documents& documents, size_t bytes) {
  state.SetBytesProcessed(static_cast<int64_t>(bytes));
  state.counters["documents"] = static_cast<double>(documents.size());
}

void BM_Lid(benchmark::State& state, const Documents& (*corpus)()) {
  if (Model() == nullptr || corpus().empty()) {
    state.SkipWithError("no model or no text: run ./dev setup");
    return;
  }
  LidWorker worker(Model(), static_cast<size_t>(state.range(0)) << 10);
  const Documents& documents = corpus();
  size_t bytes = 0;
  size_t next = 0;
  for (auto _ : state) {
    const std::string& text = documents[next];
    benchmark::DoNotOptimize(worker.Predict(LidSample(text)));
    bytes += text.size();
    next = next + 1 == documents.size() ? 0 : next + 1;
  }
  Report(state, documents, bytes);
}
// The argument is the memo's size in KiB; 0 is a single entry.
BENCHMARK_CAPTURE(BM_Lid, english, &English)
    ->Arg(0)
    ->Arg(512)
    ->Arg(1024)
    ->Arg(2048)
    ->Arg(4096)
    ->Arg(16384);
BENCHMARK_CAPTURE(BM_Lid, korean, &Korean)
    ->Arg(0)
    ->Arg(512)
    ->Arg(1024)
    ->Arg(2048)
    ->Arg(4096)
    ->Arg(16384);
BENCHMARK_CAPTURE(BM_Lid, short_texts, &Short)->Arg(4096);
BENCHMARK_CAPTURE(BM_Lid, english_40kB_sampled, &EnglishLong)->Arg(4096);

#ifdef WINNOW_HAVE_FASTTEXT
void BM_LidFastText(benchmark::State& state, const Documents& (*corpus)()) {
  if (Model() == nullptr || corpus().empty()) {
    state.SkipWithError("no model or no text: run ./dev setup");
    return;
  }
  static const testing::FastTextReference reference(
      LidModel::PathIn(testing::DataDir().string()));
  const Documents& documents = corpus();
  size_t bytes = 0;
  size_t next = 0;
  for (auto _ : state) {
    const std::string& text = documents[next];
    benchmark::DoNotOptimize(reference.Predict(text));
    bytes += text.size();
    next = next + 1 == documents.size() ? 0 : next + 1;
  }
  Report(state, documents, bytes);
}
BENCHMARK_CAPTURE(BM_LidFastText, english, &English);
BENCHMARK_CAPTURE(BM_LidFastText, korean, &Korean);
BENCHMARK_CAPTURE(BM_LidFastText, short_texts, &Short);
#endif

void BM_LidLoad(benchmark::State& state) {
  if (Model() == nullptr) {
    state.SkipWithError("no model: run ./dev setup");
    return;
  }
  const std::string path = LidModel::PathIn(testing::DataDir().string());
  for (auto _ : state) benchmark::DoNotOptimize(LidModel::Load(path));
}
BENCHMARK(BM_LidLoad)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace winnow
