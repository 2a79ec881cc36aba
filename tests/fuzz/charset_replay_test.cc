// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/fuzz/replay.h"

namespace winnow::testing {
namespace {

TEST(CharsetFuzz, MutatedTexts) {
  std::vector<std::string> seeds;
  const std::vector<std::string> texts = {
      "plain text",
      "한글과 日本語 \xF0\x9F\x98\x80",
      "\xC7\xD1\xB1\xDB\xB0\xFA \xBF\xB5\xBE\xEE",
      "\x93\xFA\x96\x7B\x8C\xEA \x83\x65\x83\x58\x83\x67",
      "\x81\x30\x81\x30\xC4\xE3\xBA\xC3 \x90\x30\x81\x30",
      "\xA7\x41\xA6\x6E \x88\x62\x88\xA5",
      "\x8F\xB0\xA1\x8E\xB1\xC6\xFC",
      "\x1B$)C\x0EGQ1[\x0F \x1B$BF|K\\\x1B(B ~{<:Ky~}",
      "\x1B$)A\x0E=;;;\x0F\x1B$*H\x1BN!!",
      "caf\xE9 na\xEFve \x93quoted\x94",
      std::string("\xFF\xFEh\0i\0\x3D\xD8\0\xDE", 10),
      std::string("\0\0\xFE\xFF\0\0\0h", 8),
      "<meta charset=euc-kr>\xC7\xD1",
      "<!-- x --><meta http-equiv=content-type content='text/html; "
      "charset=sjis'>\x93\xFA"};
  for (int label = 0; label < 32; ++label) {
    for (const std::string& text : texts) {
      seeds.push_back(static_cast<char>(label) + text);
    }
  }
  Replay(seeds, 40000);
}

}  // namespace
}  // namespace winnow::testing
