// SPDX-License-Identifier: Apache-2.0
#include "pipeline/parquet/row_json.h"

#include <arrow/array.h>
#include <arrow/extension_type.h>
#include <arrow/scalar.h>
#include <arrow/type.h>
#include <arrow/util/decimal.h>
#include <arrow/util/float16.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string_view>
#include <type_traits>

#include "pipeline/json_writer.h"
#include "pipeline/parquet/time_text.h"
#include "pipeline/read/json_scan.h"
#include "pipeline/text/utf8.h"

namespace winnow {
namespace {

constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void AppendBase64(std::string_view bytes, std::string* out) {
  out->push_back('"');
  for (size_t i = 0; i < bytes.size(); i += 3) {
    uint32_t group = 0;
    const size_t n = std::min<size_t>(3, bytes.size() - i);
    for (size_t k = 0; k < 3; ++k) {
      group <<= 8;
      if (k < n) group |= static_cast<unsigned char>(bytes[i + k]);
    }
    for (size_t k = 0; k < 4; ++k) {
      out->push_back(k <= n ? kBase64[group >> (18 - 6 * k) & 63] : '=');
    }
  }
  out->push_back('"');
}

void AppendBinary(std::string_view bytes, std::string* out) {
  if (IsValidUtf8(bytes)) {
    AppendJsonString(bytes, out);
  } else {
    AppendBase64(bytes, out);
  }
}

void AppendFloat(float value, std::string* out) {
  char buffer[40];
  if (!std::isfinite(value)) {
    out->append("null");
    return;
  }
  out->append(buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr);
}

template <typename ArrayType>
const ArrayType& As(const arrow::Array& array) {
  return static_cast<const ArrayType&>(array);
}

template <typename ArrayType>
void AppendInteger(const arrow::Array& array, int64_t i, std::string* out) {
  const auto value = As<ArrayType>(array).Value(i);
  if constexpr (std::is_signed_v<decltype(value)>) {
    AppendJsonNumber(static_cast<int64_t>(value), out);
  } else {
    AppendJsonNumber(static_cast<uint64_t>(value), out);
  }
}

void AppendValue(const arrow::Array& array, int64_t i, std::string* out);

template <typename ListType>
void AppendList(const arrow::Array& array, int64_t i, std::string* out) {
  const auto& list = As<ListType>(array);
  const int64_t begin = list.value_offset(i);
  out->push_back('[');
  for (int64_t k = 0; k < list.value_length(i); ++k) {
    if (k != 0) out->push_back(',');
    AppendValue(*list.values(), begin + k, out);
  }
  out->push_back(']');
}

void AppendMap(const arrow::Array& array, int64_t i, std::string* out) {
  const auto& map = As<arrow::MapArray>(array);
  const arrow::Array& keys = *map.keys();
  const bool object = keys.type_id() == arrow::Type::STRING;
  const int64_t begin = map.value_offset(i);
  out->push_back(object ? '{' : '[');
  for (int64_t k = begin; k < begin + map.value_length(i); ++k) {
    if (k != begin) out->push_back(',');
    if (!object) out->append("{\"key\":");
    if (object && keys.IsNull(k)) {
      out->append("\"\"");
    } else {
      AppendValue(keys, k, out);
    }
    out->append(object ? ":" : ",\"value\":");
    AppendValue(*map.items(), k, out);
    if (!object) out->push_back('}');
  }
  out->push_back(object ? '}' : ']');
}

void AppendStruct(const arrow::Array& array, int64_t i, std::string* out) {
  const auto& object = As<arrow::StructArray>(array);
  const auto& type = static_cast<const arrow::StructType&>(*array.type());
  out->push_back('{');
  for (int k = 0; k < type.num_fields(); ++k) {
    if (k != 0) out->push_back(',');
    AppendJsonString(type.field(k)->name(), out);
    out->push_back(':');
    AppendValue(*object.field(k), i, out);
  }
  out->push_back('}');
}

TimeUnit UnitOf(arrow::TimeUnit::type unit) {
  switch (unit) {
    case arrow::TimeUnit::SECOND:
      return TimeUnit::kSecond;
    case arrow::TimeUnit::MILLI:
      return TimeUnit::kMilli;
    case arrow::TimeUnit::MICRO:
      return TimeUnit::kMicro;
    case arrow::TimeUnit::NANO:
      break;
  }
  return TimeUnit::kNano;
}

// Dates and times; false for other types.
bool AppendTime(const arrow::Array& array, int64_t i, std::string* out) {
  switch (array.type_id()) {
    case arrow::Type::DATE32:
      AppendDate(As<arrow::Date32Array>(array).Value(i), out);
      return true;
    case arrow::Type::DATE64:
      AppendTimestamp(As<arrow::Date64Array>(array).Value(i), TimeUnit::kMilli,
                      false, out);
      return true;
    case arrow::Type::TIMESTAMP: {
      const auto& type =
          static_cast<const arrow::TimestampType&>(*array.type());
      AppendTimestamp(As<arrow::TimestampArray>(array).Value(i),
                      UnitOf(type.unit()), !type.timezone().empty(), out);
      return true;
    }
    case arrow::Type::TIME32: {
      const auto& type = static_cast<const arrow::Time32Type&>(*array.type());
      AppendTimeOfDay(As<arrow::Time32Array>(array).Value(i),
                      UnitOf(type.unit()), out);
      return true;
    }
    case arrow::Type::TIME64: {
      const auto& type = static_cast<const arrow::Time64Type&>(*array.type());
      AppendTimeOfDay(As<arrow::Time64Array>(array).Value(i),
                      UnitOf(type.unit()), out);
      return true;
    }
    case arrow::Type::DURATION:
      AppendJsonNumber(As<arrow::DurationArray>(array).Value(i), out);
      return true;
    default:
      return false;
  }
}

bool AppendNumber(const arrow::Array& array, int64_t i, std::string* out) {
  switch (array.type_id()) {
    case arrow::Type::INT8:
      AppendInteger<arrow::Int8Array>(array, i, out);
      return true;
    case arrow::Type::INT16:
      AppendInteger<arrow::Int16Array>(array, i, out);
      return true;
    case arrow::Type::INT32:
      AppendInteger<arrow::Int32Array>(array, i, out);
      return true;
    case arrow::Type::INT64:
      AppendInteger<arrow::Int64Array>(array, i, out);
      return true;
    case arrow::Type::UINT8:
      AppendInteger<arrow::UInt8Array>(array, i, out);
      return true;
    case arrow::Type::UINT16:
      AppendInteger<arrow::UInt16Array>(array, i, out);
      return true;
    case arrow::Type::UINT32:
      AppendInteger<arrow::UInt32Array>(array, i, out);
      return true;
    case arrow::Type::UINT64:
      AppendInteger<arrow::UInt64Array>(array, i, out);
      return true;
    case arrow::Type::HALF_FLOAT:
      AppendFloat(arrow::util::Float16::FromBits(
                      As<arrow::HalfFloatArray>(array).Value(i))
                      .ToFloat(),
                  out);
      return true;
    case arrow::Type::FLOAT:
      AppendFloat(As<arrow::FloatArray>(array).Value(i), out);
      return true;
    case arrow::Type::DOUBLE:
      AppendJsonNumber(As<arrow::DoubleArray>(array).Value(i), out);
      return true;
    case arrow::Type::DECIMAL128:
      out->append(As<arrow::Decimal128Array>(array).FormatValue(i));
      return true;
    case arrow::Type::DECIMAL256:
      out->append(As<arrow::Decimal256Array>(array).FormatValue(i));
      return true;
    default:
      return false;
  }
}

bool AppendBytes(const arrow::Array& array, int64_t i, std::string* out) {
  switch (array.type_id()) {
    case arrow::Type::STRING:
      AppendJsonString(As<arrow::StringArray>(array).GetView(i), out);
      return true;
    case arrow::Type::LARGE_STRING:
      AppendJsonString(As<arrow::LargeStringArray>(array).GetView(i), out);
      return true;
    case arrow::Type::STRING_VIEW:
      AppendJsonString(As<arrow::StringViewArray>(array).GetView(i), out);
      return true;
    case arrow::Type::BINARY:
      AppendBinary(As<arrow::BinaryArray>(array).GetView(i), out);
      return true;
    case arrow::Type::LARGE_BINARY:
      AppendBinary(As<arrow::LargeBinaryArray>(array).GetView(i), out);
      return true;
    case arrow::Type::BINARY_VIEW:
      AppendBinary(As<arrow::BinaryViewArray>(array).GetView(i), out);
      return true;
    case arrow::Type::FIXED_SIZE_BINARY:
      AppendBinary(As<arrow::FixedSizeBinaryArray>(array).GetView(i), out);
      return true;
    default:
      return false;
  }
}

void AppendOther(const arrow::Array& array, int64_t i, std::string* out) {
  const auto scalar = array.GetScalar(i);
  const std::string text = scalar.ok() ? (*scalar)->ToString() : "";
  AppendBinary(text, out);
}

void AppendValue(const arrow::Array& array, int64_t i, std::string* out) {
  if (array.IsNull(i)) {
    out->append("null");
    return;
  }
  if (AppendBytes(array, i, out) || AppendNumber(array, i, out) ||
      AppendTime(array, i, out)) {
    return;
  }
  switch (array.type_id()) {
    case arrow::Type::NA:
      out->append("null");
      return;
    case arrow::Type::BOOL:
      out->append(As<arrow::BooleanArray>(array).Value(i) ? "true" : "false");
      return;
    case arrow::Type::LIST:
      return AppendList<arrow::ListArray>(array, i, out);
    case arrow::Type::LARGE_LIST:
      return AppendList<arrow::LargeListArray>(array, i, out);
    case arrow::Type::FIXED_SIZE_LIST:
      return AppendList<arrow::FixedSizeListArray>(array, i, out);
    case arrow::Type::MAP:
      return AppendMap(array, i, out);
    case arrow::Type::STRUCT:
      return AppendStruct(array, i, out);
    case arrow::Type::DICTIONARY: {
      const auto& coded = As<arrow::DictionaryArray>(array);
      return AppendValue(*coded.dictionary(), coded.GetValueIndex(i), out);
    }
    case arrow::Type::EXTENSION:
      return AppendValue(*As<arrow::ExtensionArray>(array).storage(), i, out);
    default:
      return AppendOther(array, i, out);
  }
}

// The text of a column that holds JSON, or nothing if it does not.
std::string_view JsonText(const arrow::Array& array, int64_t i) {
  const arrow::Array* strings = &array;
  if (array.type_id() == arrow::Type::EXTENSION) {
    strings = As<arrow::ExtensionArray>(array).storage().get();
  }
  if (strings->type_id() != arrow::Type::STRING) return {};
  const std::string_view text = As<arrow::StringArray>(*strings).GetView(i);
  size_t end = 0;
  const bool sound = IsValidUtf8(text) &&
                     ScanJsonValue(text, &end) == JsonScan::kOk &&
                     text.find_first_not_of(" \t\r\n", end) == text.npos;
  return sound ? text : std::string_view();
}

// A line break in JSON that was scanned stands between its tokens.
void AppendOneLine(std::string_view json, std::string* out) {
  const size_t start = out->size();
  out->append(json);
  for (size_t i = start; i < out->size(); ++i) {
    char& c = (*out)[i];
    if (c == '\n' || c == '\r') c = ' ';
  }
}

}  // namespace

void AppendRowJson(const arrow::RecordBatch& batch,
                   const std::vector<ColumnUse>& uses, int64_t row,
                   std::string* out) {
  out->push_back('{');
  bool first = true;
  const auto separate = [&] {
    if (!first) out->push_back(',');
    first = false;
  };
  for (int c = 0; c < batch.num_columns(); ++c) {
    const arrow::Array& column = *batch.column(c);
    if (column.IsNull(row) || column.type_id() == arrow::Type::NA) continue;
    const ColumnUse use = uses[static_cast<size_t>(c)];
    const std::string_view json =
        use == ColumnUse::kValue ? std::string_view() : JsonText(column, row);
    if (use == ColumnUse::kMembers && json.size() > 2 && json.front() == '{' &&
        json.back() == '}') {
      separate();
      AppendOneLine(json.substr(1, json.size() - 2), out);
      continue;
    }
    separate();
    AppendJsonString(batch.schema()->field(c)->name(), out);
    out->push_back(':');
    if (json.empty()) {
      AppendValue(column, row, out);
    } else {
      AppendOneLine(json, out);
    }
  }
  out->push_back('}');
}

}  // namespace winnow
