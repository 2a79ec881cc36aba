// SPDX-License-Identifier: Apache-2.0
// Decoders of the legacy encodings that use the high bit: every single-byte
// one, EUC-KR, GB18030, Big5, EUC-JP, Shift_JIS, and EUC-TW. As the WHATWG
// Encoding Standard decodes: a pair that is no character is one error, and its
// second byte, if ASCII, is read again by itself.
#ifndef WINNOW_PIPELINE_READ_CHARSET_LEGACY_H_
#define WINNOW_PIPELINE_READ_CHARSET_LEGACY_H_

#include <cstdint>
#include <string_view>

#include "pipeline/read/charset/labels.h"
#include "pipeline/read/charset/put.h"

namespace winnow {

// Replaces what is in *out. Each error became U+FFFD; returns how many there
// were. REQUIRES: encoding.kind is kSingleByte, or encoding.pairs(). No heap
// once *out has grown.
uint64_t DecodeLegacy(std::string_view bytes, const Encoding& encoding,
                      GrowingBuffer* out);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_CHARSET_LEGACY_H_
