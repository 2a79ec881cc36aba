// SPDX-License-Identifier: Apache-2.0
// Headers of LZ4 frames and blocks, read without decoding.
// Source: lz4/lz4 : doc/lz4_Frame_format.md, version 1.6.
#ifndef WINNOW_PIPELINE_READ_LZ4_FRAME_H_
#define WINNOW_PIPELINE_READ_LZ4_FRAME_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace winnow {

inline constexpr std::string_view kLz4Magic = "\x04\x22\x4d\x18";
// Longest header of a frame, and the bytes that tell a block's length.
inline constexpr size_t kLz4HeaderBytes = 19;
inline constexpr size_t kLz4BlockHeaderBytes = 4;

struct Lz4Header {
  enum class State : uint8_t { kFrame, kSkippable, kBad, kShort };
  State state = State::kBad;
  size_t length = 0;      // of the header
  uint64_t skip = 0;      // kSkippable: bytes behind the header
  size_t most_block = 0;  // decoded bytes of a block
  bool block_checksum = false;
  bool content_checksum = false;
};
Lz4Header ParseLz4Header(std::string_view bytes);

struct Lz4BlockHeader {
  bool sound = false;
  bool last = false;  // the end mark
  size_t length = 0;  // bytes behind the header, checksum included
};
// REQUIRES: four bytes.
Lz4BlockHeader ParseLz4BlockHeader(std::string_view bytes,
                                   const Lz4Header& frame);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_LZ4_FRAME_H_
