// SPDX-License-Identifier: Apache-2.0
// However many threads, and whatever their timing: the same result.
#include <gtest/gtest.h>

#include <string>

#include "tests/unit/read/source_harness.h"

namespace winnow::testing {
namespace {

class SourceThreads : public ::testing::TestWithParam<int> {};

INSTANTIATE_TEST_SUITE_P(Threads, SourceThreads, ::testing::Values(1, 2, 3, 7));

// Every way back: giants, damage, false guesses, small files that grow, and
// rewinds at the very end of the input.
TEST_P(SourceThreads, SameAsSerial) {
  Random random(1);
  const TempFolder folder;
  std::string gzip;
  for (int i = 0; i < 60; ++i) {
    gzip += Gzip(random.Lines(random.Below(i % 9 == 0 ? 90'000 : 6'000)));
    if (i % 11 == 5) {
      gzip += GzipStored(Gzip(random.Lines(900)) + random.Noise(3'000));
    }
    if (i % 13 == 7) gzip[gzip.size() - 100] ^= 1;
  }
  std::string zstd;
  for (int i = 0; i < 40; ++i) {
    zstd += ZstdFrame(random.Lines(random.Below(i % 9 == 0 ? 90'000 : 6'000)));
    if (i % 13 == 7) zstd[zstd.size() - 100] ^= 1;
  }
  folder.Write("in/a", random.Lines(70'000) + gzip);
  folder.Write("in/b", Gzip(random.Lines(70'000)) + gzip);
  folder.Write("in/c", ZstdFrame(random.Lines(70'000)) + zstd);
  for (int i = 0; i < 20; ++i) {
    folder.Write("in/d" + std::to_string(i + 10),
                 i % 4 == 3 ? Gzip(random.Lines(200'000)) : random.Lines(500));
  }
  folder.Write("in/e", gzip + "garbage");
  const auto files = Files({folder.path() + "/in"});
  ReadSetup setup;
  setup.checkpoint_bytes = 100'000;
  setup.source = PieceSizes(5'000);
  setup.source.member_bytes = 50'000;
  const Result expected = ReadAll(files, setup);
  setup.threads = GetParam();
  for (setup.seed = 1; setup.seed <= 8; ++setup.seed) {
    SCOPED_TRACE(setup.seed);
    ExpectSame(expected, ReadAll(files, setup));
  }
}

}  // namespace
}  // namespace winnow::testing
