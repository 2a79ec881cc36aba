// SPDX-License-Identifier: Apache-2.0
#include "cli/columnar.h"

#include "pipeline/error.h"

#ifdef WINNOW_HAVE_PARQUET
#include "cli/version.h"
#include "pipeline/parquet/parquet_codec.h"
#include "pipeline/parquet/parquet_shard.h"
#endif

namespace winnow {

#ifdef WINNOW_HAVE_PARQUET

std::unique_ptr<TableCodec> NewTableCodec(const ReadOptions& options) {
  return NewParquetCodec(ParquetOptionsOf(options));
}

std::unique_ptr<ShardFormat> NewShardFormat(const Recipe& recipe) {
  if (recipe.write.String("format") != "parquet") return nullptr;
  ParquetShardOptions options;
  options.compress = recipe.write.String("compression") == "zstd";
  options.level = static_cast<int>(recipe.write.Int("level"));
  options.version = kVersion;
  return NewParquetShardFormat(options);
}

std::string ColumnarVersion() { return ArrowVersion(); }

#else

std::unique_ptr<TableCodec> NewTableCodec(const ReadOptions&) {
  return nullptr;
}

std::unique_ptr<ShardFormat> NewShardFormat(const Recipe& recipe) {
  if (recipe.write.String("format") != "parquet") return nullptr;
  throw Error(ErrorKind::kUsage,
              "write.format: parquet: this winnow was built without Parquet: "
              "run ./dev setup and build again, or write jsonl");
}

std::string ColumnarVersion() { return "none"; }

#endif

}  // namespace winnow
