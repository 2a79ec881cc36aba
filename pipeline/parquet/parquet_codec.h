// SPDX-License-Identifier: Apache-2.0
// Parquet as a table codec (pipeline/read/table_codec.h), on Arrow's own
// reader. What a file holds never throws and never crashes: it becomes rows,
// or a counted reason with its bytes.
//
// Order: row groups as the footer lists them, rows as they stand. The bytes of
// a group run from its first page to that of the next (the first group from
// 0, the last to the end of the file, footer included).
#ifndef WINNOW_PIPELINE_PARQUET_PARQUET_CODEC_H_
#define WINNOW_PIPELINE_PARQUET_PARQUET_CODEC_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "pipeline/read/record.h"
#include "pipeline/read/table_codec.h"

namespace winnow {

struct ParquetOptions {
  // Top-level columns to read; empty: all.
  std::vector<std::string> columns;
  // What one reader may hold, decoded pages and arrays; beyond it a row group
  // is given up as `read.expansion_limit`.
  int64_t reader_bytes = int64_t{256} << 20;
  // Rows decoded at once: as many as the footer says fill this, but no more
  // than `batch_rows`.
  int64_t batch_bytes = int64_t{1} << 20;
  int64_t batch_rows = 4096;
};

std::unique_ptr<TableCodec> NewParquetCodec(const ParquetOptions& options);

// The columns to read for a recipe: none named, all; else those named and
// those that the fields of the `read` section need.
ParquetOptions ParquetOptionsOf(const ReadOptions& options);

// Arrow's version, for the run key: it makes the bytes of shards.
std::string ArrowVersion();

}  // namespace winnow

#endif  // WINNOW_PIPELINE_PARQUET_PARQUET_CODEC_H_
