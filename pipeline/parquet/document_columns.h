// SPDX-License-Identifier: Apache-2.0
// Lines of output JSON taken apart into the columns of a shard.
#ifndef WINNOW_PIPELINE_PARQUET_DOCUMENT_COLUMNS_H_
#define WINNOW_PIPELINE_PARQUET_DOCUMENT_COLUMNS_H_

#include <parquet/schema.h>
#include <parquet/types.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace winnow {

inline constexpr size_t kDocumentColumns = 7;

// The schema of every shard.
parquet::schema::NodePtr DocumentSchema();

class DocumentColumns {
 public:
  struct Column {
    std::vector<parquet::ByteArray> values;
    std::vector<int16_t> levels;  // 1: a value, 0: null
  };

  // Replaces what is there. Views `text` and memory of its own.
  // REQUIRES: lines as AppendDocumentJson() writes them.
  void Read(std::string_view text);

  int64_t rows() const {
    return static_cast<int64_t>(columns_[0].levels.size());
  }
  const Column& column(size_t i) const { return columns_[i]; }

 private:
  void TakeLine(std::string_view line);

  std::array<Column, kDocumentColumns> columns_;
  // Unescaped strings and gathered members, never more than `text` is long.
  std::vector<char> plain_;
  size_t used_ = 0;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_PARQUET_DOCUMENT_COLUMNS_H_
