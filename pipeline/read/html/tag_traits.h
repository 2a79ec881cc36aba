// SPDX-License-Identifier: Apache-2.0
// What the tree builder of the WHATWG standard (13.2.4 and 13.2.6) knows of an
// element by its name, and what is a block to text.
#ifndef WINNOW_PIPELINE_READ_HTML_TAG_TRAITS_H_
#define WINNOW_PIPELINE_READ_HTML_TAG_TRAITS_H_

#include <array>
#include <cstdint>

#include "pipeline/read/html/tag_id.h"

namespace winnow::html {

enum TagTraits : uint16_t {
  kVoid = 1,            // has no end tag and no content
  kSpecial = 2,         // no stray end tag closes it
  kScopeEnd = 4,        // no tag inside closes what is around it
  kClosesP = 8,         // its start tag ends an open p
  kFormatting = 16,     // may be closed out of order
  kImpliedEnd = 32,     // needs no end tag
  kLeavesForeign = 64,  // its start tag ends SVG and MathML
  kHeading = 128,
  kBlock = 256,     // stands on lines of its own (for text, not the standard)
  kHeadOnly = 512,  // a start tag of it does not begin the body
};

extern const std::array<uint16_t, kTagIds> kTagTraits;

inline bool HasTrait(TagId id, uint16_t traits) {
  return (kTagTraits[Index(id)] & traits) != 0;
}

}  // namespace winnow::html

#endif  // WINNOW_PIPELINE_READ_HTML_TAG_TRAITS_H_
