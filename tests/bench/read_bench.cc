// SPDX-License-Identifier: Apache-2.0
// Splitters and readers over real text, decoded bytes a second.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "pipeline/read/html/html_text.h"
#include "pipeline/read/record.h"
#include "tests/corpora.h"

namespace winnow {
namespace {

constexpr size_t kEnough = size_t{32} << 20;

// Takes documents and forgets them.
class NullSink : public ReadSink {
 public:
  Arena& arena() override { return arena_; }
  Document& Add(uint64_t) override {
    text_bytes_ += document_.text.size();
    document_ = {};
    ++documents_;
    return document_;
  }
  void Unreadable(ReadReason, uint64_t, uint64_t) override {}
  void NonDocument(std::string_view, uint64_t) override {}
  void Framing(uint64_t) override {}
  void Mended(std::string_view) override {}

  void EndBatch() { arena_.Reset(); }
  uint64_t documents() const { return documents_; }
  uint64_t text_bytes() const { return text_bytes_ + document_.text.size(); }

 private:
  Arena arena_;
  Document document_;
  uint64_t documents_ = 0;
  uint64_t text_bytes_ = 0;
};

// Files of a corpus, 32 MiB at most.
std::vector<std::string> Files(const std::string& part,
                               std::string_view suffix) {
  std::vector<std::string> files;
  const auto dir = testing::CorpusDir(part);
  if (!dir) return files;
  size_t total = 0;
  for (const auto& path : testing::FilesBelow(*dir, suffix)) {
    if (total >= kEnough) break;
    std::ifstream in(path, std::ios::binary);
    std::string bytes(
        std::min<size_t>(std::filesystem::file_size(path), kEnough - total),
        '\0');
    in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    total += bytes.size();
    files.push_back(std::move(bytes));
  }
  return files;
}

// Pages of the web, else of the MDN, else of Debian's manual.
const std::vector<std::string>& Pages() {
  static const std::vector<std::string> pages = [] {
    auto found = Files("extraction_wcxb_more", ".html");
    if (found.empty()) found = Files("html_mdn", ".html");
    const std::filesystem::path manual =
        "/usr/share/doc/installation-guide-amd64";
    if (found.empty() && std::filesystem::exists(manual)) {
      for (const auto& path : testing::FilesBelow(manual, ".html")) {
        found.push_back(testing::ReadWholeFile(path));
      }
    }
    return found;
  }();
  return pages;
}

// Splits and reads each file in pieces of a mebibyte, as the cut does.
void ReadAll(benchmark::State& state, Format format,
             const std::vector<std::string>& files) {
  if (files.empty()) {
    state.SkipWithError("corpus absent");
    return;
  }
  constexpr size_t kBatch = size_t{1} << 20;
  const ReadOptions options;
  RecordReader reader(options);
  NullSink sink;
  std::vector<Piece> pieces;
  int64_t bytes = 0;
  for (auto _ : state) {
    for (const std::string& file : files) {
      const auto splitter = NewSplitter(format, options);
      size_t shown = kBatch;
      for (size_t at = 0; at < file.size();) {
        shown = std::max<size_t>(shown, splitter->wanted());
        const std::string_view view = std::string_view(file).substr(at, shown);
        pieces.clear();
        splitter->Split(view, at + view.size() == file.size(), &pieces);
        size_t taken = 0;
        for (const Piece& piece : pieces) {
          if (piece.kind == Piece::Kind::kRecords) {
            RecordSpan span;
            span.format = format;
            span.bytes = view.substr(taken, piece.length);
            span.decoded_offset = at + taken;
            reader.Read(span, &sink);
          }
          taken += piece.length;
        }
        sink.EndBatch();
        at += taken;
        shown = taken == 0 ? shown * 2 : kBatch;
      }
      bytes += static_cast<int64_t>(file.size());
    }
  }
  state.SetBytesProcessed(bytes);
  state.counters["text_share"] =
      static_cast<double>(sink.text_bytes()) / static_cast<double>(bytes);
}

void BM_Read_jsonl(benchmark::State& state) {
  static const auto files = Files("ota_versions", ".jsonl");
  ReadAll(state, Format::kJsonl, files);
}
BENCHMARK(BM_Read_jsonl)->Unit(benchmark::kMillisecond);

void BM_Read_warc_html(benchmark::State& state) {
  static const std::vector<std::string> files = [] {
    std::string warc;
    for (const std::string& page : Pages()) {
      const std::string http =
          "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page;
      warc +=
          "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: "
          "2024-01-01T00:00:00Z\r\nWARC-Target-URI: http://example.org/"
          "\r\nContent-Length: " +
          std::to_string(http.size()) + "\r\n\r\n" + http + "\r\n\r\n";
    }
    return std::vector<std::string>{warc};
  }();
  ReadAll(state, Format::kWarc, files);
}
BENCHMARK(BM_Read_warc_html)->Unit(benchmark::kMillisecond);

void BM_Read_vtt(benchmark::State& state) {
  static const auto files = Files("podcast_vtt", ".vtt");
  ReadAll(state, Format::kVtt, files);
}
BENCHMARK(BM_Read_vtt)->Unit(benchmark::kMillisecond);

void BM_Read_markdown(benchmark::State& state) {
  static const auto files = Files("docs_ko", ".md");
  ReadAll(state, Format::kMarkdown, files);
}
BENCHMARK(BM_Read_markdown)->Unit(benchmark::kMillisecond);

// Real text with the markup of a wiki page strewn in: every other line has a
// link, every fourth a reference with a template, and a table now and then.
std::string WikiDump(const std::vector<std::string>& files) {
  std::string dump = "<mediawiki version=\"0.11\">\n<siteinfo></siteinfo>\n";
  for (const std::string& file : files) {
    dump +=
        "<page>\n<title>T</title>\n<ns>0</ns>\n<id>1</id>\n<revision>\n"
        "<id>2</id>\n<text xml:space=\"preserve\">{{Infobox|a=1|b={{c}}}}\n";
    size_t line = 0;
    for (const char c : file) {
      if (c == '\n') {
        if (line % 2 == 0) dump += " [[target|label]] '''bold'''";
        if (line % 4 == 1) dump += "&lt;ref&gt;{{cite|url=x}}&lt;/ref&gt;";
        if (line % 32 == 7) dump += "\n{| class=x\n| cell || cell\n|}";
        ++line;
      }
      if (c == '<') {
        dump += "&lt;";
      } else if (c == '&') {
        dump += "&amp;";
      } else {
        dump += c;
      }
    }
    dump += "</text>\n</revision>\n</page>\n";
  }
  return dump + "</mediawiki>\n";
}

void BM_Read_wiki(benchmark::State& state) {
  static const std::vector<std::string> files = [] {
    const auto pages = Files("docs_ko", ".md");
    return pages.empty() ? pages : std::vector<std::string>{WikiDump(pages)};
  }();
  ReadAll(state, Format::kWiki, files);
}
BENCHMARK(BM_Read_wiki)->Unit(benchmark::kMillisecond);

void Extract(benchmark::State& state, const std::vector<std::string>& pages) {
  if (pages.empty()) {
    state.SkipWithError("corpus absent");
    return;
  }
  HtmlText extractor;
  std::string text;
  HtmlMeta meta;
  int64_t bytes = 0;
  for (auto _ : state) {
    for (const std::string& page : pages) {
      benchmark::DoNotOptimize(extractor.Extract(page, &text, &meta));
      bytes += static_cast<int64_t>(page.size());
    }
  }
  state.SetBytesProcessed(bytes);
}

// Pages of the web: mostly script and attributes.
void BM_HtmlText_web(benchmark::State& state) { Extract(state, Pages()); }
BENCHMARK(BM_HtmlText_web)->Unit(benchmark::kMillisecond);

// Documentation in Korean, Chinese and German: half of it is text.
void BM_HtmlText_mdn(benchmark::State& state) {
  static const auto pages = Files("html_mdn", ".html");
  Extract(state, pages);
}
BENCHMARK(BM_HtmlText_mdn)->Unit(benchmark::kMillisecond);

void BM_DetectFormat_heads(benchmark::State& state) {
  int64_t bytes = 0;
  for (auto _ : state) {
    for (const std::string& page : Pages()) {
      const std::string_view head =
          std::string_view(page).substr(0, size_t{64} << 10);
      benchmark::DoNotOptimize(DetectFormat(head, head.size() == page.size()));
      bytes += static_cast<int64_t>(head.size());
    }
  }
  state.SetBytesProcessed(bytes);
}
BENCHMARK(BM_DetectFormat_heads)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace winnow
