// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/gzip_header.h"

#include <algorithm>
#include <cstdint>

namespace winnow {
namespace {

constexpr uint8_t kFlagHeaderCrc = 0x02;
constexpr uint8_t kFlagExtra = 0x04;
constexpr uint8_t kFlagName = 0x08;
constexpr uint8_t kFlagComment = 0x10;
constexpr uint8_t kFlagsReserved = 0xe0;
constexpr size_t kFixed = 10;
constexpr std::string_view kStart = "\x1f\x8b\x08";

uint8_t Byte(std::string_view bytes, size_t at) {
  return static_cast<uint8_t>(bytes[at]);
}

// False where no encoder starts a deflate stream like this: block type 3, a
// stored block whose two lengths disagree, too many codes.
bool LooksLikeDeflate(std::string_view bytes) {
  if (bytes.size() < 5) return true;
  switch ((Byte(bytes, 0) >> 1) & 3) {
    case 0:
      return (Byte(bytes, 1) ^ Byte(bytes, 3)) == 0xff &&
             (Byte(bytes, 2) ^ Byte(bytes, 4)) == 0xff;
    case 1:
      return true;
    case 2:
      return (Byte(bytes, 0) >> 3) <= 29 && (Byte(bytes, 1) & 31) <= 29;
    default:
      return false;
  }
}

}  // namespace

GzipHeader ParseGzipHeader(std::string_view bytes) {
  using State = GzipHeader::State;
  const size_t known = std::min(bytes.size(), kStart.size());
  if (bytes.substr(0, known) != kStart.substr(0, known)) {
    return {State::kBad, 0};
  }
  if (bytes.size() < 4) return {State::kShort, 0};
  const uint8_t flags = Byte(bytes, 3);
  if ((flags & kFlagsReserved) != 0) return {State::kBad, 0};
  size_t at = kFixed;
  if ((flags & kFlagExtra) != 0) {
    if (bytes.size() < at + 2) return {State::kShort, 0};
    at += 2u + Byte(bytes, at) + (size_t{Byte(bytes, at + 1)} << 8);
  }
  for (const uint8_t flag : {kFlagName, kFlagComment}) {
    if ((flags & flag) == 0) continue;
    if (bytes.size() <= at) return {State::kShort, 0};
    const std::string_view name = bytes.substr(at, kGzipNameLimit);
    const size_t zero = name.find('\0');
    if (zero == std::string_view::npos) {
      const bool whole = name.size() == kGzipNameLimit;
      return {whole ? State::kBad : State::kShort, 0};
    }
    at += zero + 1;
  }
  if ((flags & kFlagHeaderCrc) != 0) at += 2;
  if (bytes.size() < at) return {State::kShort, 0};
  return {State::kSound, at};
}

size_t FindGzipHeader(std::string_view bytes, size_t from, size_t limit) {
  limit = std::min(limit, bytes.size());
  while (from < limit) {
    const size_t at = bytes.find(kStart[0], from);
    if (at == std::string_view::npos || at >= limit) break;
    const std::string_view rest = bytes.substr(at);
    if (rest.substr(0, kStart.size()) == kStart) {
      const GzipHeader header = ParseGzipHeader(rest);
      if (header.state == GzipHeader::State::kSound &&
          LooksLikeDeflate(rest.substr(header.length))) {
        return at;
      }
    }
    from = at + 1;
  }
  return std::string_view::npos;
}

}  // namespace winnow
