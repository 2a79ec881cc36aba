// SPDX-License-Identifier: Apache-2.0
// gzip files through source, decode and cut, against zlib on the whole file.
#include <gtest/gtest.h>
#include <zlib.h>

#include <string>
#include <vector>

#include "tests/unit/read/source_harness.h"

namespace winnow::testing {
namespace {

// The oracle: every member of a sound file with zlib, one byte of thought.
struct OracleMember {
  uint64_t offset;
  std::string text;
};
std::vector<OracleMember> Gunzip(std::string bytes) {
  std::vector<OracleMember> members;
  size_t at = 0;
  while (at < bytes.size()) {
    z_stream z{};
    EXPECT_EQ(inflateInit2(&z, 15 + 16), Z_OK);
    z.next_in = reinterpret_cast<Bytef*>(bytes.data() + at);
    z.avail_in = static_cast<uInt>(bytes.size() - at);
    OracleMember member{at, ""};
    int code = Z_OK;
    while (code == Z_OK) {
      char out[5000];
      z.next_out = reinterpret_cast<Bytef*>(out);
      z.avail_out = sizeof out;
      code = inflate(&z, Z_NO_FLUSH);
      member.text.append(out, sizeof out - z.avail_out);
    }
    EXPECT_EQ(code, Z_STREAM_END);
    at += z.total_in;
    inflateEnd(&z);
    members.push_back(std::move(member));
  }
  return members;
}

// What the cut must give for a file of such members, line by line.
Result Expected(const std::vector<OracleMember>& members) {
  Result result;
  std::string text;
  std::vector<uint64_t> starts;
  for (const OracleMember& member : members) {
    starts.push_back(text.size());
    text += member.text;
  }
  size_t m = 0;
  for (size_t at = 0; at < text.size();) {
    size_t end = text.find('\n', at);
    end = end == std::string::npos ? text.size() : end + 1;
    while (m + 1 < starts.size() && starts[m + 1] <= at) ++m;
    if (text[at] == '\n') {
      ++result.framing;
    } else {
      Seen seen;
      seen.bytes = text.substr(at, end - at);
      seen.decoded_offset = at;
      seen.member_offset = members[m].offset;
      seen.offset_in_member = at - starts[m];
      result.all.push_back(seen);
    }
    at = end;
  }
  if (text.empty()) {
    Seen seen;
    seen.reason = ReadReason::kEmptyFile;
    result.all.push_back(seen);
  }
  result.decoded = text.size();
  return result;
}

class SourceGzip : public ::testing::TestWithParam<uint64_t> {
 protected:
  void Check(const std::string& bytes) {
    const TempFolder folder;
    const auto files = Files({folder.Write("a.gz", bytes)});
    ReadSetup setup;
    setup.source = PieceSizes(GetParam());
    const Result expected = Expected(Gunzip(bytes));
    const Result serial = ReadAll(files, setup);
    ExpectSame(expected, serial);
    EXPECT_EQ(serial.disk, bytes.size());
    setup.threads = 3;
    ExpectSame(expected, ReadAll(files, setup));
  }
};

INSTANTIATE_TEST_SUITE_P(Pieces, SourceGzip,
                         ::testing::Values(1024, 7777, 256 << 10));

TEST_P(SourceGzip, OneMember) { Check(Gzip(Random(1).Lines(100'000))); }

TEST_P(SourceGzip, NothingInside) { Check(Gzip("")); }

TEST_P(SourceGzip, ManyMembers) {
  Random random(2);
  std::string bytes;
  for (int i = 0; i < 300; ++i) {
    bytes += Gzip(random.Lines(random.Below(20'000)));
    if (random.Below(5) == 0) bytes += Gzip("");  // as BGZF ends
  }
  Check(bytes);
}

TEST_P(SourceGzip, MembersEndInsideLines) {
  Random random(3);
  const std::string text = random.Lines(2'000'000);
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
  Check(bytes);
}

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

TEST_P(SourceGzip, LargeMembers) {
  Random random(6);
  std::string bytes;
  for (const size_t size : {size_t{20} << 20, size_t{100}, size_t{3} << 20,
                            size_t{17} << 20, size_t{1}}) {
    bytes += Gzip(random.Lines(size), 1);
  }
  Check(bytes);
}

}  // namespace
}  // namespace winnow::testing
