// SPDX-License-Identifier: Apache-2.0
// Applying edits: the only way a stage changes a text.
#ifndef WINNOW_PIPELINE_EDIT_H_
#define WINNOW_PIPELINE_EDIT_H_

#include <span>
#include <string_view>

#include "pipeline/stage.h"

namespace winnow {

// The text with the edits applied, in the arena. REQUIRES: edits are sorted,
// do not overlap and lie inside the text.
std::string_view ApplyEdits(std::string_view text, std::span<const Edit> edits,
                            Arena* arena);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_EDIT_H_
