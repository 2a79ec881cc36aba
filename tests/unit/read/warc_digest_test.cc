// SPDX-License-Identifier: Apache-2.0
// Digests in every algorithm and encoding that is written, of blocks and of
// payloads. Values are those of coreutils.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "pipeline/read/warc/digest.h"
#include "tests/unit/read/archive_harness.h"

namespace winnow::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

TEST(DigestTest, AlgorithmsAndEncodings) {
  DigestChecker checker;
  const auto check = [&](const std::string& field) {
    return checker.Check(field, "abc");
  };
  // FIPS 180 and RFC 1321 test vectors of "abc".
  for (const char* field : {
           "sha1:a9993e364706816aba3e25717850c26c9cd0d89d",
           "SHA-1: A9993E364706816ABA3E25717850C26C9CD0D89D",
           "sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5",
           "sha1:vgmt4nsha2awvor6evyxqugcnsonbwe5",
           "sha1:qZk+NkcGgWq6PiVxeFDCbJzQ2J0=",
           "sha1:qZk-NkcGgWq6PiVxeFDCbJzQ2J0",
           "md5:900150983cd24fb0d6963f7d28e17f72",
           "md5:kAFQmDzST7DWlj99KOF/cg==",
           "sha256:"
           "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
           "sha-256:ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=",
           "sha512:3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/"
           "BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw==",
       }) {
    EXPECT_EQ(check(field), DigestVerdict::kMatch) << field;
  }
  EXPECT_EQ(check("sha1:a9993e364706816aba3e25717850c26c9cd0d89e"),
            DigestVerdict::kMismatch);
  for (const char* field :
       {"", "sha1", "sha1:", "sha1:a9993e", "crc32:352441c2",
        "sha1:!GMT4NSHA2AWVOR6EVYXQUGCNSONBWE5", "blake3:abc"}) {
    EXPECT_EQ(check(field), DigestVerdict::kUnknown) << field;
  }
}

class WarcDigests : public ::testing::Test {
 protected:
  ArchiveResult Read(const std::string& record) {
    ArchiveRun run;
    run.read.check_digests = true;
    run.read.inventory = true;
    return ReadArchive(folder_.Write("one.warc", record), run);
  }

 private:
  TempFolder folder_;
};

const char kHead[] =
    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
    "Transfer-Encoding: chunked\r\n\r\n";
const char kTarget[] = "WARC-Target-URI: http://a.b/\r\n";

TEST_F(WarcDigests, OfChunksAndBehindThem) {
  // sha1 of "<p>a page", and of the chunks that hold it.
  const std::string chunks = "9\r\n<p>a page\r\n0\r\n\r\n";
  for (const char* digest : {
           "sha1:e6e9e2ba9d1c3a1bd1c5a7c0d1b9f0ac7c4d0d6e",
       }) {
    const ArchiveResult result =
        Read(WarcRecord(std::string("WARC-Type: response\r\n") + kTarget +
                            "WARC-Payload-Digest: " + digest + "\r\n",
                        kHead + chunks));
    EXPECT_THAT(result.mended,
                ElementsAre(Pair("warc.payload_digest_mismatch", 1)));
    EXPECT_NE(
        result.documents.at(0).metadata.find(R"("warc_digest":"mismatch")"),
        std::string::npos);
  }
  for (const char* digest : {"md5:f47b98f7da2a341fe3566aec475aa854",
                             "md5:acfd8fd7b92f73da48df54f88731e9e8"}) {
    const ArchiveResult result =
        Read(WarcRecord(std::string("WARC-Type: response\r\n") + kTarget +
                            "WARC-Payload-Digest: " + digest + "\r\n",
                        kHead + chunks));
    EXPECT_THAT(result.mended, IsEmpty()) << digest;
    EXPECT_THAT(result.traits.at("digest"),
                ElementsAre(Pair("payload_match", 1)));
  }
}

TEST_F(WarcDigests, NotOfRevisitsAndSegments) {
  const std::string digests =
      "WARC-Block-Digest: md5:00000000000000000000000000000000\r\n"
      "WARC-Payload-Digest: md5:00000000000000000000000000000000\r\n";
  ArchiveResult result =
      Read(WarcRecord(std::string("WARC-Type: revisit\r\n") + kTarget + digests,
                      "HTTP/1.1 200 OK\r\n\r\n"));
  EXPECT_THAT(result.mended, IsEmpty());
  result = Read(WarcRecord(std::string("WARC-Type: conversion\r\n") + kTarget +
                               "WARC-Segment-Number: 1\r\n" + digests,
                           "text"));
  EXPECT_THAT(result.mended,
              ElementsAre(Pair("warc.block_digest_mismatch", 1)));
}

TEST_F(WarcDigests, OnlyOnRequest) {
  const TempFolder folder;
  const std::string record = WarcRecord(
      std::string("WARC-Type: conversion\r\n") + kTarget +
          "WARC-Block-Digest: md5:00000000000000000000000000000000\r\n",
      "text");
  EXPECT_THAT(ReadArchive(folder.Write("one.warc", record)).mended, IsEmpty());
}

}  // namespace
}  // namespace winnow::testing
