// SPDX-License-Identifier: Apache-2.0
#include "pipeline/text/fold.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include <algorithm>
#include <array>
#include <string>

#include "pipeline/error.h"
#include "pipeline/text/code_point_table.h"
#include "pipeline/text/unicode.h"

namespace winnow {
namespace {

constexpr size_t kMarkCap = 30;

// A run of at most this many marks cannot exceed kMarkCap when decomposed: a
// mark gives two at most, the base before it four.
constexpr size_t kSafeMarks = 12;

const UNormalizer2* Nfc(const void* nfc) {
  return static_cast<const UNormalizer2*>(nfc);
}

void AppendWide(char32_t c, std::vector<char16_t>* out) {
  if (c < 0x10000) {
    out->push_back(static_cast<char16_t>(c));
  } else {
    out->push_back(static_cast<char16_t>(0xD7C0 + (c >> 10)));
    out->push_back(static_cast<char16_t>(0xDC00 + (c & 0x3FF)));
  }
}

// The code point at *i of well-formed UTF-16; moves past it.
char32_t NextWide(const char16_t* wide, int32_t* i) {
  const char32_t c = wide[(*i)++];
  if (c < 0xD800 || c > 0xDBFF) return c;
  return 0x10000 + ((c - 0xD800) << 10) + (wide[(*i)++] - 0xDC00U);
}

}  // namespace

WordFolder::WordFolder() {
  UErrorCode status = U_ZERO_ERROR;
  nfc_ = unorm2_getNFCInstance(&status);
  if (U_FAILURE(status)) {
    throw Error(ErrorKind::kInternal, "cannot load ICU's normalisation data: " +
                                          std::string(u_errorName(status)) +
                                          ": install libicu with its data");
  }
}

std::string_view WordFolder::Fold(std::string_view word) {
  size_t marks = 0;
  size_t longest = 0;
  bool stable = true;
  for (size_t pos = 0; pos < word.size();) {
    if (static_cast<signed char>(word[pos]) >= 0) {
      ++pos;
      marks = 0;
      continue;
    }
    const char32_t c = DecodeUtf8(word, &pos);
    const bool unstable = (CodePointBits(c) & kCpBitUnstable) != 0;
    stable = stable && !unstable;
    marks = unstable && u_getCombiningClass(static_cast<UChar32>(c)) != 0
                ? marks + 1
                : 0;
    longest = std::max(longest, marks);
  }
  if (stable) return Lower(word);
  wide_.clear();
  if (longest <= kSafeMarks) {
    for (size_t pos = 0; pos < word.size();) {
      AppendWide(DecodeUtf8(word, &pos), &wide_);
    }
  } else {
    Decompose(word);
    CapMarks();
    for (const char32_t c : points_) AppendWide(c, &wide_);
  }
  return Compose();
}

char* WordFolder::Reserve(size_t bytes) {
  if (folded_.size() < bytes) folded_.resize(bytes);
  return folded_.data();
}

std::string_view WordFolder::Lower(std::string_view word) {
  // Two bytes may become three, and no character grows more.
  char* const begin = Reserve(word.size() * 2);
  char* out = begin;
  for (size_t pos = 0; pos < word.size();) {
    const auto lead = static_cast<unsigned char>(word[pos]);
    if (lead < 0x80) {
      *out++ =
          static_cast<char>(lead | (lead >= 'A' && lead <= 'Z' ? 0x20 : 0));
      ++pos;
      continue;
    }
    const size_t at = pos;
    const char32_t c = DecodeUtf8(word, &pos);
    if ((CodePointBits(c) >> kCpFlagShift & kCpHasLower) != 0) {
      out = EncodeUtf8(ToLower(c), out);
    } else {
      out = std::copy(word.begin() + at, word.begin() + pos, out);
    }
  }
  return {begin, static_cast<size_t>(out - begin)};
}

std::string_view WordFolder::Compose() {
  // NFC of text is at most three times as long in UTF-16.
  composed_.resize(wide_.size() * 3);
  UErrorCode status = U_ZERO_ERROR;
  const int32_t size = unorm2_normalize(
      Nfc(nfc_), wide_.data(), static_cast<int32_t>(wide_.size()),
      composed_.data(), static_cast<int32_t>(composed_.size()), &status);
  WINNOW_CHECK(U_SUCCESS(status));
  char* const begin = Reserve(static_cast<size_t>(size) * 3);
  char* out = begin;
  for (int32_t i = 0; i < size;) {
    out = EncodeUtf8(ToLower(NextWide(composed_.data(), &i)), out);
  }
  return {begin, static_cast<size_t>(out - begin)};
}

void WordFolder::Decompose(std::string_view word) {
  points_.clear();
  for (size_t pos = 0; pos < word.size();) {
    const char32_t c = DecodeUtf8(word, &pos);
    std::array<char16_t, 32> parts;
    UErrorCode status = U_ZERO_ERROR;
    const int32_t size = unorm2_getDecomposition(
        Nfc(nfc_), static_cast<UChar32>(c), parts.data(),
        static_cast<int32_t>(parts.size()), &status);
    WINNOW_CHECK(U_SUCCESS(status));
    if (size < 0) points_.push_back(c);
    for (int32_t i = 0; i < size;) {
      points_.push_back(NextWide(parts.data(), &i));
    }
  }
}

// Canonical order of every run of marks by counting, then its first 30.
void WordFolder::CapMarks() {
  const auto combining = [](char32_t c) {
    return u_getCombiningClass(static_cast<UChar32>(c));
  };
  size_t out = 0;
  for (size_t i = 0; i < points_.size();) {
    size_t end = i;
    std::array<size_t, 257> start{};
    for (; end < points_.size() && combining(points_[end]) != 0; ++end) {
      ++start[combining(points_[end]) + 1U];
    }
    if (end == i) {
      points_[out++] = points_[i++];
      continue;
    }
    for (size_t c = 1; c < start.size(); ++c) start[c] += start[c - 1];
    sorted_.resize(end - i);
    for (; i < end; ++i) sorted_[start[combining(points_[i])]++] = points_[i];
    for (size_t k = 0; k < std::min(sorted_.size(), kMarkCap); ++k) {
      points_[out++] = sorted_[k];
    }
  }
  points_.resize(out);
}

}  // namespace winnow
