// SPDX-License-Identifier: Apache-2.0
// Headers of zstd frames and blocks (RFC 8878, section 3.1), read without
// decoding, so that a file of many frames is split by looking at a few bytes
// of each block, and so that no size that a file claims is believed.
#ifndef WINNOW_PIPELINE_READ_ZSTD_FRAME_H_
#define WINNOW_PIPELINE_READ_ZSTD_FRAME_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace winnow {

inline constexpr size_t kZstdBlockBytes = size_t{128} << 10;  // decoded
inline constexpr uint64_t kZstdWindowLimit = uint64_t{1} << 27;
// Longest header of a frame, and the bytes that tell a block's length.
inline constexpr size_t kZstdHeaderBytes = 18;
inline constexpr size_t kZstdBlockHeaderBytes = 3;
inline constexpr size_t kZstdChecksumBytes = 4;

// A frame or a skippable frame begins like this. REQUIRES: four bytes.
bool IsZstdMagic(std::string_view bytes);

struct ZstdFrameHeader {
  enum class State : uint8_t { kFrame, kSkippable, kBad, kShort };
  State state = State::kBad;
  size_t length = 0;     // of the header
  uint64_t skip = 0;     // kSkippable: bytes behind the header
  uint64_t window = 0;   // bytes the decoder must keep
  uint64_t content = 0;  // claimed; kNoContent if not
  bool checksum = false;
  uint32_t dictionary = 0;  // id; 0: none
  static constexpr uint64_t kNoContent = ~uint64_t{0};
};
ZstdFrameHeader ParseZstdFrameHeader(std::string_view bytes);

struct ZstdBlockHeader {
  bool sound = false;
  bool last = false;
  size_t length = 0;        // bytes behind the header
  size_t most_decoded = 0;  // it gives no more
};
// REQUIRES: three bytes.
ZstdBlockHeader ParseZstdBlockHeader(std::string_view bytes,
                                     const ZstdFrameHeader& frame);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_ZSTD_FRAME_H_
