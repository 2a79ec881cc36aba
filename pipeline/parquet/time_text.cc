// SPDX-License-Identifier: Apache-2.0
#include "pipeline/parquet/time_text.h"

namespace winnow {
namespace {

constexpr int64_t kSecondsOfDay = 86400;

int64_t FloorDivide(int64_t a, int64_t b) {
  return a / b - static_cast<int64_t>(a % b < 0);
}
// From 0 to b - 1; a - FloorDivide(a, b) * b would overflow at the edge.
int64_t FloorModulo(int64_t a, int64_t b) {
  return a % b + (a % b < 0 ? b : 0);
}

// At least `digits` of them.
void AppendPadded(int64_t value, size_t digits, std::string* out) {
  if (value < 0) {
    out->push_back('-');
    value = -value;
  }
  const std::string text = std::to_string(value);
  if (text.size() < digits) out->append(digits - text.size(), '0');
  out->append(text);
}

void AppendCivil(int64_t days, std::string* out) {
  days += 719468;  // from 1970-01-01 to 0000-03-01
  const int64_t era = FloorDivide(days, 146097);
  const int64_t day_of_era = days - era * 146097;
  const int64_t year_of_era = (day_of_era - day_of_era / 1460 +
                               day_of_era / 36524 - day_of_era / 146096) /
                              365;
  const int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int64_t shifted = (5 * day_of_year + 2) / 153;  // March is 0
  const int64_t day = day_of_year - (153 * shifted + 2) / 5 + 1;
  const int64_t month = shifted < 10 ? shifted + 3 : shifted - 9;
  AppendPadded(year_of_era + era * 400 + static_cast<int64_t>(month <= 2), 4,
               out);
  out->push_back('-');
  AppendPadded(month, 2, out);
  out->push_back('-');
  AppendPadded(day, 2, out);
}

void AppendClock(int64_t seconds, int64_t fraction, int64_t per_second,
                 std::string* out) {
  AppendPadded(seconds / 3600, 2, out);
  out->push_back(':');
  AppendPadded(seconds / 60 % 60, 2, out);
  out->push_back(':');
  AppendPadded(seconds % 60, 2, out);
  if (fraction == 0) return;
  out->push_back('.');
  for (per_second /= 10; fraction != 0; per_second /= 10) {
    out->push_back(static_cast<char>('0' + fraction / per_second));
    fraction %= per_second;
  }
}

}  // namespace

void AppendDate(int64_t days, std::string* out) {
  out->push_back('"');
  AppendCivil(days, out);
  out->push_back('"');
}

void AppendTimestamp(int64_t value, TimeUnit unit, bool utc, std::string* out) {
  const auto per_second = static_cast<int64_t>(unit);
  const int64_t seconds = FloorDivide(value, per_second);
  const int64_t days = FloorDivide(seconds, kSecondsOfDay);
  out->push_back('"');
  AppendCivil(days, out);
  out->push_back('T');
  AppendClock(FloorModulo(seconds, kSecondsOfDay),
              FloorModulo(value, per_second), per_second, out);
  if (utc) out->push_back('Z');
  out->push_back('"');
}

void AppendTimeOfDay(int64_t value, TimeUnit unit, std::string* out) {
  const auto per_second = static_cast<int64_t>(unit);
  // Nonsense stays in a day's bounds.
  value = FloorModulo(value, per_second * kSecondsOfDay);
  out->push_back('"');
  AppendClock(value / per_second, value % per_second, per_second, out);
  out->push_back('"');
}

}  // namespace winnow
