// SPDX-License-Identifier: Apache-2.0
// One tag from its name to its '>': the tag name and attribute states of the
// WHATWG tokenizer (13.2.5.8, 32-40).
#ifndef WINNOW_PIPELINE_READ_HTML_TAG_SCAN_H_
#define WINNOW_PIPELINE_READ_HTML_TAG_SCAN_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "pipeline/read/html/token.h"

namespace winnow::html {

inline constexpr size_t kMaxAttributes = 256;

struct ScannedTag {
  TagId id = TagId::kUnknown;
  uint32_t key = 0;
  bool self_closing = false;
  std::string_view name;
  size_t attribute_count = 0;
  size_t dropped_attributes = 0;
  std::array<Attribute, kMaxAttributes> attributes;
};

// p is at the first letter of the name. Returns what is behind the '>', or null
// if the input ends inside of the tag.
const char* ScanTag(const char* p, const char* end, ScannedTag* tag);

}  // namespace winnow::html

#endif  // WINNOW_PIPELINE_READ_HTML_TAG_SCAN_H_
