// SPDX-License-Identifier: Apache-2.0
// Shards in Parquet. A frame is a row group, made by any worker; a shard is
//
//   "PAR1" ( record, row group )* footer
//
// The record in front of each row group says where its column chunks lie.
// Readers of Parquet follow the footer's offsets and never see it. It is what
// makes a shard grow like any other: cut off at a mark it goes on, and the
// footer is made from the records when the shard is closed. So a shard that is
// still growing has no footer and is not Parquet yet.
//
// Columns: id, text, source (always), added, created (null where unknown),
// metadata (a JSON object), extra (a JSON object of unknown members that JSONL
// output has at its top level; null if there is none). One page a column chunk;
// strings are plain, but `source` and `added`, by dictionary. The bytes depend
// on the documents, the level, and the versions of Arrow and winnow.
#ifndef WINNOW_PIPELINE_PARQUET_PARQUET_SHARD_H_
#define WINNOW_PIPELINE_PARQUET_PARQUET_SHARD_H_

#include <memory>
#include <string>

#include "pipeline/write/shard_format.h"

namespace winnow {

struct ParquetShardOptions {
  bool compress = true;
  int level = 3;              // of zstd
  std::string version = "0";  // of winnow, for the footer
};

std::unique_ptr<ShardFormat> NewParquetShardFormat(
    const ParquetShardOptions& options);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_PARQUET_PARQUET_SHARD_H_
