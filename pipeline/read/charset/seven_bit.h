// SPDX-License-Identifier: Apache-2.0
// Decoders of the seven-bit encodings of old mail: ISO-2022-JP as the WHATWG
// Encoding Standard decodes it; ISO-2022-KR (RFC 1557), ISO-2022-CN (RFC 1922,
// GB 2312 and CNS 11643 planes 1 and 2) and HZ (RFC 1843), which the standard
// refuses and archives contain.
#ifndef WINNOW_PIPELINE_READ_CHARSET_SEVEN_BIT_H_
#define WINNOW_PIPELINE_READ_CHARSET_SEVEN_BIT_H_

#include <cstdint>
#include <string_view>

#include "pipeline/read/charset/labels.h"
#include "pipeline/read/charset/put.h"

namespace winnow {

// Replaces what is in *out. Each error became U+FFFD; returns how many there
// were. REQUIRES: encoding.seven_bit(). No heap once *out has grown.
uint64_t DecodeSevenBit(std::string_view bytes, const Encoding& encoding,
                        GrowingBuffer* out);

// The encoding that the escapes of an ASCII text announce, or null. HZ has
// none that ordinary text could not have, and is found by label only.
const Encoding* FindSevenBit(std::string_view bytes);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_CHARSET_SEVEN_BIT_H_
