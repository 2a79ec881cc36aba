// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/zstd_walk.h"

#include <algorithm>
#include <limits>
#include <string_view>

namespace winnow {
namespace {

// Walks the blocks that begin at `at`. `most_decoded` bounds the sum.
ZstdWalk::State WalkBlocks(const ReadAt& read, const ZstdFrameHeader& header,
                           uint64_t at, uint64_t most_decoded,
                           FrameExtent* extent) {
  char bytes[kZstdBlockHeaderBytes];
  for (bool last = false; !last;) {
    if (read(at, bytes, sizeof bytes) < sizeof bytes) {
      return ZstdWalk::State::kOdd;
    }
    const ZstdBlockHeader block =
        ParseZstdBlockHeader({bytes, sizeof bytes}, header);
    if (!block.sound) return ZstdWalk::State::kOdd;
    at += kZstdBlockHeaderBytes + block.length;
    extent->most_decoded += block.most_decoded;
    last = block.last;
    // Empty blocks give nothing and must not be walked for ever.
    if (extent->most_decoded > most_decoded ||
        at - extent->begin > most_decoded + kZstdBlockBytes) {
      return ZstdWalk::State::kLarge;
    }
  }
  if (header.checksum) at += kZstdChecksumBytes;
  extent->end = at;
  // The last byte must be there.
  return read(at - 1, bytes, 1) == 1 ? ZstdWalk::State::kFrame
                                     : ZstdWalk::State::kOdd;
}

}  // namespace

ReadAt FileReader(File* file) {
  return [file](uint64_t at, char* out, size_t n) {
    return static_cast<size_t>(std::max<int64_t>(file->ReadAt(at, out, n), 0));
  };
}

ZstdWalk WalkZstdFrame(const ReadAt& read, uint64_t at, uint64_t most_decoded,
                       uint32_t dictionary) {
  ZstdWalk walk;
  char bytes[kZstdHeaderBytes];
  const size_t n = read(at, bytes, sizeof bytes);
  walk.header = ParseZstdFrameHeader({bytes, n});
  walk.extent.begin = at;
  const ZstdFrameHeader& header = walk.header;
  if (header.state == ZstdFrameHeader::State::kSkippable) {
    walk.extent.end = at + header.length + header.skip;
    walk.extent.skippable = true;
    if (read(walk.extent.end - 1, bytes, 1) == 1) {
      walk.state = ZstdWalk::State::kSkippable;
    }
    return walk;
  }
  if (header.state != ZstdFrameHeader::State::kFrame ||
      header.window > kZstdWindowLimit ||
      (header.dictionary != 0 && header.dictionary != dictionary)) {
    return walk;
  }
  walk.state =
      WalkBlocks(read, header, at + header.length, most_decoded, &walk.extent);
  if (walk.state == ZstdWalk::State::kFrame) {
    walk.extent.most_decoded =
        std::min(walk.extent.most_decoded, header.content);
    walk.extent.dictionary = header.dictionary != 0;
  }
  return walk;
}

uint64_t FindZstdFrameEnd(const ReadAt& read, uint64_t at,
                          const ZstdFrameHeader& header) {
  FrameExtent extent;
  extent.begin = at;
  const auto state =
      WalkBlocks(read, header, at + header.length,
                 std::numeric_limits<uint64_t>::max() / 2, &extent);
  return state == ZstdWalk::State::kFrame ? extent.end : 0;
}

}  // namespace winnow
