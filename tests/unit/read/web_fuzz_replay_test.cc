// SPDX-License-Identifier: Apache-2.0
// Seeded mutations through the fuzz entry points of web archives, so that every
// build runs them: an entry point aborts where something does not hold.
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "tests/unit/read/archive_harness.h"

// Both define the same entry point: each is renamed.
#define LLVMFuzzerTestOneInput WarcFuzz
#include "tests/fuzz/warc_fuzz.cc"
#undef LLVMFuzzerTestOneInput

int HttpFuzz(const uint8_t* data, size_t size);  // web_fuzz_replay_http.cc

namespace winnow::testing {
namespace {

const std::vector<std::string>& Scraps() {
  static const std::vector<std::string> scraps = {
      "WARC/1.0\r\n",
      "warc/1.1\n",
      "WARC-Type: response\r\n",
      "WARC-Type: conversion\r\n",
      "WARC-Type: revisit\r\n",
      "WARC-Target-URI: <http://a.b/ c>\r\n",
      "WARC-Truncated: length\r\n",
      "WARC-Block-Digest: sha1:AAAA\r\n",
      "WARC-Payload-Digest: md5:d41d8cd98f00b204e9800998ecf8427e\r\n",
      "Content-Length: 20\r\n",
      "Content-Length:\n 7\n",
      "Content-Length: -1\n",
      "Content-Length: 99999999\r\n",
      "\r\n\r\n",
      "\n",
      " ",
      "HTTP/1.1 200 OK\r\n",
      "HTTP 200\n",
      "Content-Type: text/html; charset=euc-kr\r\n",
      "Transfer-Encoding: gzip, chunked\r\n",
      "Content-Encoding: br\r\n",
      "Content-Encoding: zstd, deflate\r\n",
      "Content-Encoding: gzip\r\n",
      "5\r\nhello\r\n",
      "0\r\n\r\n",
      "\x1F\x8B\x08",
      "\x28\xB5\x2F\xFD",
      "<p>text",
      "filedesc://a 1.1.1.1 20080430204825 text/plain 30\n",
      "1 0 x\nURL IP-address Archive-date Content-type Archive-length\n",
      "http://a.b/ c 1.2.3.4 20080430204825 text/html 31\n",
      "http://a.b/ 1.2.3.4 20080430204825 text/html -1\n",
      "http://a.b/ - 19960923142103 text/html 200 - - 12345678 f 12\n",
  };
  return scraps;
}

std::string Mutated(const std::string& seed, Random* random) {
  std::string bytes = seed;
  for (uint64_t edits = 1 + random->Below(6); edits > 0; --edits) {
    const size_t at = random->Below(bytes.size() + 1);
    const std::string& scrap = Scraps()[random->Below(Scraps().size())];
    switch (random->Below(4)) {
      case 0:
        bytes.insert(at, scrap);
        break;
      case 1:
        bytes.erase(at, 1 + random->Below(40));
        break;
      case 2:
        if (at < bytes.size()) {
          bytes[at] = static_cast<char>(random->Next());
        }
        break;
      default:
        bytes.replace(at, random->Below(12), scrap);
    }
  }
  return bytes;
}

template <typename Target>
void Replay(const std::vector<std::string>& seeds, int rounds, Target target) {
  Random random(20'260'103);
  for (int i = 0; i < rounds; ++i) {
    std::string bytes;
    if (i % 3 == 0) {
      for (uint64_t n = random.Below(20); n > 0; --n) {
        bytes += Scraps()[random.Below(Scraps().size())];
      }
    } else {
      bytes = Mutated(seeds[random.Below(seeds.size())], &random);
    }
    const std::vector<uint8_t> data(bytes.begin(), bytes.end());
    EXPECT_EQ(target(data.data(), data.size()), 0);
  }
}

TEST(WebFuzzReplay, Warc) {
  std::vector<std::string> seeds;
  for (const char choice : {'\0', '\x0C', '\x54', '\x9D', '\x31'}) {
    std::string some(1, choice);
    for (const std::string& record : SampleRecords(3)) {
      if (record.size() < 700) some += record;
    }
    seeds.push_back(some);
  }
  seeds.push_back(
      "\x19"
      "filedesc://a.arc 0.0.0.0 20080430204825 text/plain 66\n1 0 x\nURL "
      "IP-address Archive-date Content-type Archive-length\n\n\n\n"
      "http://a.b/ 1.2.3.4 20080430204825 text/html 30\n"
      "HTTP/1.0 200 OK\r\n\r\n<p>body</p>\n\n");
  Replay(seeds, 10'000, WarcFuzz);
}

TEST(WebFuzzReplay, Http) {
  const std::string head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n";
  const std::string page = "<p>" + std::string(300, 'x');
  const std::vector<std::string> seeds = {
      head + "\r\n" + page,
      head + "Content-Encoding: gzip\r\n\r\n" + Gzip(page),
      head + "Content-Encoding: x-gzip, zstd\r\n\r\n" + ZstdFrame(Gzip(page)),
      head + "Content-Encoding: br\r\n\r\n\x8b\x01\x80hello\x03",
      head + "Content-Encoding: deflate\r\n\r\n" + Gzip(page).substr(10),
      head +
          "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n3;a=b\r\nyou\r\n"
          "0\r\n\r\n",
  };
  Replay(seeds, 20'000, HttpFuzz);
}

}  // namespace
}  // namespace winnow::testing
