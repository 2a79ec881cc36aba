// SPDX-License-Identifier: Apache-2.0
// Web archives, one thread: libdeflate alone on the members of a .warc.gz, as
// the ceiling; the same file read to records with their headers and HTTP heads
// parsed, as readers in other languages are timed; and read to documents.
// Bytes are decoded bytes. $WINNOW_WARC names a file (tests/bench/pack_warc.py
// makes one of real pages); without it, Debian's installation guide is packed.
#include <benchmark/benchmark.h>
#include <libdeflate.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "pipeline/read/cut.h"
#include "pipeline/read/decode.h"
#include "pipeline/read/input_list.h"
#include "pipeline/read/source.h"
#include "pipeline/read/warc/http_head.h"
#include "pipeline/read/warc/warc_header.h"
#include "tests/corpora.h"

namespace winnow {
namespace {

namespace fs = std::filesystem;

constexpr size_t kEnough = size_t{64} << 20;
constexpr size_t kLargestMember = size_t{64} << 20;

std::string Gzip(libdeflate_compressor* packer, const std::string& bytes) {
  std::string out(libdeflate_gzip_compress_bound(packer, bytes.size()), '\0');
  out.resize(libdeflate_gzip_compress(packer, bytes.data(), bytes.size(),
                                      out.data(), out.size()));
  return out;
}

std::string Record(const std::string& type, const std::string& block) {
  return "WARC/1.0\r\nWARC-Type: " + type +
         "\r\nWARC-Date: 2024-05-06T07:08:09Z\r\nWARC-Target-URI: "
         "http://example.org/\r\nContent-Length: " +
         std::to_string(block.size()) + "\r\n\r\n" + block + "\r\n\r\n";
}

struct WarcFile {
  WarcFile() {
    const char* given = std::getenv("WINNOW_WARC");
    if (given != nullptr) {
      path = given;
    } else {
      path = fs::temp_directory_path() /
             ("winnow_warc_bench_" + std::to_string(getpid()) + ".warc.gz");
      made = true;
      Make();
    }
    packed = testing::ReadWholeFile(path);
  }
  ~WarcFile() {
    std::error_code ignored;
    if (made) fs::remove(path, ignored);
  }

  void Make() const {
    const fs::path manual = "/usr/share/doc/installation-guide-amd64";
    std::vector<fs::path> pages;
    if (fs::exists(manual)) pages = testing::FilesBelow(manual, ".html");
    libdeflate_compressor* packer = libdeflate_alloc_compressor(6);
    std::ofstream out(path, std::ios::binary);
    for (size_t sum = 0, i = 0; sum < kEnough; ++i) {
      const std::string page =
          pages.empty()
              ? "<p>page " + std::to_string(i) + std::string(4000, 'x')
              : testing::ReadWholeFile(pages[i % pages.size()]);
      sum += page.size();
      out << Gzip(packer, Record("request", "GET / HTTP/1.1\r\n\r\n"))
          << Gzip(packer,
                  Record("response",
                         "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" +
                             page));
    }
    libdeflate_free_compressor(packer);
  }

  fs::path path;
  bool made = false;
  std::string packed;
};

const WarcFile& TheFile() {
  static const WarcFile file;
  return file;
}

void BM_Warc_libdeflate(benchmark::State& state) {
  const std::string& bytes = TheFile().packed;
  std::string out(kLargestMember, '\0');
  libdeflate_decompressor* unpacker = libdeflate_alloc_decompressor();
  int64_t decoded = 0;
  for (auto _ : state) {
    for (size_t at = 0; at < bytes.size();) {
      size_t used = 0;
      size_t made = 0;
      if (libdeflate_gzip_decompress_ex(
              unpacker, bytes.data() + at, bytes.size() - at, out.data(),
              out.size(), &used, &made) != LIBDEFLATE_SUCCESS) {
        state.SkipWithError("not gzip members");
        break;
      }
      at += used;
      decoded += static_cast<int64_t>(made);
    }
  }
  libdeflate_free_decompressor(unpacker);
  state.SetBytesProcessed(decoded);
}
BENCHMARK(BM_Warc_libdeflate)->Unit(benchmark::kMillisecond);

// Calls `visit` for each record; returns the bytes decoded.
template <typename Visit, typename EndBatch>
int64_t ReadRecords(const Visit& visit, const EndBatch& end_batch) {
  static const auto files = BuildInputList({TheFile().path.string()}).files;
  static PieceDecoder decoder;
  static RawPiece piece;
  static CutBatch batch;
  Source source(files);
  const ReadOptions options;
  Cutter cutter(&source, options, 0, ReadFormats(options));
  int64_t decoded = 0;
  while (source.Next(&piece)) {
    decoder.Decode(&piece);
    cutter.Cut(&piece, &batch);
    for (const RecordSpan& span : batch.spans) visit(span);
    decoded += static_cast<int64_t>(batch.decoded_bytes);
    batch.Clear();
    end_batch();
  }
  return decoded;
}

void BM_Warc_records(benchmark::State& state) {
  int64_t decoded = 0;
  int64_t records = 0;
  WarcHeader header;
  HttpHead head;
  for (auto _ : state) {
    decoded += ReadRecords(
        [&](const RecordSpan& span) {
          const ArchiveFrame frame = ScanWarcFrame(span.bytes);
          header.Parse(span.bytes.substr(0, frame.length));
          benchmark::DoNotOptimize(
              ParseHttpHead(span.bytes.substr(frame.length), &head));
          ++records;
        },
        [] {});
  }
  state.SetBytesProcessed(decoded);
  state.SetItemsProcessed(records);
}
BENCHMARK(BM_Warc_records)->Unit(benchmark::kMillisecond);

class NullSink : public ReadSink {
 public:
  Arena& arena() override { return arena_; }
  Document& Add(uint64_t) override {
    ++documents;
    document_ = {};
    return document_;
  }
  void Unreadable(ReadReason, uint64_t, uint64_t) override {}
  void NonDocument(std::string_view, uint64_t) override {}
  void Framing(uint64_t) override {}
  void Mended(std::string_view) override {}
  int64_t documents = 0;

 private:
  Arena arena_;
  Document document_;
};

void BM_Warc_documents(benchmark::State& state) {
  RecordReader reader(ReadOptions{});
  NullSink sink;
  int64_t decoded = 0;
  for (auto _ : state) {
    decoded +=
        ReadRecords([&](const RecordSpan& span) { reader.Read(span, &sink); },
                    [&] { sink.arena().Reset(); });
  }
  state.SetBytesProcessed(decoded);
  state.SetItemsProcessed(sink.documents);
}
BENCHMARK(BM_Warc_documents)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace winnow
