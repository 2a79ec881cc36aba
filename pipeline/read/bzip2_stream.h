// SPDX-License-Identifier: Apache-2.0
// What tells where a bzip2 stream begins, and the streams of a part of a file.
#ifndef WINNOW_PIPELINE_READ_BZIP2_STREAM_H_
#define WINNOW_PIPELINE_READ_BZIP2_STREAM_H_

#include <cstddef>
#include <string_view>

#include "pipeline/read/codec.h"
#include "pipeline/read/input_window.h"
#include "pipeline/read/piece.h"

namespace winnow {

// The header and the mark of a block or of the stream's end behind it.
inline constexpr size_t kBzip2HeaderBytes = 10;

// The first header in bytes[from, limit), which may reach beyond limit; npos
// if there is none. Ten bytes decide: a chance hit is one in 2^76.
size_t FindBzip2Header(std::string_view bytes, size_t from, size_t limit);

// Fills `piece`, of Work::kBzip2: the streams that begin in its part of the
// file, by NewBzip2Stream(). What is damaged or does not fit is left to the
// serial reader.
void GuessBzip2Streams(CodecStream* stream, InputWindow* window,
                       RawPiece* piece);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_BZIP2_STREAM_H_
