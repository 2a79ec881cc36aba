// SPDX-License-Identifier: Apache-2.0
// What each element means to blocks.
#ifndef WINNOW_PIPELINE_READ_HTML_BLOCK_TAGS_H_
#define WINNOW_PIPELINE_READ_HTML_BLOCK_TAGS_H_

#include <cstdint>
#include <string_view>

#include "pipeline/read/html/block.h"
#include "pipeline/read/html/tag_id.h"

namespace winnow::html {

enum class TagTrait : uint8_t {
  kInline,
  kBreak,  // br
  kVoid,   // nothing to blocks
  kRule,   // hr
  kRoot,   // html, head, body
  kHead,   // title, meta, link, script
  kSkip,   // its content is no text of the page
  kBlock,
};

// A name without a number is a custom element (a block) if it has a hyphen.
TagTrait TraitOf(TagId tag, std::string_view name);
// The bits that an element adds to what is inside of it.
uint32_t AroundOf(TagId tag);
BlockBreak BreakOf(TagId tag);
// 1 to 6, or 0.
int HeadingLevel(TagId tag);

}  // namespace winnow::html

#endif  // WINNOW_PIPELINE_READ_HTML_BLOCK_TAGS_H_
