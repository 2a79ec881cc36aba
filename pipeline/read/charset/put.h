// SPDX-License-Identifier: Apache-2.0
// What the decoders of legacy encodings write with: a buffer that only grows,
// one code point, a run of ASCII. No byte of input makes more than three bytes
// of UTF-8, in none of the encodings, so room is asked for once a text.
#ifndef WINNOW_PIPELINE_READ_CHARSET_PUT_H_
#define WINNOW_PIPELINE_READ_CHARSET_PUT_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>

namespace winnow {

// Room for a decoder's output; what was in it is lost when it grows.
class GrowingBuffer {
 public:
  char* Reserve(size_t bytes) {
    if (bytes > capacity_) {
      capacity_ = bytes + bytes / 4;
      data_.reset(new char[capacity_]);
    }
    return data_.get();
  }
  void set_size(size_t size) { size_ = size; }
  std::string_view view() const { return {data_.get(), size_}; }

 private:
  std::unique_ptr<char[]> data_;
  size_t capacity_ = 0;
  size_t size_ = 0;
};

// REQUIRES: a scalar value, and four bytes of room.
inline char* PutUtf8(char32_t c, char* out) {
  if (c < 0x80) {
    *out++ = static_cast<char>(c);
  } else if (c < 0x800) {
    *out++ = static_cast<char>(0xC0 | c >> 6);
    *out++ = static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    *out++ = static_cast<char>(0xE0 | c >> 12);
    *out++ = static_cast<char>(0x80 | (c >> 6 & 0x3F));
    *out++ = static_cast<char>(0x80 | (c & 0x3F));
  } else {
    *out++ = static_cast<char>(0xF0 | c >> 18);
    *out++ = static_cast<char>(0x80 | (c >> 12 & 0x3F));
    *out++ = static_cast<char>(0x80 | (c >> 6 & 0x3F));
    *out++ = static_cast<char>(0x80 | (c & 0x3F));
  }
  return out;
}

// Copies bytes below 0x80 from *in, up to `end`; advances both.
inline void PutAscii(const unsigned char** in, const unsigned char* end,
                     char** out) {
  constexpr uint64_t kHigh = 0x8080808080808080;
  while (end - *in >= 8) {
    uint64_t chunk;
    std::memcpy(&chunk, *in, sizeof chunk);
    if ((chunk & kHigh) != 0) break;
    std::memcpy(*out, &chunk, sizeof chunk);
    *in += 8;
    *out += 8;
  }
  while (*in < end && **in < 0x80) *(*out)++ = static_cast<char>(*(*in)++);
}

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_CHARSET_PUT_H_
