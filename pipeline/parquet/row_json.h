// SPDX-License-Identifier: Apache-2.0
// Rows of a record batch as JSON: what Parquet types become.
//
//   null at the top level     left out; inside a list or struct `null`
//   strings                   as they are (the JSONL reader checks UTF-8)
//   binary                    a string if it is valid UTF-8, else base64
//   integers, floats          numbers; not finite: null
//   decimal                   a number, exact
//   date, time, timestamp     ISO 8601; UTC ends in Z; a fraction only as far
//                             as it is not zero
//   list                      an array; struct: an object
//   map                       an object if its keys are strings, else an array
//                             of {"key":...,"value":...}
//   JSON (logical type)       as it stands, if it is JSON
//   anything else             a string in Arrow's notation
#ifndef WINNOW_PIPELINE_PARQUET_ROW_JSON_H_
#define WINNOW_PIPELINE_PARQUET_ROW_JSON_H_

#include <arrow/record_batch.h>

#include <cstdint>
#include <string>
#include <vector>

namespace winnow {

// How a top-level column is written.
enum class ColumnUse : uint8_t {
  kValue,
  kJson,     // JSON text, written as it stands
  kMembers,  // the members of a JSON object, beside the other columns
};

// Appends `{"name":value,...}`. `uses` has one entry for each column.
void AppendRowJson(const arrow::RecordBatch& batch,
                   const std::vector<ColumnUse>& uses, int64_t row,
                   std::string* out);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_PARQUET_ROW_JSON_H_
