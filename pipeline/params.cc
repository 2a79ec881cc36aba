// SPDX-License-Identifier: Apache-2.0
#include "pipeline/params.h"

#include <charconv>
#include <cmath>

#include "pipeline/error.h"

namespace winnow {
namespace {

template <typename T>
bool ParseWhole(std::string_view s, T* out) {
  const auto [end, ec] = std::from_chars(s.data(), s.data() + s.size(), *out);
  return ec == std::errc() && end == s.data() + s.size() && !s.empty();
}

std::string Range(const ParamSpec& spec) {
  const bool low = std::isfinite(spec.min);
  const bool high = std::isfinite(spec.max);
  const auto show = [&](double v) {
    if (spec.type == ParamType::kSize) {
      return SizeText(static_cast<uint64_t>(v));
    }
    char buffer[32];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, v).ptr;
    return std::string(buffer, end);
  };
  if (low && high) {
    return " between " + show(spec.min) + " and " + show(spec.max);
  }
  if (low) return " of at least " + show(spec.min);
  if (high) return " of at most " + show(spec.max);
  return "";
}

// A number that is one, and too large for us to hold.
bool TooLarge(ParamType type, std::string_view scalar) {
  size_t digits = 0;
  while (digits < scalar.size() && scalar[digits] >= '0' &&
         scalar[digits] <= '9') {
    ++digits;
  }
  if (type == ParamType::kSize) {
    return digits >= 19 ||
           (digits > 0 && digits < scalar.size() &&
            ParseSize("1" + std::string(scalar.substr(digits))).has_value() &&
            !ParseSize(scalar).has_value());
  }
  return type == ParamType::kInt && digits == scalar.size() && digits >= 19;
}

bool InRange(const ParamSpec& spec, double v) {
  return v >= spec.min && v <= spec.max;
}

bool IsChoice(std::string_view choices, std::string_view value) {
  while (!choices.empty()) {
    const size_t bar = choices.find('|');
    if (choices.substr(0, bar) == value) return true;
    if (bar == std::string_view::npos) break;
    choices.remove_prefix(bar + 1);
  }
  return false;
}

const char* TypeName(ParamType type) {
  switch (type) {
    case ParamType::kBool:
      return "true or false";
    case ParamType::kInt:
      return "a whole number";
    case ParamType::kFloat:
      return "a number";
    case ParamType::kSize:
      return "a size such as 64MiB";
    case ParamType::kString:
      return "a string";
    case ParamType::kStrings:
      return "a list of strings";
    case ParamType::kChoice:
      return "one of";
  }
  return "";
}

}  // namespace

void Params::Set(std::string_view key, Value value) {
  for (auto& [name, old] : values_) {
    if (name == key) {
      old = std::move(value);
      return;
    }
  }
  values_.emplace_back(key, std::move(value));
}

const Params::Value& Params::Find(std::string_view key) const {
  for (const auto& [name, value] : values_) {
    if (name == key) return value;
  }
  const bool declared = false;
  WINNOW_CHECK(declared);
  return values_.front().second;
}

bool Params::Bool(std::string_view key) const { return Find(key).boolean; }
int64_t Params::Int(std::string_view key) const { return Find(key).integer; }
double Params::Float(std::string_view key) const { return Find(key).number; }
uint64_t Params::Size(std::string_view key) const {
  return static_cast<uint64_t>(Find(key).integer);
}
const std::string& Params::String(std::string_view key) const {
  return Find(key).text;
}
const std::string& Params::At(std::string_view key) const {
  return Find(key).at;
}
const std::vector<std::string>& Params::Strings(std::string_view key) const {
  return Find(key).list;
}
std::optional<double> Params::OptionalFloat(std::string_view key) const {
  const Value& v = Find(key);
  if (v.is_null) return std::nullopt;
  return v.number;
}
std::optional<int64_t> Params::OptionalInt(std::string_view key) const {
  const Value& v = Find(key);
  if (v.is_null) return std::nullopt;
  return v.integer;
}

std::string SizeText(uint64_t bytes) {
  static constexpr std::pair<const char*, uint64_t> kUnits[] = {
      {"TiB", uint64_t{1} << 40},
      {"GiB", uint64_t{1} << 30},
      {"MiB", uint64_t{1} << 20},
      {"KiB", uint64_t{1} << 10},
      {"TB", 1000000000000},
      {"GB", 1000000000},
      {"MB", 1000000},
      {"kB", 1000}};
  uint64_t count = bytes;
  const char* best = "";
  for (const auto& [unit, scale] : kUnits) {
    if (bytes % scale == 0 && bytes / scale < count) {
      count = bytes / scale;
      best = unit;
    }
  }
  return std::to_string(count) + best;
}

std::optional<uint64_t> ParseSize(std::string_view s) {
  size_t digits = 0;
  while (digits < s.size() &&
         ((s[digits] >= '0' && s[digits] <= '9') || s[digits] == '.')) {
    ++digits;
  }
  double number = 0;
  if (!ParseWhole(s.substr(0, digits), &number)) return std::nullopt;
  const std::string_view unit = s.substr(digits);
  double scale = 0;
  if (unit.empty() || unit == "B") scale = 1;
  if (unit == "kB" || unit == "KB") scale = 1e3;
  if (unit == "MB") scale = 1e6;
  if (unit == "GB") scale = 1e9;
  if (unit == "TB") scale = 1e12;
  if (unit == "KiB") scale = 1024.0;
  if (unit == "MiB") scale = 1048576.0;
  if (unit == "GiB") scale = 1073741824.0;
  if (unit == "TiB") scale = 1099511627776.0;
  const double bytes = number * scale;
  if (scale == 0 || bytes >= 9e18 || bytes != std::floor(bytes)) {
    return std::nullopt;
  }
  return static_cast<uint64_t>(bytes);
}

std::optional<Params::Value> ParseParam(const ParamSpec& spec,
                                        const std::string& scalar,
                                        std::string* why) {
  Params::Value value;
  value.text = scalar;
  if (spec.nullable && (scalar == "null" || scalar == "~")) {
    value.is_null = true;
    value.text = "null";
    return value;
  }
  bool good = false;
  switch (spec.type) {
    case ParamType::kBool:
      good = scalar == "true" || scalar == "false";
      value.boolean = scalar == "true";
      break;
    case ParamType::kInt:
      good = ParseWhole(scalar, &value.integer) &&
             (scalar.size() == 1 || scalar[0] != '0');
      value.number = static_cast<double>(value.integer);
      good = good && InRange(spec, value.number);
      break;
    case ParamType::kFloat:
      good = ParseWhole(scalar, &value.number) && std::isfinite(value.number) &&
             InRange(spec, value.number);
      break;
    case ParamType::kSize:
      if (const auto size = ParseSize(scalar)) {
        value.integer = static_cast<int64_t>(*size);
        value.number = static_cast<double>(*size);
        good = InRange(spec, value.number);
      }
      break;
    case ParamType::kString:
      good = true;
      break;
    case ParamType::kChoice:
      good = IsChoice(spec.choices, scalar);
      break;
    case ParamType::kStrings: {
      // "[a, b]", as defaults are written.
      std::string_view rest = scalar;
      good = rest.size() >= 2 && rest.front() == '[' && rest.back() == ']';
      if (!good) break;
      rest = rest.substr(1, rest.size() - 2);
      while (!rest.empty()) {
        const size_t comma = rest.find(',');
        std::string_view item = rest.substr(0, comma);
        while (!item.empty() && item.front() == ' ') item.remove_prefix(1);
        while (!item.empty() && item.back() == ' ') item.remove_suffix(1);
        if (!item.empty()) value.list.emplace_back(item);
        if (comma == std::string_view::npos) break;
        rest.remove_prefix(comma + 1);
      }
      break;
    }
  }
  if (good) return value;
  if (TooLarge(spec.type, scalar)) {
    *why = "too large: '" + scalar + "'";
    return std::nullopt;
  }
  *why = std::string("expected ") + TypeName(spec.type);
  if (spec.type == ParamType::kChoice) {
    *why += " " + std::string(spec.choices);
  } else {
    *why += Range(spec);
  }
  if (spec.nullable) *why += ", or null";
  *why += ", got '" + scalar + "'";
  return std::nullopt;
}

Params DefaultParams(const std::vector<ParamSpec>& specs) {
  Params params;
  for (const ParamSpec& spec : specs) {
    std::string why;
    auto value = ParseParam(spec, std::string(spec.default_value), &why);
    WINNOW_CHECK(value.has_value() || spec.required);
    params.Set(spec.key, value.value_or(Params::Value{}));
  }
  return params;
}

}  // namespace winnow
