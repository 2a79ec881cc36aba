// SPDX-License-Identifier: Apache-2.0
// The generated tables against utf8proc and ICU, for every code point.
#include "pipeline/text/unicode.h"

#include <gtest/gtest.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <utf8proc.h>

#include <string>

#include "pipeline/text/code_point_table.h"

namespace winnow {
namespace {

constexpr char32_t kEnd = 0x110000;

TEST(UnicodeTest, OneVersionEverywhere) {
  UVersionInfo version;
  u_getUnicodeVersion(version);
  EXPECT_EQ(UnicodeVersion(), std::to_string(version[0]) + "." +
                                  std::to_string(version[1]) + "." +
                                  std::to_string(version[2]));
}

TEST(UnicodeTest, CategoriesAndFlags) {
  int white = 0;
  int py_space = 0;
  for (char32_t c = 0; c < kEnd; ++c) {
    const auto signed_c = static_cast<int32_t>(c);
    const CodePointInfo info = CodePoint(c);
    ASSERT_EQ(static_cast<int>(info.category),
              static_cast<int>(utf8proc_category(signed_c)));
    const std::string category = utf8proc_category_string(signed_c);
    ASSERT_EQ((info.flags & kCpLetter) != 0, category[0] == 'L');
    ASSERT_EQ((info.flags & kCpMark) != 0, category[0] == 'M');
    ASSERT_EQ((info.flags & kCpNumber) != 0, category[0] == 'N');
    ASSERT_EQ((info.flags & kCpPunct) != 0, category[0] == 'P');
    ASSERT_EQ((info.flags & kCpWhite) != 0, u_isUWhiteSpace(signed_c) != 0);
    ASSERT_EQ(ToLower(c), static_cast<char32_t>(utf8proc_tolower(signed_c)));
    ASSERT_EQ((info.flags & kCpHasLower) != 0, ToLower(c) != c);
    white += (info.flags & kCpWhite) != 0;
    py_space += (info.flags & kCpPySpace) != 0;
  }
  EXPECT_EQ(white, 25);
  EXPECT_EQ(py_space, 29);
  EXPECT_EQ(CodePoint(kEnd).category, Category::kCn);
}

// A string of stable characters is in NFC, whatever their order: each is
// "yes" in the quick check and starts anew.
TEST(UnicodeTest, StableCharacters) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2* nfc = unorm2_getNFCInstance(&status);
  ASSERT_TRUE(U_SUCCESS(status));
  for (char32_t c = 0; c < kEnd; ++c) {
    const auto signed_c = static_cast<UChar32>(c);
    const bool inert = unorm2_isInert(nfc, signed_c) != 0;
    const bool unstable = (CodePointBits(c) & kCpBitUnstable) != 0;
    ASSERT_FALSE(inert && unstable) << static_cast<unsigned>(c);
    ASSERT_TRUE(unstable || unorm2_getCombiningClass(nfc, signed_c) == 0);
    ASSERT_TRUE(unstable || unorm2_composePair(nfc, 'e', signed_c) < 0);
  }
}

TEST(UnicodeTest, Utf8RoundTrip) {
  for (char32_t c = 0; c < kEnd; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    char bytes[4];
    const std::string_view text(
        bytes, static_cast<size_t>(EncodeUtf8(c, bytes) - bytes));
    size_t pos = 0;
    ASSERT_EQ(DecodeUtf8(text, &pos), c);
    ASSERT_EQ(pos, text.size());
    ASSERT_EQ(Utf8Length(static_cast<unsigned char>(text[0])), text.size());
  }
}

TEST(UnicodeTest, IllFormedBytesMoveByOne) {
  for (const std::string_view text :
       {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xED\xA0\x80",
        "\xF0\x80\x80\x80", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE2\x82",
        "\xFF"}) {
    size_t pos = 0;
    EXPECT_EQ(DecodeUtf8(text, &pos), 0xFFFDU);
    EXPECT_EQ(pos, 1U);
  }
}

}  // namespace
}  // namespace winnow
