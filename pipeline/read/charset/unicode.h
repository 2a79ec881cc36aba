// SPDX-License-Identifier: Apache-2.0
// UTF-16 and UTF-32 to valid UTF-8.
#ifndef WINNOW_PIPELINE_READ_CHARSET_UNICODE_H_
#define WINNOW_PIPELINE_READ_CHARSET_UNICODE_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace winnow {

// Replaces *out. Lone surrogates, numbers above U+10FFFF and an odd rest become
// U+FFFD. Returns how many did.
uint64_t DecodeUtf16(std::string_view bytes, bool big_endian, std::string* out);
uint64_t DecodeUtf32(std::string_view bytes, bool big_endian, std::string* out);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_CHARSET_UNICODE_H_
