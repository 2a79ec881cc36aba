// SPDX-License-Identifier: Apache-2.0
// Reads Parquet files through source, decode, cut and reader, as a run does,
// and makes files with Arrow's own writer.
#ifndef WINNOW_TESTS_UNIT_PARQUET_PARQUET_HARNESS_H_
#define WINNOW_TESTS_UNIT_PARQUET_PARQUET_HARNESS_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/parquet/parquet_codec.h"
#include "pipeline/read/cut.h"
#include "pipeline/read/source.h"

namespace winnow::testing {

struct TableDocument {
  std::string identity, id, text, metadata, extra, created;
  bool operator==(const TableDocument&) const = default;
};

struct TableRead {
  std::vector<TableDocument> documents;
  std::map<std::string, uint64_t> reasons;       // records
  std::map<std::string, uint64_t> reason_bytes;  // decoded or not
  std::vector<Cursor> marks;
  std::vector<size_t> documents_at_mark;
  uint64_t decoded = 0;
  uint64_t disk = 0;
};

struct TableSetup {
  ReadOptions read;
  SourceOptions source;
  ParquetOptions parquet;
  uint64_t checkpoint_bytes = 0;
  Cursor start;
};

// Checks that every byte is accounted for.
TableRead ReadTable(const std::string& path, TableSetup setup = {});

// A seekable file of these bytes, gone with the test binary.
class ScratchFile {
 public:
  explicit ScratchFile(std::string_view bytes);
  ~ScratchFile();
  ScratchFile(const ScratchFile&) = delete;
  ScratchFile& operator=(const ScratchFile&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// A file with columns id, text, n (int64), tags (list of strings), made by
// Arrow. `codec` 0: none, else arrow::Compression::type.
std::string MakeParquet(size_t rows, int64_t group_rows, int codec,
                        bool dictionary);
// What row i of it holds.
std::string RowText(size_t i);

}  // namespace winnow::testing

#endif  // WINNOW_TESTS_UNIT_PARQUET_PARQUET_HARNESS_H_
