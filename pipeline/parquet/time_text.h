// SPDX-License-Identifier: Apache-2.0
// Dates and times as JSON strings in ISO 8601, by integer arithmetic alone.
// Days to a civil date: Howard Hinnant, chrono-compatible low-level date
// algorithms (civil_from_days).
#ifndef WINNOW_PIPELINE_PARQUET_TIME_TEXT_H_
#define WINNOW_PIPELINE_PARQUET_TIME_TEXT_H_

#include <cstdint>
#include <string>

namespace winnow {

// How many make a second: the value.
enum class TimeUnit : int64_t {
  kSecond = 1,
  kMilli = 1000,
  kMicro = 1000000,
  kNano = 1000000000,
};

// Days since 1970-01-01: "2024-02-29".
void AppendDate(int64_t days, std::string* out);
// "2024-02-29T12:34:56.789Z"; the Z if `utc`.
void AppendTimestamp(int64_t value, TimeUnit unit, bool utc, std::string* out);
// "12:34:56.789".
void AppendTimeOfDay(int64_t value, TimeUnit unit, std::string* out);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_PARQUET_TIME_TEXT_H_
