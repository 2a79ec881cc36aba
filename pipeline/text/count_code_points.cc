// SPDX-License-Identifier: Apache-2.0
// CountCodePoints of unicode.h: bytes that are not 80..BF, which as signed
// numbers are those from -64 on.

#include <cstdint>
#include <cstring>

#include "pipeline/text/unicode.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "pipeline/text/count_code_points.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace winnow {
namespace HWY_NAMESPACE {

// Counts in a multiple of 64 bytes.
uint64_t CountBlocks(const char* text, size_t size) {
  uint64_t n = 0;
#if HWY_TARGET == HWY_SCALAR
  for (size_t i = 0; i < size; ++i) {
    n += static_cast<signed char>(text[i]) >= -64;
  }
#else
  namespace hn = hwy::HWY_NAMESPACE;
  const hn::CappedTag<int8_t, 64> d;
  const auto* bytes = reinterpret_cast<const int8_t*>(text);
  const auto last_trail = hn::Set(d, -65);
  for (size_t i = 0; i < size; i += hn::Lanes(d)) {
    n += hn::CountTrue(d, hn::Gt(hn::LoadU(d, bytes + i), last_trail));
  }
#endif
  return n;
}

}  // namespace HWY_NAMESPACE
}  // namespace winnow
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace winnow {

HWY_EXPORT(CountBlocks);

uint64_t CountCodePoints(std::string_view text) {
  uint64_t n = 0;
  // Short text, a word or a line, is not worth the dispatch.
  const size_t blocks = text.size() < 256 ? 0 : text.size() / 64 * 64;
  if (blocks != 0) n = HWY_DYNAMIC_DISPATCH(CountBlocks)(text.data(), blocks);
  size_t i = blocks;
  constexpr uint64_t kEach = 0x0101010101010101ULL;
  for (uint64_t x = 0; i + 8 <= text.size(); i += 8) {
    std::memcpy(&x, text.data() + i, sizeof(x));
    // Bit 7 without bit 6 in a byte is a trailing byte.
    n += 8 - ((x >> 7 & ~x >> 6 & kEach) * kEach >> 56);
  }
  for (; i < text.size(); ++i) n += static_cast<signed char>(text[i]) >= -64;
  return n;
}

}  // namespace winnow
#endif  // HWY_ONCE
