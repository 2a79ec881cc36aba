// SPDX-License-Identifier: Apache-2.0
// Validity of UTF-8, and repair. Everything behind the readers is valid.
#ifndef WINNOW_PIPELINE_TEXT_UTF8_H_
#define WINNOW_PIPELINE_TEXT_UTF8_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace winnow {

bool IsValidUtf8(std::string_view text);

// Writes `in` to `*out`, each maximal subpart of an ill-formed sequence
// replaced by U+FFFD, as the decoder of the WHATWG Encoding Standard does (and
// Unicode 15.0, section 3.9, advises). `*replaced` becomes the number of
// replacements. A byte order mark is a character like any other.
void RepairUtf8(std::string_view in, std::string* out, uint64_t* replaced);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_TEXT_UTF8_H_
