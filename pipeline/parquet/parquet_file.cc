// SPDX-License-Identifier: Apache-2.0
#include "pipeline/parquet/parquet_file.h"

#include <arrow/status.h>
#include <parquet/exception.h>
#include <parquet/file_reader.h>
#include <parquet/schema.h>
#include <parquet/types.h>

#include <algorithm>
#include <limits>
#include <new>
#include <string_view>

#include "pipeline/parquet/arrow_file.h"

namespace winnow {
namespace {

constexpr int32_t kMostThriftBytes = 64 << 20;
constexpr int32_t kMostThriftItems = 4 << 20;
constexpr int32_t kMostDepth = 64;
constexpr uint64_t kMostRows = uint64_t{1} << 48;
// What a row costs beyond its values: rank, names, quotes.
constexpr uint64_t kRowOverhead = 24;
constexpr size_t kTail = 8;  // footer length, magic

bool IsNotImplemented(std::string_view what) {
  return what.find("Not yet implemented") != what.npos ||
         what.find("not supported") != what.npos ||
         what.find("encrypt") != what.npos;
}

// Shards of our own keep unknown members in one column.
bool IsOurs(const parquet::FileMetaData& metadata) {
  return metadata.created_by().starts_with("winnow ");
}

}  // namespace

parquet::ReaderProperties ReaderLimits(arrow::MemoryPool* pool) {
  parquet::ReaderProperties properties(pool);
  properties.set_thrift_string_size_limit(kMostThriftBytes);
  properties.set_thrift_container_size_limit(kMostThriftItems);
  properties.set_schema_depth_limit(kMostDepth);
  properties.set_page_checksum_verification(true);
  properties.enable_buffered_stream();
  properties.set_buffer_size(int64_t{256} << 10);
  return properties;
}

ReadReason ReasonOf(const arrow::Status& status) {
  if (status.IsOutOfMemory() || status.IsCapacityError()) {
    return ReadReason::kExpansionLimit;
  }
  return status.IsNotImplemented() || IsNotImplemented(status.message())
             ? ReadReason::kParquetUnsupported
             : ReadReason::kParquetInvalid;
}

ReadReason ReasonOf(const std::exception& error) {
  if (const auto* with_status =
          dynamic_cast<const parquet::ParquetStatusException*>(&error)) {
    return ReasonOf(with_status->status());
  }
  if (dynamic_cast<const std::bad_alloc*>(&error) != nullptr ||
      dynamic_cast<const std::length_error*>(&error) != nullptr) {
    return ReadReason::kExpansionLimit;
  }
  return IsNotImplemented(error.what()) ? ReadReason::kParquetUnsupported
                                        : ReadReason::kParquetInvalid;
}

ParquetFile::ParquetFile(File* file, const ParquetOptions& options)
    : pool_(options.reader_bytes) {
  reason_ = ReadFooter(file, options);
  if (reason_ != ReadReason::kCount || groups_.empty()) {
    groups_.assign(1, {0, file->size(), 0});
    rows_.assign(1, {});
  }
}

ReadReason ParquetFile::ReadFooter(File* file, const ParquetOptions& options) {
  char tail[kTail];
  const uint64_t size = file->size();
  if (size < 4 + kTail ||
      file->ReadAt(size - kTail, tail, kTail) != int64_t{kTail}) {
    return ReadReason::kParquetTruncated;
  }
  const std::string_view magic(tail + 4, 4);
  if (magic == "PARE") return ReadReason::kParquetUnsupported;
  if (magic != "PAR1") return ReadReason::kParquetTruncated;
  auto source = std::make_shared<ArrowFile>(file, &pool_);
  try {
    metadata_ = parquet::ParquetFileReader::Open(source, ReaderLimits(&pool_))
                    ->metadata();
    ChooseColumns(options.columns);
    if (!PlaceGroups(size, options)) return ReadReason::kParquetInvalid;
  } catch (const std::exception& error) {
    return source->failed() ? ReadReason::kIoError : ReasonOf(error);
  }
  return ReadReason::kCount;
}

void ParquetFile::ChooseColumns(const std::vector<std::string>& names) {
  const parquet::SchemaDescriptor& schema = *metadata_->schema();
  const parquet::schema::Node* last_root = nullptr;
  for (int i = 0; i < schema.num_columns(); ++i) {
    const parquet::schema::Node* root = schema.GetColumnRoot(i);
    if (!names.empty() &&
        std::find(names.begin(), names.end(), root->name()) == names.end()) {
      continue;
    }
    columns_.push_back(i);
    if (root == last_root) continue;
    last_root = root;
    ColumnUse use = ColumnUse::kValue;
    if (root->is_primitive() && root->logical_type() != nullptr &&
        root->logical_type()->is_JSON()) {
      const bool spread = root->name() == "extra" && IsOurs(*metadata_);
      use = spread ? ColumnUse::kMembers : ColumnUse::kJson;
    }
    uses_.push_back(use);
  }
}

bool ParquetFile::PlaceGroups(uint64_t size, const ParquetOptions& options) {
  const auto n = static_cast<size_t>(metadata_->num_row_groups());
  uint64_t rank = 0;
  bool in_order = true;
  for (size_t g = 0; g < n; ++g) {
    const auto group = metadata_->RowGroup(static_cast<int>(g));
    if (group->num_rows() < 0) return false;
    Rows rows;
    rows.first = rank;
    rows.count = static_cast<uint64_t>(group->num_rows());
    rank += rows.count;
    if (rows.count > kMostRows || rank > kMostRows) return false;
    uint64_t begin = std::numeric_limits<uint64_t>::max();
    uint64_t bytes = 0;
    for (int c = 0; c < group->num_columns(); ++c) {
      const auto chunk = group->ColumnChunk(c);
      int64_t at = chunk->data_page_offset();
      if (chunk->has_dictionary_page()) {
        at = std::min(at, chunk->dictionary_page_offset());
      }
      begin = std::min(begin, static_cast<uint64_t>(std::max<int64_t>(at, 0)));
    }
    for (const int c : columns_) {
      if (c >= group->num_columns()) return false;
      const int64_t claimed = group->ColumnChunk(c)->total_uncompressed_size();
      bytes += static_cast<uint64_t>(
          std::clamp<int64_t>(claimed, 0, int64_t{1} << 40));
    }
    if (g == 0) begin = 0;
    in_order =
        in_order && begin < size && (g == 0 || begin > groups_.back().begin);
    const uint64_t each = bytes / std::max<uint64_t>(rows.count, 1) + 1;
    rows.batch =
        std::clamp<int64_t>(options.batch_bytes / static_cast<int64_t>(each), 1,
                            options.batch_rows);
    groups_.push_back(
        {begin, 0, bytes + bytes / 8 + kRowOverhead * rows.count});
    rows_.push_back(rows);
  }
  // Groups that are not where they should be get a byte each.
  if (!in_order && n > size) return false;
  for (size_t g = 0; g < n; ++g) {
    if (!in_order) groups_[g].begin = g;
    if (g != 0) groups_[g - 1].end = groups_[g].begin;
  }
  if (n != 0) groups_.back().end = size;
  return true;
}

}  // namespace winnow
