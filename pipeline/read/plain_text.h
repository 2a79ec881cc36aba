// SPDX-License-Identifier: Apache-2.0
// What is done to text that is text already: line ends become LF, control
// characters go. Nothing is trimmed or normalised.
#ifndef WINNOW_PIPELINE_READ_PLAIN_TEXT_H_
#define WINNOW_PIPELINE_READ_PLAIN_TEXT_H_

#include <string_view>

#include "pipeline/arena.h"

namespace winnow {

// CRLF, CR, VT and FF become LF; other C0 controls except TAB, and DEL, are
// dropped and set *dropped. Returns `text` itself where nothing changes and
// it is `stable` (lives as long as the arena), else a copy in the arena.
std::string_view CleanText(std::string_view text, bool stable, Arena* arena,
                           bool* dropped);

// True if there is nothing but ASCII white space.
bool IsBlankText(std::string_view text);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_PLAIN_TEXT_H_
