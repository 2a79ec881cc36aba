// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/zstd_frame.h"

#include <algorithm>

namespace winnow {
namespace {

constexpr uint32_t kMagic = 0xfd2fb528;
constexpr uint32_t kSkippableMagic = 0x184d2a50;  // and the 15 behind it
constexpr size_t kSkippableHeader = 8;

uint64_t LittleEndian(std::string_view bytes, size_t at, size_t n) {
  uint64_t value = 0;
  for (size_t i = 0; i < n; ++i) {
    value |= uint64_t{static_cast<uint8_t>(bytes[at + i])} << (8 * i);
  }
  return value;
}

uint64_t WindowBytes(uint8_t descriptor) {
  const uint64_t base = uint64_t{1} << (10 + (descriptor >> 3));
  return base + base / 8 * (descriptor & 7);
}

}  // namespace

bool IsZstdMagic(std::string_view bytes) {
  const auto magic = static_cast<uint32_t>(LittleEndian(bytes, 0, 4));
  return magic == kMagic || (magic & 0xfffffff0) == kSkippableMagic;
}

ZstdFrameHeader ParseZstdFrameHeader(std::string_view bytes) {
  using State = ZstdFrameHeader::State;
  ZstdFrameHeader header;
  header.state = State::kShort;
  if (bytes.size() < 4) return header;
  const auto magic = static_cast<uint32_t>(LittleEndian(bytes, 0, 4));
  if ((magic & 0xfffffff0) == kSkippableMagic) {
    if (bytes.size() < kSkippableHeader) return header;
    header.state = State::kSkippable;
    header.length = kSkippableHeader;
    header.skip = LittleEndian(bytes, 4, 4);
    return header;
  }
  if (magic != kMagic) {
    header.state = State::kBad;
    return header;
  }
  if (bytes.size() < 5) return header;
  const auto descriptor = static_cast<uint8_t>(bytes[4]);
  constexpr size_t kDictionaryBytes[] = {0, 1, 2, 4};
  constexpr size_t kContentBytes[] = {0, 2, 4, 8};
  const bool single_segment = (descriptor & 0x20) != 0;
  const size_t window_bytes = single_segment ? 0 : 1;
  const size_t dictionary_bytes = kDictionaryBytes[descriptor & 3];
  size_t content_bytes = kContentBytes[descriptor >> 6];
  if (content_bytes == 0 && single_segment) content_bytes = 1;
  const size_t length = 5 + window_bytes + dictionary_bytes + content_bytes;
  if (bytes.size() < length) return header;
  if ((descriptor & 0x08) != 0) {  // reserved
    header.state = State::kBad;
    return header;
  }
  header.state = State::kFrame;
  header.length = length;
  header.checksum = (descriptor & 0x04) != 0;
  size_t at = 5;
  if (!single_segment)
    header.window = WindowBytes(static_cast<uint8_t>(bytes[at]));
  at += window_bytes;
  header.dictionary =
      static_cast<uint32_t>(LittleEndian(bytes, at, dictionary_bytes));
  at += dictionary_bytes;
  header.content = ZstdFrameHeader::kNoContent;
  if (content_bytes != 0) {
    header.content = LittleEndian(bytes, at, content_bytes);
    if (content_bytes == 2) header.content += 256;
  }
  if (single_segment) header.window = header.content;
  return header;
}

ZstdBlockHeader ParseZstdBlockHeader(std::string_view bytes,
                                     const ZstdFrameHeader& frame) {
  const uint64_t raw = LittleEndian(bytes, 0, kZstdBlockHeaderBytes);
  const size_t size = static_cast<size_t>(raw >> 3);
  const size_t most =
      static_cast<size_t>(std::min<uint64_t>(frame.window, kZstdBlockBytes));
  ZstdBlockHeader block;
  block.last = (raw & 1) != 0;
  block.sound = size <= kZstdBlockBytes;
  switch ((raw >> 1) & 3) {
    case 0:  // raw
      block.length = size;
      block.most_decoded = size;
      break;
    case 1:  // one byte, repeated
      block.length = 1;
      block.most_decoded = size;
      break;
    case 2:  // compressed
      block.length = size;
      block.most_decoded = most;
      break;
    default:
      block.sound = false;
  }
  return block;
}

}  // namespace winnow
