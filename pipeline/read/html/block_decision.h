// SPDX-License-Identifier: Apache-2.0
// From probabilities to a decision for each block: what the model cannot know
// (captions, comments, hidden text are not what a text is about), then the
// threshold of the page.
#ifndef WINNOW_PIPELINE_READ_HTML_BLOCK_DECISION_H_
#define WINNOW_PIPELINE_READ_HTML_BLOCK_DECISION_H_

#include <cstdint>
#include <vector>

#include "pipeline/read/html/block_features.h"
#include "pipeline/read/html/main_content.h"

namespace winnow::html {

// Sets keep[i] to 1 for the blocks of the text. `probabilities` are changed.
void DecideBlocks(const PageContext& context, const MainContentOptions& options,
                  std::vector<uint16_t>* probabilities,
                  std::vector<uint8_t>* keep);

}  // namespace winnow::html

#endif  // WINNOW_PIPELINE_READ_HTML_BLOCK_DECISION_H_
