// SPDX-License-Identifier: Apache-2.0
// The multiplier was found by trial; the table is checked at compile time.
#include "pipeline/read/html/tag_id.h"

#include <array>

namespace winnow::html {
namespace {

constexpr std::array<std::string_view, kTagIds> kNames = {
    "",
#define X(id, name) name,
#include "pipeline/read/html/tag_names.inc"
#undef X
};

constexpr size_t kSlots = 1024;

constexpr size_t SlotOf(uint64_t low, uint64_t high) {
  return (low ^ high << 5) * 0xE0122897DBC65B79U >> 54;
}

struct Table {
  std::array<uint8_t, kSlots> ids{};
  std::array<PackedName, kTagIds> names{};
  bool perfect = true;
};

constexpr Table kTable = [] {
  Table table;
  for (size_t id = 1; id < kTagIds; ++id) {
    PackedName& name = table.names[id];
    for (size_t i = 0; i < kNames[id].size(); ++i) name.Put(i, kNames[id][i]);
    uint8_t& slot = table.ids[SlotOf(name.low, name.high)];
    if (slot != 0 || kNames[id].size() > 16) table.perfect = false;
    slot = static_cast<uint8_t>(id);
  }
  return table;
}();
static_assert(kTable.perfect);
static_assert(kTagIds <= 256);

}  // namespace

TagId FindTag(const PackedName& name, size_t size) {
  const size_t id = kTable.ids[SlotOf(name.low, name.high)];
  const PackedName& found = kTable.names[id];
  const bool same =
      found.low == name.low && found.high == name.high && size <= 16;
  return same ? static_cast<TagId>(id) : TagId::kUnknown;
}

TagId FindTag(std::string_view name) {
  PackedName packed;
  for (size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    packed.Put(i, c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
  }
  return FindTag(packed, name.size());
}

std::string_view TagName(TagId id) { return kNames[Index(id)]; }

}  // namespace winnow::html
