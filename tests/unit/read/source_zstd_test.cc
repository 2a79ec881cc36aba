// SPDX-License-Identifier: Apache-2.0
// Sound zstd files through source, decode and cut, against libzstd's stream on
// the whole file.
#include <gtest/gtest.h>

#include <string>

#include "tests/unit/read/source_harness.h"
#include "tests/unit/read/source_oracle.h"

namespace winnow::testing {
namespace {

class SourceZstd : public ::testing::TestWithParam<uint64_t> {
 protected:
  void Check(const std::string& bytes, const std::string& dictionary = "") {
    const TempFolder folder;
    const auto files = Files({folder.Write("a.zst", bytes)});
    const Result expected = ExpectedLines(Unzstd(bytes, dictionary));
    ReadSetup setup;
    setup.source = PieceSizes(GetParam());
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

INSTANTIATE_TEST_SUITE_P(Pieces, SourceZstd,
                         ::testing::Values(1024, 7777, 256 << 10));

TEST_P(SourceZstd, OneFrame) { Check(ZstdFrame(Random(1).Lines(500'000))); }

TEST_P(SourceZstd, NothingInside) { Check(ZstdFrame("")); }

TEST_P(SourceZstd, FramesOfAllKinds) {
  Random random(2);
  std::string bytes;
  for (int i = 0; i < 200; ++i) {
    bytes += ZstdFrame(random.Lines(random.Below(30'000)), random.Below(2) == 0,
                       random.Below(2) == 0);
    if (random.Below(6) == 0) {
      bytes += ZstdSkippable(random.Noise(random.Below(5'000)));
    }
    if (random.Below(9) == 0) bytes += ZstdFrame("");
  }
  Check(bytes);
}

TEST_P(SourceZstd, SkippableFrameFirst) {
  Check(ZstdSkippable("a table of contents") + ZstdFrame("line\n"));
}

TEST_P(SourceZstd, OnlySkippableFrames) {
  Check(ZstdSkippable("one") + ZstdSkippable(std::string(300'000, 'x')));
}

TEST_P(SourceZstd, FramesEndInsideLines) {
  Random random(3);
  const std::string text = random.Lines(1'000'000);
  std::string bytes;
  for (size_t at = 0; at < text.size();) {
    const size_t n = 1 + random.Below(300'000);
    bytes += ZstdFrame(text.substr(at, n), true, random.Below(2) == 0);
    at += n;
  }
  Check(bytes);
}

TEST_P(SourceZstd, FramesInsideFrames) {
  Random random(4);
  std::string bytes = ZstdFrame(random.Lines(70'000));
  for (int i = 0; i < 10; ++i) {
    std::string inner = random.Noise(1000) + ZstdFrame(random.Lines(2'000)) +
                        random.Noise(60'000);
    bytes += ZstdFrame(inner) + ZstdFrame(random.Lines(3'000));
  }
  Check(bytes);
}

TEST_P(SourceZstd, VeryCompressible) {
  std::string bytes;
  for (int i = 0; i < 20; ++i) {
    bytes += ZstdFrame(std::string(300'000, 'a') + "\n");
  }
  Check(bytes);
}

TEST_P(SourceZstd, DictionaryInTheFirstFrame) {
  Random random(6);
  const std::string dictionary = ZstdDictionaryOf(random.Lines(500'000));
  for (const bool packed : {false, true}) {
    std::string bytes = ZstdDictionaryFrame(dictionary, packed);
    for (int i = 0; i < 60; ++i) {
      const size_t size = random.Below(i % 20 == 9 ? 300'000 : 3'000);
      bytes += ZstdKeyedFrame(random.Lines(size), dictionary);
      if (i % 7 == 3) bytes += ZstdSkippable("extension");
    }
    Check(bytes, dictionary);
  }
}

TEST_P(SourceZstd, SmallAndLargeWindows) {
  Random random(5);
  const std::string text = random.Lines(300'000);
  Check(ZstdFrame(text, true, false, 10) + ZstdFrame(text, true, false, 27));
}

}  // namespace
}  // namespace winnow::testing
