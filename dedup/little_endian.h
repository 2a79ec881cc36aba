// SPDX-License-Identifier: Apache-2.0
// Little-endian integers in byte strings, on any machine.
#ifndef WINNOW_DEDUP_LITTLE_ENDIAN_H_
#define WINNOW_DEDUP_LITTLE_ENDIAN_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>

#include "pipeline/text/hash.h"

namespace winnow {

// Writes the lowest `bytes` bytes of value. REQUIRES: bytes <= 8.
inline void StoreLittle(uint64_t value, size_t bytes, char* out) {
  if constexpr (std::endian::native == std::endian::little) {
    std::memcpy(out, &value, bytes);
  } else {
    for (size_t i = 0; i < bytes; ++i) {
      out[i] = static_cast<char>(value >> (8 * i));
    }
  }
}

inline void AppendLittle(uint64_t value, size_t bytes, std::string* out) {
  char buffer[8];
  StoreLittle(value, bytes, buffer);
  out->append(buffer, bytes);
}

inline uint64_t LoadLittle(const char* in, size_t bytes) {
  uint64_t value = 0;
  if constexpr (std::endian::native == std::endian::little) {
    std::memcpy(&value, in, bytes);
  } else {
    for (size_t i = 0; i < bytes; ++i) {
      value |= uint64_t{static_cast<unsigned char>(in[i])} << (8 * i);
    }
  }
  return value;
}

inline void AppendHash128(Hash128 hash, std::string* out) {
  AppendLittle(hash.lo, 8, out);
  AppendLittle(hash.hi, 8, out);
}

inline Hash128 LoadHash128(const char* in) {
  return {LoadLittle(in, 8), LoadLittle(in + 8, 8)};
}

}  // namespace winnow

#endif  // WINNOW_DEDUP_LITTLE_ENDIAN_H_
