// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/lz4_frame.h"

#include <algorithm>

namespace winnow {
namespace {

constexpr size_t kSkippableHeader = 8;
constexpr size_t kChecksumBytes = 4;

uint32_t LittleEndian32(std::string_view bytes) {
  uint32_t value = 0;
  for (unsigned i = 0; i < 4; ++i) {
    value |= uint32_t{static_cast<uint8_t>(bytes[i])} << (8 * i);
  }
  return value;
}

}  // namespace

Lz4Header ParseLz4Header(std::string_view bytes) {
  Lz4Header header;
  const size_t magic = std::min(bytes.size(), kLz4Magic.size());
  if (bytes.size() >= 4 && (LittleEndian32(bytes) & 0xfffffff0) == 0x184d2a50) {
    header.state = Lz4Header::State::kShort;
    if (bytes.size() < kSkippableHeader) return header;
    header.state = Lz4Header::State::kSkippable;
    header.length = kSkippableHeader;
    header.skip = LittleEndian32(bytes.substr(4));
    return header;
  }
  if (bytes.substr(0, magic) != kLz4Magic.substr(0, magic)) return header;
  header.state = Lz4Header::State::kShort;
  if (bytes.size() < 6) return header;
  const auto flags = static_cast<uint8_t>(bytes[4]);
  const unsigned size_code = static_cast<uint8_t>(bytes[5]) >> 4 & 7;
  if (flags >> 6 != 1 || size_code < 4) {
    header.state = Lz4Header::State::kBad;
    return header;
  }
  header.length = 7;
  if ((flags & 8) != 0) header.length += 8;  // content size
  if ((flags & 1) != 0) header.length += 4;  // dictionary
  if (bytes.size() < header.length) return header;
  header.most_block = size_t{1} << (8 + 2 * size_code);
  header.block_checksum = (flags & 16) != 0;
  header.content_checksum = (flags & 4) != 0;
  header.state = Lz4Header::State::kFrame;
  return header;
}

Lz4BlockHeader ParseLz4BlockHeader(std::string_view bytes,
                                   const Lz4Header& frame) {
  constexpr uint32_t kStored = 0x80000000;
  Lz4BlockHeader block;
  const uint32_t word = LittleEndian32(bytes);
  const size_t size = word & ~kStored;
  block.last = word == 0;
  block.sound = size <= frame.most_block;
  const bool checksum =
      block.last ? frame.content_checksum : frame.block_checksum;
  block.length = size + (checksum ? kChecksumBytes : 0);
  return block;
}

}  // namespace winnow
