// SPDX-License-Identifier: Apache-2.0
// The footer of a Parquet file: where its row groups lie, which columns are
// read, or why nothing is.
#ifndef WINNOW_PIPELINE_PARQUET_PARQUET_FILE_H_
#define WINNOW_PIPELINE_PARQUET_PARQUET_FILE_H_

#include <parquet/metadata.h>
#include <parquet/properties.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "pipeline/parquet/limited_pool.h"
#include "pipeline/parquet/parquet_codec.h"
#include "pipeline/parquet/row_json.h"
#include "pipeline/read/reasons.h"
#include "pipeline/read/table_codec.h"

namespace winnow {

class ParquetFile : public TableFile {
 public:
  // Reads the footer of `file`.
  ParquetFile(File* file, const ParquetOptions& options);

  // Why no row group can be read; kCount if they can.
  ReadReason reason() const { return reason_; }

  // The rest if reason() is kCount, and for each group.
  const std::shared_ptr<parquet::FileMetaData>& metadata() const {
    return metadata_;
  }
  // Leaf columns to read, and what the fields they belong to are.
  const std::vector<int>& columns() const { return columns_; }
  const std::vector<ColumnUse>& uses() const { return uses_; }
  struct Rows {
    uint64_t first = 0;  // rank in the file
    uint64_t count = 0;
    int64_t batch = 1;  // decoded at once
  };
  const Rows& rows(size_t group) const { return rows_[group]; }

 private:
  ReadReason ReadFooter(File* file, const ParquetOptions& options);
  void ChooseColumns(const std::vector<std::string>& names);
  bool PlaceGroups(uint64_t size, const ParquetOptions& options);

  // The footer asks it for memory as long as it lives.
  LimitedPool pool_;
  ReadReason reason_ = ReadReason::kCount;
  std::shared_ptr<parquet::FileMetaData> metadata_;
  std::vector<int> columns_;
  std::vector<ColumnUse> uses_;
  std::vector<Rows> rows_;
};

// Limits on what a footer may claim.
parquet::ReaderProperties ReaderLimits(arrow::MemoryPool* pool);
// The reason behind a message of Arrow or Parquet.
ReadReason ReasonOf(const arrow::Status& status);
ReadReason ReasonOf(const std::exception& error);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_PARQUET_PARQUET_FILE_H_
