// SPDX-License-Identifier: Apache-2.0
// The header of a gzip member (RFC 1952, section 2.3), parsed here so that
// both inflaters, libdeflate and zlib, see the same deflate stream, and
// guessed where none is known. Header CRCs are skipped, not checked.
#ifndef WINNOW_PIPELINE_READ_GZIP_HEADER_H_
#define WINNOW_PIPELINE_READ_GZIP_HEADER_H_

#include <cstddef>
#include <string_view>

namespace winnow {

inline constexpr size_t kGzipTrailerBytes = 8;
// A longer file name or comment is no header: the search must stay linear.
inline constexpr size_t kGzipNameLimit = size_t{4} << 10;
// No header is longer: fixed part, extra field, name, comment, CRC.
inline constexpr size_t kGzipHeaderLimit = size_t{80} << 10;

struct GzipHeader {
  enum class State { kSound, kBad, kShort };  // kShort: begins like one
  State state;
  size_t length;  // of a sound one
};
GzipHeader ParseGzipHeader(std::string_view bytes);

// The first offset in [from, limit) at which bytes look like a member: fixed
// fields, and a first deflate block that an encoder could write. npos: none.
// A member that begins in the last bytes of the view may be missed.
size_t FindGzipHeader(std::string_view bytes, size_t from, size_t limit);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_GZIP_HEADER_H_
