// SPDX-License-Identifier: Apache-2.0
// The one place that knows whether this winnow was built with Parquet.
#ifndef WINNOW_CLI_COLUMNAR_H_
#define WINNOW_CLI_COLUMNAR_H_

#include <memory>
#include <string>

#include "pipeline/read/table_codec.h"
#include "pipeline/recipe.h"
#include "pipeline/write/shard_format.h"

namespace winnow {

// Reads Parquet; null if it was not built: then it is a format not read.
std::unique_ptr<TableCodec> NewTableCodec(const ReadOptions& options);

// What shards are written with; null: JSONL. Throws Error(kUsage) for Parquet
// if it was not built.
std::unique_ptr<ShardFormat> NewShardFormat(const Recipe& recipe);

// Arrow's version, "none" without it: part of the run key.
std::string ColumnarVersion();

}  // namespace winnow

#endif  // WINNOW_CLI_COLUMNAR_H_
