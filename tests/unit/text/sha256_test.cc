// SPDX-License-Identifier: Apache-2.0
// SHA-256: the examples of FIPS 180-4, and that cutting the input anywhere
// changes nothing.
#include "pipeline/text/sha256.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace winnow {
namespace {

TEST(Sha256Test, PublishedExamples) {
  EXPECT_EQ(Sha256Hex(""),
            "e3b0c44298fc1c149afbf4c8996fb924"
            "27ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(Sha256Hex("abc"),
            "ba7816bf8f01cfea414140de5dae2223"
            "b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(
      Sha256Hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
      "248d6a61d20638b8e5c026930c3e6039"
      "a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(Sha256Hex(std::string(1'000'000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67"
            "f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256Test, PartsOfAnyLengthGiveTheSameHash) {
  std::string text;
  for (int i = 0; i < 300; ++i) text += static_cast<char>(i * 7);
  for (size_t length = 0; length <= 200; ++length) {
    const std::string_view whole = std::string_view(text).substr(0, length);
    for (const size_t part : {1U, 3U, 55U, 56U, 63U, 64U, 65U}) {
      Sha256 hash;
      for (size_t at = 0; at < length; at += part) {
        hash.Update(whole.substr(at, part));
      }
      EXPECT_EQ(hash.FinishHex(), Sha256Hex(whole)) << length << " " << part;
    }
  }
}

}  // namespace
}  // namespace winnow
