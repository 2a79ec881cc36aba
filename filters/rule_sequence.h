// SPDX-License-Identifier: Apache-2.0
// Rules tried in order: the first that fires is the verdict, the others are
// tried only when someone explains. Values are compared in double, as Python
// compares n / d with a threshold, so that round numbers fall on the same side.
#ifndef WINNOW_FILTERS_RULE_SEQUENCE_H_
#define WINNOW_FILTERS_RULE_SEQUENCE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "pipeline/stage.h"

namespace winnow {

// A threshold; nullopt switches its rule off.
using Limit = std::optional<double>;

inline double AsDouble(uint64_t n) { return static_cast<double>(n); }

// n / d of Python integers. REQUIRES: d > 0.
inline double Ratio(uint64_t n, uint64_t d) {
  return AsDouble(n) / AsDouble(d);
}

// The codes alone, in the same order.
template <size_t kN>
constexpr std::array<std::string_view, kN> ReasonCodes(
    const std::array<ReasonSpec, kN>& reasons) {
  std::array<std::string_view, kN> codes;
  for (size_t i = 0; i < kN; ++i) codes[i] = reasons[i].code;
  return codes;
}

class RuleSequence {
 public:
  // `codes` are the stage's reasons; both outlive this object.
  RuleSequence(std::span<const std::string_view> codes, Explainer* explain)
      : codes_(codes), explain_(explain) {}

  // Fires when value > limit. Like the two below: returns whether judging is
  // over, which is never while someone explains.
  bool Above(unsigned reason, double value, const Limit& limit) {
    return limit && Tell(reason, value, ">", *limit, value > *limit);
  }
  // Fires when value < limit.
  bool Below(unsigned reason, double value, const Limit& limit) {
    return limit && Tell(reason, value, "<", *limit, value < *limit);
  }
  // Fires when there is one: a rule without a threshold.
  bool Any(unsigned reason, uint64_t count) {
    return Tell(reason, AsDouble(count), ">", 0, count > 0);
  }

  bool explaining() const { return explain_ != nullptr; }
  Verdict verdict() const { return verdict_; }

 private:
  bool Tell(unsigned reason, double value, std::string_view op, double limit,
            bool fired) {
    if (fired && verdict_.kept()) verdict_ = Verdict::Drop(reason);
    if (explain_ == nullptr) return fired;
    explain_->Rule(codes_[reason], value, op, limit, fired);
    return false;
  }

  std::span<const std::string_view> codes_;
  Explainer* explain_;
  Verdict verdict_;
};

}  // namespace winnow

#endif  // WINNOW_FILTERS_RULE_SEQUENCE_H_
