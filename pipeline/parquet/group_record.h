// SPDX-License-Identifier: Apache-2.0
// What stands in front of each row group of a growing shard: enough to write
// the shard's footer. Little-endian, fixed layout:
//
//   "WNRG" u32 length of this record  u64 length of the row group
//   u64 rows  u32 columns  then for each column 5 x i64 and 2 lists of
//   (u32 encoding, u32 pages), each with its u32 length in front
#ifndef WINNOW_PIPELINE_PARQUET_GROUP_RECORD_H_
#define WINNOW_PIPELINE_PARQUET_GROUP_RECORD_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace winnow {

struct GroupRecord {
  // Offsets count from the row group's first byte.
  struct Column {
    int64_t values = 0;
    int64_t dictionary_offset = -1;  // -1: none
    int64_t data_offset = 0;
    int64_t compressed = 0;
    int64_t uncompressed = 0;
    std::map<int32_t, int32_t> dictionary_pages;  // encoding to pages
    std::map<int32_t, int32_t> data_pages;
  };
  uint64_t bytes = 0;  // of the row group
  uint64_t rows = 0;
  std::vector<Column> columns;

  void AppendTo(std::string* out) const;
  // The bytes that every record begins with: magic and length.
  static constexpr size_t kFixed = 8;
  // The length of the whole record, or 0 if these are no first bytes of one.
  static uint32_t LengthOf(std::string_view fixed);
  // False if `record` is no record.
  bool Parse(std::string_view record);
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_PARQUET_GROUP_RECORD_H_
