// SPDX-License-Identifier: Apache-2.0
// Speculation: decodes the gzip members that begin in a part of a file without
// knowing where they begin. Bytes that look like a member occur inside
// members, so the chunks found are guesses; the cut keeps those that begin
// where the serial chain has come to (docs/reading.md).
#ifndef WINNOW_PIPELINE_READ_GZIP_GUESS_H_
#define WINNOW_PIPELINE_READ_GZIP_GUESS_H_

#include <cstddef>

#include "pipeline/read/gzip_member.h"
#include "pipeline/read/input_window.h"
#include "pipeline/read/piece.h"

namespace winnow {

// Fills `piece`, of Work::kGzip. `window` views its file. `room` is how much
// it may decode to: what is reserved first, no limit.
void GuessGzipMembers(GzipMemberDecoder* decoder, InputWindow* window,
                      size_t room, RawPiece* piece);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_GZIP_GUESS_H_
