// SPDX-License-Identifier: Apache-2.0
// SHA-256 against the examples of FIPS 180 and around every padding edge.
#include "pipeline/text/sha256.h"

#include <gtest/gtest.h>

#include <string>

namespace winnow {
namespace {

TEST(Sha256, PublishedExamples) {
  EXPECT_EQ(Sha256Hex(""),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(Sha256Hex("abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(
      Sha256Hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(Sha256Hex(std::string(1000000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, AnyCutGivesTheSameDigest) {
  for (const size_t length :
       {0U, 1U, 55U, 56U, 57U, 63U, 64U, 65U, 119U, 120U, 121U, 200U}) {
    std::string text;
    for (size_t i = 0; i < length; ++i) {
      text += "abcdefghijklmnopqrstuvwxyz"[i % 26];
    }
    const std::string whole = Sha256Hex(text);
    for (size_t cut = 0; cut <= length; ++cut) {
      Sha256 hash;
      hash.Update(std::string_view(text).substr(0, cut));
      hash.Update(std::string_view(text).substr(cut));
      Sha256 again;
      for (const char c : text) again.Update({&c, 1});
      const auto digest = hash.Finish();
      EXPECT_EQ(digest, again.Finish()) << length << " " << cut;
      const char first[] = {"0123456789abcdef"[digest[0] >> 4],
                            "0123456789abcdef"[digest[0] & 15]};
      EXPECT_EQ(whole.substr(0, 2), std::string_view(first, 2));
    }
  }
}

}  // namespace
}  // namespace winnow
