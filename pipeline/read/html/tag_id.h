// SPDX-License-Identifier: Apache-2.0
// Element names as small integers. Names are packed into two words, as they are
// read, and found by a perfect hash: one multiplication and one comparison.
#ifndef WINNOW_PIPELINE_READ_HTML_TAG_ID_H_
#define WINNOW_PIPELINE_READ_HTML_TAG_ID_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace winnow::html {

// Values index arrays. kUnknown is any name without a number.
enum class TagId : uint8_t {
  kUnknown,
#define X(id, name) id,
#include "pipeline/read/html/tag_names.inc"
#undef X
  kCount,
};

inline constexpr size_t kTagIds = static_cast<size_t>(TagId::kCount);

constexpr size_t Index(TagId id) { return static_cast<size_t>(id); }

// A name in lower case, its first 16 bytes; longer names have no number.
struct PackedName {
  uint64_t low = 0;
  uint64_t high = 0;
  // Of all bytes, so that unknown names are told apart (by 32 bits of it).
  uint64_t hash = 0;

  constexpr bool operator==(const PackedName&) const = default;
  constexpr void Put(size_t i, char c) {
    const auto byte = static_cast<uint64_t>(static_cast<unsigned char>(c));
    if (i < 8) {
      low |= byte << i * 8;
    } else if (i < 16) {
      high |= byte << (i - 8) * 8;
    } else {
      hash = (hash ^ byte) * 0x9E3779B97F4A7C15U;
    }
  }
  // Same name, same key; different names hardly ever.
  constexpr uint32_t Key() const {
    const uint64_t mixed = (low ^ high << 5 ^ hash) * 0xE0122897DBC65B79U;
    return static_cast<uint32_t>(mixed >> 32);
  }
};

// Tells the number of a name of `size` bytes.
TagId FindTag(const PackedName& name, size_t size);
// The same for a name as it stands, in any case.
TagId FindTag(std::string_view name);

// In lower case; empty for kUnknown.
std::string_view TagName(TagId id);

}  // namespace winnow::html

#endif  // WINNOW_PIPELINE_READ_HTML_TAG_ID_H_
