// SPDX-License-Identifier: Apache-2.0
// Once warm, decoding touches the heap in no encoding.
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "pipeline/read/charset/charset.h"
#include "pipeline/read/charset/legacy.h"
#include "pipeline/read/charset/seven_bit.h"
#include "tests/allocation_count.h"

namespace winnow::testing {
namespace {

TEST(CharsetAllocation, WarmDecodersDoNotAllocate) {
  std::mt19937 random(4);
  std::string noise(20000, ' ');
  for (char& c : noise) c = static_cast<char>(random());
  GrowingBuffer out;
  size_t before = 0;
  for (int round = 0; round < 2; ++round) {
    before = AllocationCount();
    for (const char* name :
         {"windows-1252", "koi8-u", "iso-8859-16", "euc-kr", "gb18030", "big5",
          "shift_jis", "euc-jp", "euc-tw", "iso-2022-jp", "iso-2022-kr",
          "iso-2022-cn", "hz-gb-2312"}) {
      const Encoding& encoding = EncodingNamed(name);
      if (encoding.seven_bit()) {
        DecodeSevenBit(noise, encoding, &out);
      } else {
        DecodeLegacy(noise, encoding, &out);
      }
    }
  }
  EXPECT_EQ(AllocationCount(), before);
}

TEST(CharsetAllocation, WarmDecoderWithLabels) {
  const struct {
    std::string bytes, label;
  } texts[] = {{"\xC7\xD1\xB1\xDB", "euc-kr"},
               {"<meta charset=sjis>\x93\xFA\x96\x7B", ""},
               {"\x1B$)C\x0EGQ1[\x0F", ""},
               {"na\xEFve caf\xE9", "latin1"},
               {"한국어 텍스트\xFF 입니다", ""}};
  CharsetDecoder decoder;
  size_t before = 0;
  for (int round = 0; round < 3; ++round) {
    if (round == 2) before = AllocationCount();
    for (const auto& text : texts) {
      DecodedText decoded;
      EXPECT_TRUE(decoder.Decode(text.bytes, text.label, true, &decoded));
    }
  }
  EXPECT_EQ(AllocationCount(), before);
}

}  // namespace
}  // namespace winnow::testing
