// SPDX-License-Identifier: Apache-2.0
// The block structure of WebVTT. Source: w3c/webvtt : index.bs, section "File
// parsing"; times are read a little more leniently.
#ifndef WINNOW_PIPELINE_READ_VTT_H_
#define WINNOW_PIPELINE_READ_VTT_H_

#include <string_view>
#include <vector>

#include "pipeline/read/captions.h"

namespace winnow {

// Appends the cues. `text` has LF line ends and no byte-order mark. False if
// it does not begin with the signature.
bool ParseVtt(std::string_view text, std::vector<Cue>* cues);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_VTT_H_
