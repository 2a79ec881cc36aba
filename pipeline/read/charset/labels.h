// SPDX-License-Identifier: Apache-2.0
// The labels of the WHATWG Encoding Standard and what decodes each encoding.
#ifndef WINNOW_PIPELINE_READ_CHARSET_LABELS_H_
#define WINNOW_PIPELINE_READ_CHARSET_LABELS_H_

#include <cstdint>
#include <string_view>

namespace winnow {

struct Encoding {
  enum Kind : uint8_t {
    kUtf8,
    kUtf16Le,
    kUtf16Be,
    kUtf32Le,  // by byte-order mark only
    kUtf32Be,
    kSingleByte,
    kEucKr,
    kGb18030,
    kBig5,
    kEucJp,
    kShiftJis,
    kEucTw,
    // Seven bits with escapes.
    kIso2022Jp,
    kIso2022Kr,
    kIso2022Cn,
    kHz,
    kRefused,  // the label "replacement" itself
  };
  std::string_view name;      // the standard's, in lower case
  const char* icu = nullptr;  // ICU's converter behind a single-byte table
  Kind kind = kRefused;
  uint8_t index = 0;  // in the table

  bool seven_bit() const { return kind >= kIso2022Jp && kind <= kHz; }
  // Two bytes and more for a character, with the high bit.
  bool pairs() const { return kind >= kEucKr && kind <= kEucTw; }
};

inline constexpr int kEncodings = 49;

// By label, in any case, white space around it ignored. Null if unknown.
const Encoding* FindEncoding(std::string_view label);
// The encoding of that name. REQUIRES: there is one.
const Encoding& EncodingNamed(std::string_view name);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_CHARSET_LABELS_H_
