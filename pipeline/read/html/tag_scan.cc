// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/html/tag_scan.h"

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
  PackedName packed;
  size_t size = 0;
  for (; p != end && !Has(*p, kTagNameEndBit); ++p) {
    packed.Put(size++, Lower(*p));
  }
  tag->name = View(name, p);
  tag->id = FindTag(packed, size);
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
