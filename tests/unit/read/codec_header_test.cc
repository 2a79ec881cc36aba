// SPDX-License-Identifier: Apache-2.0
// Headers of gzip members and zstd frames, against real encoders and bytes
// made by hand.
#include <gtest/gtest.h>
#include <zstd.h>

#include <string>

#include "pipeline/read/codec.h"
#include "pipeline/read/gzip_header.h"
#include "pipeline/read/zstd_walk.h"
#include "tests/unit/read/source_harness.h"

namespace winnow::testing {
namespace {

using GzipState = GzipHeader::State;

TEST(DetectCodec, ByContent) {
  EXPECT_EQ(DetectCodec(""), Codec::kPlain);
  EXPECT_EQ(DetectCodec("\x1f"), Codec::kPlain);
  EXPECT_EQ(DetectCodec("\x1f\x8b"), Codec::kGzip);
  EXPECT_EQ(DetectCodec(Gzip("x").substr(0, 4)), Codec::kGzip);
  EXPECT_EQ(DetectCodec(ZstdFrame("x").substr(0, 4)), Codec::kZstd);
  EXPECT_EQ(DetectCodec(ZstdSkippable("x").substr(0, 4)), Codec::kZstd);
  EXPECT_EQ(DetectCodec("{\"te"), Codec::kPlain);
  EXPECT_EQ(DetectCodec("\x28\xb5\x2f"), Codec::kPlain);
}

TEST(GzipHeader, LengthOfEveryShape) {
  Random random(1);
  for (const char* name : {"", "page.html"}) {
    for (const unsigned extra : {0u, 1u, 300u, 65'000u}) {
      const std::string bytes = GzipNamed("text", name, random.Noise(extra));
      const GzipHeader header = ParseGzipHeader(bytes);
      EXPECT_EQ(header.state, GzipState::kSound);
      const size_t name_bytes = *name == 0 ? 0 : 10;
      const size_t extra_bytes = extra == 0 ? 0 : size_t{extra} + 2;
      EXPECT_EQ(header.length, 10 + 2 + name_bytes + extra_bytes);
      // Every front of it begins like a header.
      for (size_t n = 0; n < header.length; n += 1 + n / 50) {
        EXPECT_EQ(ParseGzipHeader(bytes.substr(0, n)).state, GzipState::kShort)
            << n;
      }
    }
  }
}

TEST(GzipHeader, Bad) {
  std::string bytes = Gzip("text");
  for (size_t at = 0; at < 3; ++at) {
    std::string bad = bytes;
    bad[at] ^= 1;
    EXPECT_EQ(ParseGzipHeader(bad).state, GzipState::kBad);
  }
  bytes[3] = '\x20';  // a reserved flag
  EXPECT_EQ(ParseGzipHeader(bytes).state, GzipState::kBad);
  // A name without end must not be looked for for ever.
  bytes[3] = '\x08';
  EXPECT_EQ(
      ParseGzipHeader(bytes.substr(0, 10) + std::string(9'000, 'n')).state,
      GzipState::kBad);
}

TEST(GzipHeader, IsFoundWhereItIs) {
  Random random(2);
  for (int i = 0; i < 100; ++i) {
    const std::string before = random.Noise(random.Below(3'000));
    const std::string bytes =
        before + Gzip(random.Lines(2'000), i % 10) + random.Noise(100);
    EXPECT_EQ(FindGzipHeader(bytes, 0, bytes.size()), before.size());
    EXPECT_EQ(FindGzipHeader(bytes, 0, before.size()), std::string::npos);
    EXPECT_EQ(FindGzipHeader(bytes, before.size() + 1, bytes.size()),
              std::string::npos);
  }
}

ReadAt From(const std::string& bytes) {
  return [&bytes](uint64_t at, char* out, size_t n) -> size_t {
    return at < bytes.size() ? bytes.copy(out, n, at) : 0;
  };
}

TEST(ZstdWalk, FindsTheEndOfEveryFrame) {
  Random random(3);
  for (int i = 0; i < 60; ++i) {
    const size_t size = random.Below(i % 5 == 0 ? 900'000 : 5'000);
    const std::string frame = ZstdFrame(random.Lines(size), i % 2 == 0,
                                        i % 3 == 0, i % 4 == 0 ? 12 : 0);
    const std::string before = random.Noise(random.Below(50));
    const std::string bytes = before + frame + random.Noise(50);
    const ZstdWalk walk = WalkZstdFrame(From(bytes), before.size(), 16 << 20);
    ASSERT_EQ(walk.state, ZstdWalk::State::kFrame);
    EXPECT_EQ(walk.extent.end, before.size() + frame.size());
    EXPECT_GE(walk.extent.most_decoded, size);
    const uint64_t claimed =
        ZSTD_getFrameContentSize(frame.data(), frame.size());
    if (i % 3 == 0) {
      EXPECT_EQ(walk.header.content, claimed);
      EXPECT_EQ(walk.extent.most_decoded, size);
    } else {
      EXPECT_EQ(walk.header.content, ZstdFrameHeader::kNoContent);
    }
  }
}

TEST(ZstdWalk, CutAndOddFrames) {
  const std::string frame = ZstdFrame(Random(4).Lines(400'000));
  for (size_t n = 0; n < frame.size(); n += 1 + n / 40) {
    const std::string cut = frame.substr(0, n);
    EXPECT_EQ(WalkZstdFrame(From(cut), 0, 16 << 20).state,
              ZstdWalk::State::kOdd)
        << n;
  }
  EXPECT_EQ(WalkZstdFrame(From(frame), 0, 300'000).state,
            ZstdWalk::State::kLarge);
  const std::string skippable = ZstdSkippable("12345");
  EXPECT_EQ(WalkZstdFrame(From(skippable), 0, 1).state,
            ZstdWalk::State::kSkippable);
  const std::string cut = skippable.substr(0, skippable.size() - 1);
  EXPECT_EQ(WalkZstdFrame(From(cut), 0, 1).state, ZstdWalk::State::kOdd);
}

// A frame of empty blocks gives nothing and is not walked for ever.
TEST(ZstdWalk, EmptyBlocksWithoutEnd) {
  std::string bytes("\x28\xb5\x2f\xfd\x00\x58", 6);
  bytes += std::string(3'000'000, '\0');
  EXPECT_EQ(WalkZstdFrame(From(bytes), 0, 1 << 20).state,
            ZstdWalk::State::kLarge);
}

}  // namespace
}  // namespace winnow::testing
