// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/html/scan.h"

#include <cstddef>
#include <cstdint>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "pipeline/read/html/scan.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace winnow::html {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

// Two vectors a turn; what is left is looked at byte by byte.
template <typename Match>
HWY_INLINE const char* Find(const char* p, const char* end, uint8_t bits,
                            const Match& match) {
  const hn::ScalableTag<uint8_t> d;
  const size_t lanes = hn::Lanes(d);
  const auto load = [&](const char* at) {
    return hn::LoadU(d, reinterpret_cast<const uint8_t*>(at));
  };
  while (static_cast<size_t>(end - p) >= 2 * lanes) {
    const auto first = match(d, load(p));
    const auto second = match(d, load(p + lanes));
    if (!hn::AllFalse(d, hn::Or(first, second))) {
      const intptr_t in_first = hn::FindFirstTrue(d, first);
      if (in_first >= 0) return p + in_first;
      return p + lanes + static_cast<size_t>(hn::FindFirstTrue(d, second));
    }
    p += 2 * lanes;
  }
  if (static_cast<size_t>(end - p) >= lanes) {
    const intptr_t found = hn::FindFirstTrue(d, match(d, load(p)));
    if (found >= 0) return p + found;
    p += lanes;
  }
  while (p != end && !Has(*p, bits)) ++p;
  return p;
}

const char* TextSpecial(const char* p, const char* end) {
  return Find(p, end, kTextSpecialBit, [](auto d, auto v) HWY_ATTR {
    const auto markup = hn::Or(hn::Eq(v, hn::Set(d, uint8_t{'<'})),
                               hn::Eq(v, hn::Set(d, uint8_t{'&'})));
    const auto control =
        hn::Or(hn::Eq(v, hn::Set(d, uint8_t{'\r'})), hn::Eq(v, hn::Zero(d)));
    return hn::Or(markup, control);
  });
}

const char* CrOrNul(const char* p, const char* end) {
  return Find(p, end, kCrOrNulBit, [](auto d, auto v) HWY_ATTR {
    return hn::Or(hn::Eq(v, hn::Set(d, uint8_t{'\r'})), hn::Eq(v, hn::Zero(d)));
  });
}

bool IsUneven(const char* p, const char* end) {
  const auto c = static_cast<unsigned char>(*p);
  return c < 0x20 || c == 0x7F || c == 0xC2 ||
         (c == ' ' && p + 1 != end && p[1] == ' ');
}

const char* Uneven(const char* p, const char* end) {
  const hn::ScalableTag<uint8_t> d;
  const size_t lanes = hn::Lanes(d);
  const auto space = hn::Set(d, uint8_t{' '});
  while (static_cast<size_t>(end - p) > lanes) {
    const auto* const at = reinterpret_cast<const uint8_t*>(p);
    const auto v = hn::LoadU(d, at);
    const auto next = hn::LoadU(d, at + 1);
    const auto control =
        hn::Or(hn::Lt(v, space), hn::Eq(v, hn::Set(d, uint8_t{0x7F})));
    const auto spaces = hn::And(hn::Eq(v, space), hn::Eq(next, space));
    const intptr_t found = hn::FindFirstTrue(
        d,
        hn::Or(hn::Or(control, spaces), hn::Eq(v, hn::Set(d, uint8_t{0xC2}))));
    if (found >= 0) return p + found;
    p += lanes;
  }
  while (p != end && !IsUneven(p, end)) ++p;
  return p;
}

}  // namespace HWY_NAMESPACE
}  // namespace winnow::html
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace winnow::html {

HWY_EXPORT(TextSpecial);
HWY_EXPORT(CrOrNul);
HWY_EXPORT(Uneven);

const char* FindTextSpecialFar(const char* p, const char* end) {
  return HWY_DYNAMIC_DISPATCH(TextSpecial)(p, end);
}

const char* FindCrOrNul(const char* p, const char* end) {
  return HWY_DYNAMIC_DISPATCH(CrOrNul)(p, end);
}

const char* FindUneven(const char* p, const char* end) {
  return HWY_DYNAMIC_DISPATCH(Uneven)(p, end);
}

}  // namespace winnow::html
#endif  // HWY_ONCE
