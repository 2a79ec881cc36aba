// SPDX-License-Identifier: Apache-2.0
// Sound gzip files through source, decode and cut, against zlib on the whole
// file.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "pipeline/text/hash.h"
#include "tests/unit/read/source_harness.h"
#include "tests/unit/read/source_oracle.h"

namespace winnow::testing {
namespace {

class SourceGzip : public ::testing::TestWithParam<uint64_t> {
 protected:
  void Check(const std::string& bytes) {
    const TempFolder folder;
    const auto files = Files({folder.Write("a.gz", bytes)});
    const Result expected = ExpectedLines(Gunzip(bytes));
    ReadSetup setup;
    setup.source = PieceSizes(GetParam());
    // Members larger than the second cap are streamed.
    for (const unsigned member_bytes : {16u << 20, 20'000u}) {
      setup.source.member_bytes = member_bytes;
      setup.threads = 0;
      const Result serial = ReadAll(files, setup);
      ExpectSame(expected, serial);
      EXPECT_EQ(serial.disk, bytes.size());
      setup.threads = 3;
      ExpectSame(expected, ReadAll(files, setup));
    }
  }
};

INSTANTIATE_TEST_SUITE_P(Pieces, SourceGzip,
                         ::testing::Values(1024, 7777, 256 << 10));

TEST_P(SourceGzip, OneMember) { Check(Gzip(Random(1).Lines(100'000))); }

TEST_P(SourceGzip, NothingInside) { Check(Gzip("")); }

TEST_P(SourceGzip, ManyMembers) {
  Random random(2);
  std::string bytes;
  for (int i = 0; i < 200; ++i) {
    bytes += Gzip(random.Lines(random.Below(20'000)));
    if (random.Below(5) == 0) bytes += Gzip("");  // as BGZF ends
  }
  Check(bytes);
}

TEST_P(SourceGzip, ThousandsOfEmptyMembers) {
  std::string bytes;
  for (int i = 0; i < 5000; ++i) bytes += Gzip("");
  Check(bytes + Gzip("end\n") + bytes);
}

TEST_P(SourceGzip, MembersEndInsideLines) {
  Random random(3);
  const std::string text = random.Lines(1'000'000);
  std::string bytes;
  for (size_t at = 0; at < text.size();) {
    const size_t n = 1 + random.Below(30'000);
    bytes += Gzip(text.substr(at, n), 1);
    at += n;
  }
  Check(bytes);
}

TEST_P(SourceGzip, HeadersWithNameExtraAndCrc) {
  Random random(4);
  std::string bytes;
  for (int i = 0; i < 50; ++i) {
    bytes += GzipNamed(random.Lines(5'000), "page.html",
                       random.Noise(1 + random.Below(3'000)));
  }
  bytes += GzipNamed(random.Lines(500), "", random.Noise(65'000));
  Check(bytes);
}

// Bytes that look like a member, and are one, inside a member that keeps them
// as they are: the guesses are sound and wrong.
TEST_P(SourceGzip, MembersInsideMembers) {
  Random random(5);
  std::string bytes;
  for (int i = 0; i < 40; ++i) {
    std::string inner;
    for (int j = 0; j < 30; ++j) inner += Gzip(random.Lines(2'000));
    bytes += GzipStored(random.Lines(100) + inner + "\n");
    bytes += Gzip(random.Lines(3'000));
  }
  // The doubles take files with NUL in their first 64 KiB for binary.
  Check(Gzip(random.Lines(70'000)) + bytes);
}

// Headers without end: every guess fails, and the piece is given up.
TEST_P(SourceGzip, FalseHeadersInsideAMember) {
  Random random(6);
  std::string inner;
  for (int i = 0; i < 20'000; ++i) {
    inner += std::string("\x1f\x8b\x08\0\0\0\0\0\0\x03\x05", 11);
    inner += random.Noise(5);
  }
  Check(Gzip(random.Lines(70'000)) + GzipStored(inner) +
        Gzip(random.Lines(3'000)));
}

TEST_P(SourceGzip, VeryCompressible) {
  std::string bytes;
  for (int i = 0; i < 20; ++i) {
    bytes += Gzip(std::string(300'000, 'a') + "\n");
  }
  Check(bytes);
}

// With the caps that users have: members of all sizes, and a giant.
TEST(SourceGzipLarge, MembersOfAllSizes) {
  Random random(7);
  std::string bytes;
  for (const size_t size :
       {size_t{1} << 20, size_t{20} << 20, size_t{100}, size_t{3} << 20,
        size_t{60} << 20, size_t{17} << 20, size_t{1}}) {
    bytes += Gzip(random.Lines(size), 1);
  }
  const TempFolder folder;
  const auto files = Files({folder.Write("a.gz", bytes)});
  ReadSetup setup;
  setup.cuts = Cuts::kLines;
  setup.threads = 2;
  std::string text;
  uint64_t decoded = 0;
  for (const OracleMember& member : Gunzip(bytes)) text += member.text;
  const Result result = ReadAll(files, setup);
  EXPECT_TRUE(result.Events().empty());
  for (const Seen& seen : result.all) {
    EXPECT_EQ(seen.decoded_offset, decoded);
    decoded += seen.bytes.size();
  }
  EXPECT_EQ(decoded, text.size());
  EXPECT_TRUE(result.Text() == text);
  EXPECT_EQ(result.disk, bytes.size());
}

}  // namespace
}  // namespace winnow::testing
