// SPDX-License-Identifier: Apache-2.0
// Counts of one block's text: words (a Han, Kana or Thai character is a part
// of one, other scripts go by spaces), ends of sentences, hints.
#ifndef WINNOW_PIPELINE_READ_HTML_BLOCK_MEASURE_H_
#define WINNOW_PIPELINE_READ_HTML_BLOCK_MEASURE_H_

#include <string_view>

#include "pipeline/read/html/block.h"

namespace winnow::html {

// Fills the counts of `block` but for links. REQUIRES: collapsed, not empty.
void MeasureBlock(std::string_view text, Block* block);

}  // namespace winnow::html

#endif  // WINNOW_PIPELINE_READ_HTML_BLOCK_MEASURE_H_
