// SPDX-License-Identifier: Apache-2.0
// Finds where a zstd frame ends by hopping over its block headers: a few bytes
// read for each block of up to 128 KiB, none decoded.
#ifndef WINNOW_PIPELINE_READ_ZSTD_WALK_H_
#define WINNOW_PIPELINE_READ_ZSTD_WALK_H_

#include <cstddef>
#include <cstdint>
#include <functional>

#include "pipeline/read/piece.h"
#include "pipeline/read/zstd_frame.h"

namespace winnow {

// Reads up to n bytes at a file position; fewer at the end or on an error.
using ReadAt = std::function<size_t(uint64_t at, char* out, size_t n)>;

// Reads a seekable file.
ReadAt FileReader(File* file);

struct ZstdWalk {
  enum class State : uint8_t {
    kFrame,      // whole, and decodes to at most `most_decoded` bytes
    kLarge,      // begins well, and may give more than `most_decoded`
    kSkippable,  // whole
    kOdd,        // anything else: cut, damaged, a huge window, a dictionary
                 // that we do not have
  };
  State state = State::kOdd;
  ZstdFrameHeader header;
  FrameExtent extent;
};

// REQUIRES: most_decoded fits a buffer. `dictionary` is the id of the one we
// have, or 0.
ZstdWalk WalkZstdFrame(const ReadAt& read, uint64_t at, uint64_t most_decoded,
                       uint32_t dictionary = 0);

// The end of the frame at `at`, whatever its size, window and dictionary; 0 if
// it is cut or its blocks are damaged.
uint64_t FindZstdFrameEnd(const ReadAt& read, uint64_t at,
                          const ZstdFrameHeader& header);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_ZSTD_WALK_H_
