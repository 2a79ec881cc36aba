// SPDX-License-Identifier: Apache-2.0
// The bytes that separate tokens for the language model. Nothing else does:
// no-break and ideographic spaces are part of a token.
// Source: facebookresearch/fastText : src/dictionary.cc, readWord.
#ifndef WINNOW_FILTERS_LID_SEPARATOR_H_
#define WINNOW_FILTERS_LID_SEPARATOR_H_

namespace winnow {

// Space, TAB, LF, VT, FF, CR, NUL.
inline bool IsLidSeparator(char byte) {
  return byte == ' ' || (byte >= '\t' && byte <= '\r') || byte == '\0';
}

}  // namespace winnow

#endif  // WINNOW_FILTERS_LID_SEPARATOR_H_
