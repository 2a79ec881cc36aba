// SPDX-License-Identifier: Apache-2.0
// Parquet in and out over real text, bytes of JSON lines a second: the whole
// path from file to documents beside Arrow alone, and row groups beside zstd
// frames of the same documents.
#include <arrow/array.h>
#include <arrow/builder.h>
#include <arrow/io/file.h>
#include <arrow/io/memory.h>
#include <arrow/table.h>
#include <benchmark/benchmark.h>
#include <parquet/arrow/reader.h>
#include <parquet/arrow/writer.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "pipeline/json_writer.h"
#include "pipeline/parquet/parquet_codec.h"
#include "pipeline/parquet/parquet_shard.h"
#include "pipeline/read/cut.h"
#include "pipeline/read/decode.h"
#include "pipeline/read/jsonl_reader.h"
#include "pipeline/read/source.h"
#include "pipeline/write/frame_encoder.h"
#include "tests/corpora.h"

namespace winnow {
namespace {

constexpr size_t kEnough = size_t{24} << 20;
constexpr size_t kDocument = 4096;

// Documents of about 4 KiB, cut at line ends.
const std::vector<std::string>& Texts() {
  static const std::vector<std::string> texts = [] {
    std::vector<std::string> out;
    size_t total = 0;
    const auto dir = testing::CorpusDir("docs_ko");
    if (!dir) return out;
    for (const auto& path : testing::FilesBelow(*dir, ".md")) {
      if (total > kEnough) break;
      const std::string file = testing::ReadWholeFile(path);
      for (size_t at = 0; at < file.size();) {
        size_t end = file.find('\n', std::min(at + kDocument, file.size()));
        end = end == std::string::npos ? file.size() : end + 1;
        out.push_back(file.substr(at, end - at));
        total += end - at;
        at = end;
      }
    }
    return out;
  }();
  return texts;
}

// A Parquet file of them in row groups of a thousand, as published sets have.
const std::string& TableFilePath() {
  static const std::string path = [] {
    arrow::StringBuilder id;
    arrow::StringBuilder text;
    for (size_t i = 0; i < Texts().size(); ++i) {
      id.Append(std::to_string(i)).ok();
      text.Append(Texts()[i]).ok();
    }
    const auto schema = arrow::schema({arrow::field("id", arrow::utf8()),
                                       arrow::field("text", arrow::utf8())});
    const auto table = arrow::Table::Make(
        schema, {id.Finish().ValueOrDie(), text.Finish().ValueOrDie()});
    const std::string name =
        (std::filesystem::temp_directory_path() / "winnow-bench.parquet")
            .string();
    parquet::WriterProperties::Builder builder;
    builder.compression(arrow::Compression::ZSTD)->disable_dictionary();
    auto sink = arrow::io::BufferOutputStream::Create().ValueOrDie();
    parquet::arrow::WriteTable(*table, arrow::default_memory_pool(), sink, 1000,
                               builder.build())
        .ok();
    const auto bytes = sink->Finish().ValueOrDie();
    std::ofstream(name, std::ios::binary) << bytes->ToString();
    return name;
  }();
  return path;
}

// Arrow's reader and nothing else: the ceiling.
void BM_ArrowAlone(benchmark::State& state) {
  if (Texts().empty()) return state.SkipWithError("no corpus docs_ko");
  int64_t bytes = 0;
  for (auto _ : state) {
    auto file = arrow::io::ReadableFile::Open(TableFilePath()).ValueOrDie();
    auto raw = parquet::ParquetFileReader::Open(file);
    parquet::ArrowReaderProperties properties(false);
    properties.set_pre_buffer(false);
    auto reader = parquet::arrow::FileReader::Make(arrow::system_memory_pool(),
                                                   std::move(raw), properties)
                      .ValueOrDie();
    auto batches = reader->GetRecordBatchReader().ValueOrDie();
    std::shared_ptr<arrow::RecordBatch> batch;
    while (batches->ReadNext(&batch).ok() && batch != nullptr) {
      const auto& text =
          static_cast<const arrow::StringArray&>(*batch->column(1));
      bytes += text.total_values_length();
    }
  }
  state.SetBytesProcessed(bytes);
}
BENCHMARK(BM_ArrowAlone)->Unit(benchmark::kMillisecond);

class Sink : public ReadSink {
 public:
  Arena& arena() override { return arena_; }
  Document& Add(uint64_t) override {
    bytes_ += document_.text.size();
    document_ = {};
    return document_;
  }
  void Unreadable(ReadReason, uint64_t, uint64_t) override {}
  void NonDocument(std::string_view, uint64_t) override {}
  void Framing(uint64_t) override {}
  void Mended(std::string_view) override {}
  int64_t Take() {
    arena_.Reset();
    const auto bytes = bytes_ + document_.text.size();
    bytes_ = 0;
    document_ = {};
    return static_cast<int64_t>(bytes);
  }

 private:
  Arena arena_;
  Document document_;
  size_t bytes_ = 0;
};

// The file to lines (0), and to documents (1).
void BM_ReadParquet(benchmark::State& state) {
  if (Texts().empty()) return state.SkipWithError("no corpus docs_ko");
  const bool documents = state.range(0) != 0;
  SourceFile file;
  file.label = "b";
  file.os_path = TableFilePath();
  file.bytes = std::filesystem::file_size(file.os_path);
  const std::vector<SourceFile> files = {file};
  const auto codec = NewParquetCodec({});
  SourceOptions options;
  options.tables = codec.get();
  int64_t bytes = 0;
  for (auto _ : state) {
    Source source(files, options);
    Cutter cutter(&source, {}, 0, ReadFormats({}));
    PieceDecoder decoder;
    RecordReader reader({});
    RawPiece piece;
    CutBatch batch;
    Sink sink;
    while (source.Next(&piece)) {
      decoder.Decode(&piece);
      cutter.Cut(&piece, &batch);
      for (const RecordSpan& span : batch.spans) {
        if (documents) {
          reader.Read(span, &sink);
        } else {
          bytes += static_cast<int64_t>(span.bytes.size());
        }
      }
      bytes += sink.Take();
    }
  }
  state.SetBytesProcessed(bytes);
}
BENCHMARK(BM_ReadParquet)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

// 4 MiB of output lines.
std::string FrameOfLines() {
  std::string text;
  for (size_t i = 0; text.size() < size_t{4} << 20; ++i) {
    text += "{\"id\":\"" + std::to_string(i) + "\",\"text\":";
    AppendJsonString(Texts()[i], &text);
    text += ",\"source\":\"b\",\"metadata\":{\"winnow_id\":\"b#" +
            std::to_string(i) + "\"}}\n";
  }
  return text;
}

void BM_WriteZstdFrame(benchmark::State& state) {
  if (Texts().empty()) return state.SkipWithError("no corpus docs_ko");
  const std::string text = FrameOfLines();
  FrameEncoder encoder(true, 3);
  std::string out;
  for (auto _ : state) encoder.Encode(text, &out);
  state.SetBytesProcessed(static_cast<int64_t>(text.size()) *
                          state.iterations());
  state.counters["size"] =
      static_cast<double>(out.size()) / static_cast<double>(text.size());
}
BENCHMARK(BM_WriteZstdFrame)->Unit(benchmark::kMillisecond);

void BM_WriteRowGroup(benchmark::State& state) {
  if (Texts().empty()) return state.SkipWithError("no corpus docs_ko");
  const std::string text = FrameOfLines();
  const auto format = NewParquetShardFormat({});
  const auto encoder = format->NewEncoder();
  std::string out;
  for (auto _ : state) encoder->Encode(text, &out);
  state.SetBytesProcessed(static_cast<int64_t>(text.size()) *
                          state.iterations());
  state.counters["size"] =
      static_cast<double>(out.size()) / static_cast<double>(text.size());
}
BENCHMARK(BM_WriteRowGroup)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace winnow
