// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/html/tag_scan.h"

#include <bit>
#include <cstring>

#include "pipeline/read/html/chars.h"
#include "pipeline/read/html/scan.h"

namespace winnow::html {
namespace {

std::string_view View(const char* begin, const char* end) {
  return {begin, static_cast<size_t>(end - begin)};
}

const char* SkipUntil(const char* p, const char* end, uint8_t bits) {
  while (p != end && !Has(*p, bits)) ++p;
  return p;
}

const char* SkipSpace(const char* p, const char* end) {
  while (p != end && IsSpace(*p)) ++p;
  return p;
}

// ASCII capitals to lower case, eight bytes at once.
uint64_t LowerBytes(uint64_t w) {
  constexpr uint64_t kOnes = 0x0101010101010101U;
  const uint64_t low = w & 0x7F * kOnes;
  const uint64_t from_a = low + (0x80 - 'A') * kOnes;
  const uint64_t behind_z = low + (0x7F - 'Z') * kOnes;
  return w | (~w & (from_a ^ behind_z) & 0x80 * kOnes) >> 2;
}

// The first bytes of a word that holds `size` of them.
uint64_t FirstBytes(uint64_t w, size_t size) {
  return size >= 8 ? w : w & ((uint64_t{1} << size * 8) - 1);
}

PackedName Pack(const char* name, size_t size, const char* end) {
  PackedName packed;
  size_t i = 0;
  if constexpr (std::endian::native == std::endian::little) {
    if (end - name >= 16) {
      std::memcpy(&packed.low, name, 8);
      packed.low = LowerBytes(FirstBytes(packed.low, size));
      if (size > 8) {
        std::memcpy(&packed.high, name + 8, 8);
        packed.high = LowerBytes(FirstBytes(packed.high, size - 8));
      }
      i = 16;
    }
  }
  for (; i < size; ++i) packed.Put(i, Lower(name[i]));
  return packed;
}

// p is behind the '='. Returns where the next attribute may begin.
const char* ScanValue(const char* p, const char* end, std::string_view* value) {
  p = SkipSpace(p, end);
  if (p == end) return nullptr;
  if (*p == '"' || *p == '\'') {
    const char* const close = FindByte(p + 1, end, *p);
    if (close == end) return nullptr;
    *value = View(p + 1, close);
    return close + 1;
  }
  const char* const begin = p;
  p = SkipUntil(p, end, kUnquotedEndBit);
  *value = View(begin, p);
  return p;
}

}  // namespace

const char* ScanTag(const char* p, const char* end, ScannedTag* tag) {
  const char* const name = p;
  p = SkipUntil(p, end, kTagNameEndBit);
  tag->name = View(name, p);
  const PackedName packed = Pack(name, tag->name.size(), end);
  tag->id = FindTag(packed, tag->name.size());
  tag->key = packed.Key();
  tag->self_closing = false;
  tag->attribute_count = 0;
  tag->dropped_attributes = 0;
  Attribute beyond_cap;
  for (;;) {
    bool slash = false;  // the last byte before what comes
    for (; p != end && (IsSpace(*p) || *p == '/'); ++p) slash = *p == '/';
    if (p == end) return nullptr;
    if (*p == '>') {
      tag->self_closing = slash;
      return p + 1;
    }
    Attribute* attribute = &beyond_cap;
    if (tag->attribute_count < kMaxAttributes) {
      attribute = &tag->attributes[tag->attribute_count++];
    } else {
      ++tag->dropped_attributes;
    }
    const char* const begin = p++;  // a '=' here is part of the name
    p = SkipUntil(p, end, kAttrNameEndBit);
    attribute->name = View(begin, p);
    attribute->value = {};
    p = SkipSpace(p, end);
    if (p == end) return nullptr;
    if (*p != '=') continue;
    p = ScanValue(p + 1, end, &attribute->value);
    if (p == nullptr) return nullptr;
  }
}

}  // namespace winnow::html
