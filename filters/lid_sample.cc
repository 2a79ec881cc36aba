// SPDX-License-Identifier: Apache-2.0
#include "filters/lid_sample.h"

#include "filters/lid_separator.h"

namespace winnow {
namespace {

bool IsContinuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

// Moves the beginning of a window inwards. Its first byte is text[begin].
size_t SnapBegin(std::string_view text, size_t begin) {
  if (begin == 0) return 0;
  for (size_t i = begin; i < begin + LidSample::kSnapBytes; ++i) {
    if (IsLidSeparator(text[i - 1])) return i;
  }
  // A character has at most three continuation bytes.
  size_t i = begin;
  while (i < begin + 3 && IsContinuation(text[i])) ++i;
  return i;
}

// Moves the end of a window inwards. Its last byte is text[end - 1].
size_t SnapEnd(std::string_view text, size_t end) {
  if (end == text.size()) return end;
  for (size_t i = end; i > end - LidSample::kSnapBytes; --i) {
    if (IsLidSeparator(text[i])) return i;
  }
  size_t i = end;
  while (i > end - 3 && IsContinuation(text[i])) --i;
  return i;
}

}  // namespace

LidSample::LidSample(std::string_view text) {
  if (text.size() <= kWholeBytes) {
    windows[0] = text;
    count = 1;
    return;
  }
  const size_t room = text.size() - kWindowBytes;
  constexpr size_t kSteps = kWindows - 1;
  for (size_t i = 0; i < kWindows; ++i) {
    // i * room / 7 without overflow.
    const size_t begin = i * (room / kSteps) + i * (room % kSteps) / kSteps;
    const size_t from = SnapBegin(text, begin);
    windows[i] = text.substr(from, SnapEnd(text, begin + kWindowBytes) - from);
  }
  count = kWindows;
}

}  // namespace winnow
