// SPDX-License-Identifier: Apache-2.0
// Python white space (str.isspace, 29 code points) in valid UTF-8, and the
// chunks between: where spaCy's tokenizer cuts first.
#ifndef WINNOW_PIPELINE_TEXT_SPACY_EN_SPACE_H_
#define WINNOW_PIPELINE_TEXT_SPACY_EN_SPACE_H_

#include <cstddef>
#include <string_view>

namespace winnow {

inline bool IsAsciiPySpace(unsigned char c) {
  return c == ' ' || (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x1F);
}

// Bytes of the white-space character at text[pos], 0 if it is none.
// REQUIRES: pos < text.size().
inline size_t PySpaceLength(std::string_view text, size_t pos) {
  const auto byte = [&](size_t i) {
    return pos + i < text.size() ? static_cast<unsigned char>(text[pos + i])
                                 : 0U;
  };
  const unsigned lead = byte(0);
  if (lead < 0x80) return IsAsciiPySpace(static_cast<unsigned char>(lead));
  if (lead == 0xC2) return byte(1) == 0x85 || byte(1) == 0xA0 ? 2 : 0;
  if (lead == 0xE1) return byte(1) == 0x9A && byte(2) == 0x80 ? 3 : 0;
  if (lead == 0xE3) return byte(1) == 0x80 && byte(2) == 0x80 ? 3 : 0;
  if (lead != 0xE2) return 0;
  if (byte(1) == 0x81) return byte(2) == 0x9F ? 3 : 0;
  if (byte(1) != 0x80) return 0;
  const unsigned last = byte(2);  // U+2000-200A, 2028, 2029, 202F
  const bool white = (last >= 0x80 && last <= 0x8A) || last == 0xA8 ||
                     last == 0xA9 || last == 0xAF;
  return white ? 3 : 0;
}

// End of the chunk that begins at `pos`: first white space, or the text's end.
inline size_t SpacyChunkEnd(std::string_view text, size_t pos) {
  while (pos < text.size() && PySpaceLength(text, pos) == 0) ++pos;
  return pos;
}

// End of the white-space run that begins at `pos`.
inline size_t SpacySpaceEnd(std::string_view text, size_t pos) {
  while (pos < text.size()) {
    const size_t length = PySpaceLength(text, pos);
    if (length == 0) break;
    pos += length;
  }
  return pos;
}

// Begin of the chunk that ends at `end`; `end` itself if white space or the
// text's begin is there.
inline size_t SpacyChunkBegin(std::string_view text, size_t end) {
  size_t begin = end;
  for (size_t pos = end; pos-- > 0;) {
    const bool is_lead = (static_cast<unsigned char>(text[pos]) & 0xC0) != 0x80;
    if (!is_lead) continue;
    if (PySpaceLength(text, pos) != 0) break;
    begin = pos;
  }
  return begin;
}

}  // namespace winnow

#endif  // WINNOW_PIPELINE_TEXT_SPACY_EN_SPACE_H_
