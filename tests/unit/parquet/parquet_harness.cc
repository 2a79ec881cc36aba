// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/parquet/parquet_harness.h"

#include <arrow/array.h>
#include <arrow/builder.h>
#include <arrow/io/memory.h>
#include <arrow/table.h>
#include <gtest/gtest.h>
#include <parquet/arrow/writer.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "pipeline/batch.h"
#include "pipeline/read/decode.h"
#include "pipeline/read/record.h"
#include "pipeline/tally.h"
#include "pipeline/text/utf8.h"

namespace winnow::testing {

ScratchFile::ScratchFile(std::string_view bytes) {
  std::string name =
      (std::filesystem::temp_directory_path() / "winnow-parquet-XXXXXX")
          .string();
  const int fd = ::mkstemp(name.data());
  EXPECT_GE(fd, 0);
  ::close(fd);
  path_ = name;
  std::ofstream(path_, std::ios::binary) << bytes;
}

ScratchFile::~ScratchFile() { std::filesystem::remove(path_); }

TableRead ReadTable(const std::string& path, TableSetup setup) {
  TableRead result;
  std::error_code code;
  SourceFile file;
  file.label = "t";
  file.path = "f.parquet";
  file.os_path = path;
  file.bytes = std::filesystem::file_size(path, code);
  const std::vector<SourceFile> files = {file};
  const auto codec = NewParquetCodec(setup.parquet);
  setup.source.tables = codec.get();

  TallyLayout layout;
  layout.stages.push_back({"read", {}, 0});
  layout.Finish();
  Source source(files, setup.source, setup.start);
  Cutter cutter(&source, setup.read, setup.checkpoint_bytes,
                ReadFormats(setup.read));
  PieceDecoder decoder;
  RecordReader reader(setup.read);
  Batch batch(&layout);
  uint64_t undecoded = 0;
  uint64_t accounted = 0;
  while (source.Next(&batch.raw)) {
    batch.Clear();
    batch.AddStretch();
    decoder.Decode(&batch.raw);
    batch.cut.Clear();
    cutter.Cut(&batch.raw, &batch.cut);
    size_t span = 0;
    const auto read_until = [&](size_t end) {
      for (; span < end; ++span) reader.Read(batch.cut.spans[span], &batch);
    };
    for (const MarkPoint& mark : batch.cut.marks) {
      read_until(mark.after_span);
      result.marks.push_back(mark.cursor);
      result.documents_at_mark.push_back(result.documents.size() +
                                         batch.documents.size());
    }
    read_until(batch.cut.spans.size());
    for (const UnreadableSpan& u : batch.cut.unreadable) {
      const std::string name(ReadReasonName(u.reason));
      ++result.reasons[name];
      result.reason_bytes[name] += u.bytes;
      if (u.undecoded) {
        undecoded += u.bytes;
      } else {
        accounted += u.bytes;
      }
    }
    for (size_t i = 0; i < batch.tally().unreadable.size(); ++i) {
      const CountAndBytes& n = batch.tally().unreadable[i];
      if (n.count == 0) continue;
      const std::string name(ReadReasonName(static_cast<ReadReason>(i)));
      result.reasons[name] += n.count;
      result.reason_bytes[name] += n.bytes;
      accounted += n.bytes;
    }
    accounted += batch.cut.framing_bytes + batch.tally().framing_bytes;
    for (const Document& d : batch.documents) {
      EXPECT_TRUE(IsValidUtf8(d.text));
      TableDocument& kept = result.documents.emplace_back();
      d.AppendIdentity(&kept.identity);
      kept.id = d.native_id;
      kept.text = d.text;
      kept.metadata = d.metadata;
      kept.extra = d.extra;
      kept.created = d.created;
      accounted += d.record_bytes;
    }
    result.decoded += batch.cut.decoded_bytes;
    result.disk += batch.cut.disk_bytes;
  }
  EXPECT_EQ(accounted, result.decoded) << path;
  if (setup.start == Cursor()) {
    EXPECT_EQ(result.disk, file.bytes) << path;
  }
  EXPECT_LE(undecoded, file.bytes);
  return result;
}

std::string RowText(size_t i) {
  std::string text = "Row " + std::to_string(i) + " says \"hello\\n\"\n";
  for (size_t k = 0; k < i % 23; ++k) text += "word 한국어 \U0001F642 ";
  return text;
}

std::string MakeParquet(size_t rows, int64_t group_rows, int codec,
                        bool dictionary) {
  arrow::StringBuilder id;
  arrow::StringBuilder text;
  arrow::Int64Builder n;
  auto tag = std::make_shared<arrow::StringBuilder>();
  arrow::ListBuilder tags(arrow::default_memory_pool(), tag);
  for (size_t i = 0; i < rows; ++i) {
    EXPECT_TRUE(id.Append("doc-" + std::to_string(i)).ok());
    EXPECT_TRUE(text.Append(RowText(i)).ok());
    const auto value = static_cast<int64_t>(i) * 1000000007;
    EXPECT_TRUE((i % 5 == 0 ? n.AppendNull() : n.Append(value)).ok());
    EXPECT_TRUE(tags.Append().ok());
    for (size_t k = 0; k < i % 3; ++k) {
      EXPECT_TRUE(tag->Append("t" + std::to_string(k)).ok());
    }
  }
  const auto schema = arrow::schema(
      {arrow::field("id", arrow::utf8()), arrow::field("text", arrow::utf8()),
       arrow::field("n", arrow::int64()),
       arrow::field("tags", arrow::list(arrow::utf8()))});
  const auto table = arrow::Table::Make(
      schema, {id.Finish().ValueOrDie(), text.Finish().ValueOrDie(),
               n.Finish().ValueOrDie(), tags.Finish().ValueOrDie()});
  parquet::WriterProperties::Builder builder;
  builder.compression(static_cast<arrow::Compression::type>(codec));
  if (!dictionary) builder.disable_dictionary();
  auto sink = arrow::io::BufferOutputStream::Create().ValueOrDie();
  EXPECT_TRUE(parquet::arrow::WriteTable(*table, arrow::default_memory_pool(),
                                         sink, group_rows, builder.build())
                  .ok());
  return sink->Finish().ValueOrDie()->ToString();
}

}  // namespace winnow::testing
