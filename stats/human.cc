// SPDX-License-Identifier: Apache-2.0
#include "stats/human.h"

#include <fmt/format.h>

#include <cmath>

namespace winnow {
namespace {

std::string WithUnit(uint64_t n, const char* suffix) {
  static constexpr const char* kUnits[] = {"", "k", "M", "G", "T", "P", "E"};
  if (n < 1000) return fmt::format("{}{}{}", n, *suffix ? " " : "", suffix);
  size_t unit = 0;
  double value = static_cast<double>(n);
  while (value >= 999.5 && unit < 6) {
    value /= 1000;
    ++unit;
  }
  const int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
  return fmt::format("{:.{}f} {}{}", value, decimals, kUnits[unit], suffix);
}

}  // namespace

std::string HumanCount(uint64_t n) { return WithUnit(n, ""); }
std::string HumanBytes(uint64_t n) { return WithUnit(n, "B"); }

std::string HumanPlural(uint64_t n, std::string_view noun) {
  return fmt::format("{} {}{}", HumanCount(n), noun, n == 1 ? "" : "s");
}

std::string HumanShare(uint64_t part, uint64_t whole) {
  if (whole == 0) return "-";
  const double share =
      100.0 * static_cast<double>(part) / static_cast<double>(whole);
  if (part != 0 && share < 0.1) return "< 0.1 %";
  if (part < whole && share >= 99.95) return "> 99.9 %";
  return fmt::format("{:.1f} %", share);
}

std::string HumanSeconds(double seconds) {
  if (seconds < 60) return fmt::format("{:.2f} s", seconds);
  const auto whole = static_cast<uint64_t>(std::llround(seconds));
  if (whole < 3600) {
    return fmt::format("{} min {:02} s", whole / 60, whole % 60);
  }
  return fmt::format("{} h {:02} min", whole / 3600, whole % 3600 / 60);
}

}  // namespace winnow
