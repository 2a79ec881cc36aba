// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/fuzz/replay.h"

namespace winnow::testing {
namespace {

TEST(UrlFuzz, MutatedUrls) {
  Replay({"http://example.org/a/b?c=d#e", "https://u:p@Example.com:8080/../x",
          "http://[2001:db8::1]:80/%7Euser;jsessionid=1", "http://0x7f.1/",
          "http://b\xC3\xBC"
          "cher.example/\xED\x95\x9C?q=\xEA\xB8\x80",
          "http://xn--bcher-kva.de./", "ftp:\\\\host\\path", "file://h/C:/x",
          "mailto:a@b", "foo://H/p/./..//q", "foo:/.//p",
          "http://a.example/?PHPSESSID=1&b=2&a=1", "http://a.b.github.io/"},
         60000);
}

}  // namespace
}  // namespace winnow::testing
