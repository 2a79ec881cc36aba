// SPDX-License-Identifier: Apache-2.0
// The HTML tokenizer over real pages, beside what finding every '<' costs.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/read/html/html_text.h"
#include "pipeline/read/html/main_content.h"
#include "pipeline/read/html/tokenizer.h"
#include "tests/corpora.h"

namespace winnow::html {
namespace {

constexpr size_t kEnough = size_t{32} << 20;

using Pages = std::vector<std::string>;

Pages PagesBelow(const std::filesystem::path& dir) {
  Pages pages;
  size_t total = 0;
  for (const auto& path : testing::FilesBelow(dir, ".html")) {
    if (total >= kEnough) break;
    pages.push_back(testing::ReadWholeFile(path));
    total += pages.back().size();
  }
  return pages;
}

Pages Corpus(const char* part) {
  const auto dir = testing::CorpusDir(part);
  return dir ? PagesBelow(*dir) : Pages();
}

const Pages& Web() {
  static const Pages pages = Corpus("extraction_wcxb_more");
  return pages;
}
const Pages& Mdn() {
  static const Pages pages = Corpus("html_mdn");
  return pages;
}
// Generated documentation of Debian packages, where some is installed.
const Pages& Docs() {
  static const Pages pages = PagesBelow("/usr/share/doc");
  return pages;
}

template <typename Work>
void Run(benchmark::State& state, const Pages& pages, const Work& work) {
  if (pages.empty()) {
    state.SkipWithError("corpus absent");
    return;
  }
  int64_t bytes = 0;
  uint64_t result = 0;
  for (auto _ : state) {
    for (const std::string& page : pages) {
      result += work(page);
      bytes += static_cast<int64_t>(page.size());
    }
  }
  benchmark::DoNotOptimize(result);
  state.SetBytesProcessed(bytes);
}

void BM_FindLess(benchmark::State& state, const Pages& (*pages)()) {
  Run(state, pages(), [](std::string_view page) {
    uint64_t count = 0;
    for (size_t at = 0; (at = page.find('<', at)) != page.npos; ++at) ++count;
    return count;
  });
}

struct CountingSink {
  void Text(std::string_view text, const TextInfo&) { bytes += text.size(); }
  void Start(const StartTag& tag) { tags += 1 + tag.attributes.size(); }
  void End(const EndTag&) { ++tags; }
  void Close(const ClosedElement&, CloseReason) { ++closed; }
  uint64_t bytes = 0;
  uint64_t tags = 0;
  uint64_t closed = 0;
};

void BM_Tokenize(benchmark::State& state, const Pages& (*pages)()) {
  CountingSink sink;
  Tokenizer<CountingSink> tokenizer(&sink);
  Run(state, pages(), [&](std::string_view page) {
    tokenizer.Run(page);
    return sink.bytes + sink.tags + sink.closed;
  });
}

// The lexer alone, told by a table which elements hold raw text.
struct LexerSink {
  TextMode OnStartTag(StartTag* tag) {
    tags += 1 + tag->attributes.size();
    switch (tag->id) {
      case TagId::kScript:
        return TextMode::kScript;
      case TagId::kStyle:
        return TextMode::kRawtext;
      case TagId::kTitle:
      case TagId::kTextarea:
        return TextMode::kRcdata;
      default:
        return TextMode::kData;
    }
  }
  void OnEndTag(EndTag*) { ++tags; }
  void OnText(std::string_view text, const TextInfo&) { bytes += text.size(); }
  void OnComment(const Comment&) {}
  void OnDoctype(const Doctype&) {}
  bool CdataAllowed() const { return false; }
  uint64_t bytes = 0;
  uint64_t tags = 0;
};

void BM_Lex(benchmark::State& state, const Pages& (*pages)()) {
  LexerSink sink;
  Lexer<LexerSink> lexer(&sink);
  Run(state, pages(), [&](std::string_view page) {
    lexer.Run(page);
    return sink.bytes + sink.tags;
  });
}

void BM_VisibleText(benchmark::State& state, const Pages& (*pages)()) {
  HtmlText html;
  HtmlMeta meta;
  std::string text;
  Run(state, pages(), [&](std::string_view page) {
    html.Extract(page, &text, &meta);
    return text.size();
  });
}

template <HtmlMode mode>
void BM_Content(benchmark::State& state, const Pages& (*pages)()) {
  MainContent content;
  HtmlMeta meta;
  std::string text;
  Run(state, pages(), [&](std::string_view page) {
    content.Extract(page, {mode}, &text, &meta);
    return text.size();
  });
}

// What blocks cost without a judgement.
void BM_AllText(benchmark::State& state, const Pages& (*pages)()) {
  BM_Content<HtmlMode::kAllText>(state, pages);
}

void BM_MainContent(benchmark::State& state, const Pages& (*pages)()) {
  BM_Content<HtmlMode::kMainContent>(state, pages);
}

#define WINNOW_HTML_BENCH(function)                                      \
  BENCHMARK_CAPTURE(function, web, &Web)->Unit(benchmark::kMillisecond); \
  BENCHMARK_CAPTURE(function, mdn, &Mdn)->Unit(benchmark::kMillisecond); \
  BENCHMARK_CAPTURE(function, debian_docs, &Docs)->Unit(benchmark::kMillisecond)
WINNOW_HTML_BENCH(BM_FindLess);
WINNOW_HTML_BENCH(BM_Lex);
WINNOW_HTML_BENCH(BM_Tokenize);
WINNOW_HTML_BENCH(BM_VisibleText);
WINNOW_HTML_BENCH(BM_AllText);
WINNOW_HTML_BENCH(BM_MainContent);

}  // namespace
}  // namespace winnow::html
