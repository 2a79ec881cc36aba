// SPDX-License-Identifier: Apache-2.0
#include "pipeline/parquet/parquet_shard.h"

#include <arrow/buffer.h>
#include <arrow/io/memory.h>
#include <arrow/memory_pool.h>
#include <arrow/result.h>
#include <parquet/column_writer.h>
#include <parquet/file_writer.h>
#include <parquet/metadata.h>
#include <parquet/properties.h>

#include <limits>
#include <map>
#include <utility>

#include "pipeline/error.h"
#include "pipeline/parquet/document_columns.h"
#include "pipeline/parquet/group_record.h"
#include "pipeline/read/file.h"

namespace winnow {
namespace {

constexpr std::string_view kMagic = "PAR1";
constexpr int64_t kPage = int64_t{1} << 30;  // one a column chunk

std::shared_ptr<parquet::WriterProperties> PropertiesOf(
    const ParquetShardOptions& options) {
  parquet::WriterProperties::Builder builder;
  builder.version(parquet::ParquetVersion::PARQUET_2_6)
      ->data_page_version(parquet::ParquetDataPageVersion::V1)
      ->created_by("winnow " + options.version)
      ->disable_dictionary()
      ->enable_dictionary("source")
      ->enable_dictionary("added")
      ->disable_statistics()
      ->data_pagesize(kPage)
      ->max_rows_per_page(kPage)
      ->enable_page_checksum()
      ->memory_pool(arrow::system_memory_pool());
  if (options.compress) {
    builder.compression(parquet::Compression::ZSTD)
        ->compression_level(options.level);
  } else {
    builder.compression(parquet::Compression::UNCOMPRESSED);
  }
  return builder.build();
}

using Schema = std::shared_ptr<parquet::schema::GroupNode>;

Schema SchemaNode() {
  return std::static_pointer_cast<parquet::schema::GroupNode>(DocumentSchema());
}

// Where the chunks of a file with one row group lie, from its first byte.
GroupRecord RecordOf(const parquet::FileMetaData& metadata) {
  GroupRecord record;
  const auto group = metadata.RowGroup(0);
  const auto from = static_cast<int64_t>(kMagic.size());
  record.rows = static_cast<uint64_t>(group->num_rows());
  for (int c = 0; c < group->num_columns(); ++c) {
    const auto chunk = group->ColumnChunk(c);
    GroupRecord::Column& column = record.columns.emplace_back();
    column.values = chunk->num_values();
    if (chunk->has_dictionary_page()) {
      column.dictionary_offset = chunk->dictionary_page_offset() - from;
    }
    column.data_offset = chunk->data_page_offset() - from;
    column.compressed = chunk->total_compressed_size();
    column.uncompressed = chunk->total_uncompressed_size();
    record.bytes += static_cast<uint64_t>(column.compressed);
    for (const parquet::PageEncodingStats& pages : chunk->encoding_stats()) {
      const bool dictionary =
          pages.page_type == parquet::PageType::DICTIONARY_PAGE;
      auto& counts = dictionary ? column.dictionary_pages : column.data_pages;
      counts[static_cast<int32_t>(pages.encoding)] += pages.count;
    }
  }
  return record;
}

class ParquetEncoder : public ShardFormat::Encoder {
 public:
  ParquetEncoder(Schema schema,
                 std::shared_ptr<parquet::WriterProperties> properties)
      : schema_(std::move(schema)), properties_(std::move(properties)) {}

  void Encode(std::string_view text, std::string* encoded) override {
    columns_.Read(text);
    try {
      Write(encoded);
    } catch (const Error&) {
      throw;
    } catch (const std::exception& error) {
      throw Error(ErrorKind::kInternal,
                  std::string("parquet: cannot encode: ") + error.what());
    }
  }

 private:
  // A whole file in memory, of which the row group is taken.
  void Write(std::string* encoded) {
    auto sink = arrow::io::BufferOutputStream::Create().ValueOrDie();
    auto file = parquet::ParquetFileWriter::Open(sink, schema_, properties_);
    parquet::RowGroupWriter* group = file->AppendRowGroup();
    for (size_t i = 0; i < kDocumentColumns; ++i) {
      const DocumentColumns::Column& column = columns_.column(i);
      auto* writer =
          static_cast<parquet::ByteArrayWriter*>(group->NextColumn());
      writer->WriteBatch(columns_.rows(), column.levels.data(), nullptr,
                         column.values.data());
      writer->Close();
    }
    file->Close();
    const GroupRecord record = RecordOf(*file->metadata());
    const auto bytes = sink->Finish().ValueOrDie();
    const auto size = static_cast<uint64_t>(bytes->size());
    if (size < kMagic.size() + record.bytes) {
      throw Error(ErrorKind::kInternal, "parquet: a row group has no end");
    }
    encoded->clear();
    record.AppendTo(encoded);
    encoded->append(
        reinterpret_cast<const char*>(bytes->data()) + kMagic.size(),
        record.bytes);
  }

  const Schema schema_;
  const std::shared_ptr<parquet::WriterProperties> properties_;
  DocumentColumns columns_;
};

// Calls visit(record, offset of its row group) for each in a shard.
template <typename Visit>
void WalkGroups(const std::string& path, uint64_t bytes, const Visit& visit) {
  const auto corrupt = [&path]() -> Error {
    return {ErrorKind::kCorruption,
            path + ": not a shard of winnow: delete the run's folder"};
  };
  File file;
  if (!file.Open(path)) throw Error(ErrorKind::kIo, "cannot open: " + path);
  const auto read = [&](uint64_t at, size_t n, std::string* out) {
    out->resize(n);
    if (at + n > bytes ||
        file.ReadAt(at, out->data(), n) != static_cast<int64_t>(n)) {
      throw corrupt();
    }
  };
  std::string buffer;
  read(0, kMagic.size(), &buffer);
  if (buffer != kMagic) throw corrupt();
  for (uint64_t at = kMagic.size(); at < bytes;) {
    read(at, GroupRecord::kFixed, &buffer);
    const uint32_t length = GroupRecord::LengthOf(buffer);
    if (length == 0) throw corrupt();
    read(at, length, &buffer);
    GroupRecord record;
    if (!record.Parse(buffer) || record.bytes > bytes - at - length ||
        record.columns.size() != kDocumentColumns) {
      throw corrupt();
    }
    visit(record, at + length);
    at += length + record.bytes;
  }
}

std::map<parquet::Encoding::type, int32_t> Encodings(
    const std::map<int32_t, int32_t>& pages) {
  std::map<parquet::Encoding::type, int32_t> out;
  for (const auto& [encoding, count] : pages) {
    out[static_cast<parquet::Encoding::type>(encoding)] = count;
  }
  return out;
}

class ParquetShardFormat : public ShardFormat {
 public:
  explicit ParquetShardFormat(const ParquetShardOptions& options)
      : schema_(SchemaNode()), properties_(PropertiesOf(options)) {
    descriptor_.Init(schema_);
  }

  std::unique_ptr<Encoder> NewEncoder() const override {
    return std::make_unique<ParquetEncoder>(schema_, properties_);
  }

  std::string_view header() const override { return kMagic; }

  std::string Footer(const std::string& path, uint64_t bytes) const override {
    try {
      return FooterOf(path, bytes);
    } catch (const Error&) {
      throw;
    } catch (const std::exception& error) {
      throw Error(ErrorKind::kInternal,
                  path + ": cannot write the footer: " + error.what());
    }
  }

 private:
  std::string FooterOf(const std::string& path, uint64_t bytes) const {
    const auto builder =
        parquet::FileMetaDataBuilder::Make(&descriptor_, properties_);
    int ordinal = 0;
    WalkGroups(path, bytes, [&](const GroupRecord& record, uint64_t at) {
      const auto from = static_cast<int64_t>(at);
      parquet::RowGroupMetaDataBuilder* group = builder->AppendRowGroup();
      group->set_num_rows(static_cast<int64_t>(record.rows));
      int64_t total = 0;
      for (const GroupRecord::Column& c : record.columns) {
        const bool dictionary = c.dictionary_offset >= 0;
        group->NextColumnChunk()->Finish(
            c.values, dictionary ? from + c.dictionary_offset : 0, 0,
            from + c.data_offset, c.compressed, c.uncompressed, dictionary,
            false, Encodings(c.dictionary_pages), Encodings(c.data_pages));
        total += c.uncompressed;
      }
      // The field is 16 bits wide and may be left out.
      constexpr int kMost = std::numeric_limits<int16_t>::max();
      group->Finish(total,
                    static_cast<int16_t>(ordinal > kMost ? -1 : ordinal));
      ++ordinal;
    });
    const auto metadata = builder->Finish();
    auto sink = arrow::io::BufferOutputStream::Create().ValueOrDie();
    parquet::WriteFileMetaData(*metadata, sink.get());
    return sink->Finish().ValueOrDie()->ToString();
  }

  const Schema schema_;
  parquet::SchemaDescriptor descriptor_;
  const std::shared_ptr<parquet::WriterProperties> properties_;
};

}  // namespace

std::unique_ptr<ShardFormat> NewParquetShardFormat(
    const ParquetShardOptions& options) {
  return std::make_unique<ParquetShardFormat>(options);
}

}  // namespace winnow
