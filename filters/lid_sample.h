// SPDX-License-Identifier: Apache-2.0
// Which part of a document the language is read from.
//
// Up to 4,096 bytes: all of it. Above: eight windows of nominally 512 bytes;
// window i of a text of n bytes begins at floor(i * (n - 512) / 7), so the
// first stands at the beginning, the last at the end, and none overlap. A
// window that begins or ends inside a word gives the piece up: its edge moves
// inwards to the nearest separator of the model (space, LF, CR, TAB, VT, FF,
// NUL) within 64 bytes, or else (long words, scripts without spaces) to the
// nearest boundary of a UTF-8 character. No window holds fewer than 380 bytes.
#ifndef WINNOW_FILTERS_LID_SAMPLE_H_
#define WINNOW_FILTERS_LID_SAMPLE_H_

#include <array>
#include <cstddef>
#include <string_view>

namespace winnow {

// Views of the text, valid as long as it is.
struct LidSample {
  static constexpr size_t kWholeBytes = 4096;
  static constexpr size_t kWindows = 8;
  static constexpr size_t kWindowBytes = 512;
  static constexpr size_t kSnapBytes = 64;

  explicit LidSample(std::string_view text);

  std::array<std::string_view, kWindows> windows;
  size_t count = 0;  // of windows in use: 1 or 8
};

}  // namespace winnow

#endif  // WINNOW_FILTERS_LID_SAMPLE_H_
