// SPDX-License-Identifier: Apache-2.0
// Where ICU 72's converters differ from the WHATWG Encoding Standard's indexes
// (found by comparing every single and double byte; docs/charset.md).
#ifndef WINNOW_PIPELINE_READ_CHARSET_TABLE_PATCHES_H_
#define WINNOW_PIPELINE_READ_CHARSET_TABLE_PATCHES_H_

#include <cstdint>
#include <span>
#include <string_view>

#include "pipeline/read/charset/tables.h"

namespace winnow {

// `count` pairs of bytes from `pair` on are `code` and the ones behind it.
struct PairPatch {
  uint16_t pair;
  char32_t code;
  uint16_t count;
};
std::span<const PairPatch> PairPatches(PairSet set);

// A byte that is `code`; 0: that is no character.
struct BytePatch {
  std::string_view encoding;
  uint8_t byte;
  char16_t code;
};
std::span<const BytePatch> BytePatches();

// ISO-8859-16 from 0xA0 on; ICU does not have it.
std::span<const char16_t, 96> Iso8859Part16();

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_CHARSET_TABLE_PATCHES_H_
