// SPDX-License-Identifier: Apache-2.0
// Code-point properties from two-stage tables that the build makes from
// utf8proc's data (Unicode 15.0), and lenient UTF-8 decoding.
#ifndef WINNOW_PIPELINE_TEXT_UNICODE_H_
#define WINNOW_PIPELINE_TEXT_UNICODE_H_

#include <cstdint>
#include <string_view>

namespace winnow {

// General category, in the order of the Unicode standard's table 4-4.
enum class Category : uint8_t {
  kCn,
  kLu,
  kLl,
  kLt,
  kLm,
  kLo,
  kMn,
  kMc,
  kMe,
  kNd,
  kNl,
  kNo,
  kPc,
  kPd,
  kPs,
  kPe,
  kPi,
  kPf,
  kPo,
  kSm,
  kSc,
  kSk,
  kSo,
  kZs,
  kZl,
  kZp,
  kCc,
  kCf,
  kCs,
  kCo
};

// Bits of CodePointInfo::flags.
enum CodePointFlag : uint8_t {
  kCpLetter = 1,      // L*
  kCpMark = 2,        // M*
  kCpNumber = 4,      // N*
  kCpWhite = 8,       // White_Space, 25 code points
  kCpPunct = 16,      // P*
  kCpSingle = 32,     // a word of its own: Han, Kana, Thai, Lao, Khmer, Myanmar
  kCpPySpace = 64,    // Python str.isspace: White_Space and U+001C..U+001F
  kCpHasLower = 128,  // simple lower-case mapping differs from itself
};

struct CodePointInfo {
  Category category;
  uint8_t flags;
};

// Version of the Unicode data behind these functions, for run keys and reports.
std::string_view UnicodeVersion();

// Any value is allowed; above U+10FFFF is unassigned.
CodePointInfo CodePoint(char32_t c);

// Simple (one to one) lower-case mapping.
char32_t ToLower(char32_t c);

// Decodes one code point at text[*pos] and moves *pos past it. Ill-formed bytes
// give U+FFFD and move by one byte. REQUIRES: *pos < text.size().
char32_t DecodeUtf8(std::string_view text, size_t* pos);

// Appends c to out (1-4 bytes) and returns the new end. REQUIRES: c is a
// scalar value, four bytes of room.
char* EncodeUtf8(char32_t c, char* out);

// Number of bytes of the code point that starts with this lead byte, 1 for
// bytes that cannot start one.
inline unsigned Utf8Length(unsigned char lead) {
  if (lead < 0xC2) return 1;
  if (lead < 0xE0) return 2;
  if (lead < 0xF0) return 3;
  return lead < 0xF5 ? 4 : 1;
}

// Code points in valid UTF-8: bytes that are not continuation bytes.
uint64_t CountCodePoints(std::string_view text);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_TEXT_UNICODE_H_
