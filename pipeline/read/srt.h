// SPDX-License-Identifier: Apache-2.0
// SubRip as it occurs: a cue is what follows a line of times, whatever the
// index above it says, blank lines included.
#ifndef WINNOW_PIPELINE_READ_SRT_H_
#define WINNOW_PIPELINE_READ_SRT_H_

#include <string_view>
#include <vector>

#include "pipeline/read/captions.h"

namespace winnow {

// Appends the cues. `text` has LF line ends and no byte-order mark.
void ParseSrt(std::string_view text, std::vector<Cue>* cues);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_SRT_H_
