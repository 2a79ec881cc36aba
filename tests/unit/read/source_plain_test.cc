// SPDX-License-Identifier: Apache-2.0
// Files without codec, many small files, and mixtures of everything.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string>
#include <thread>
#include <vector>

#include "pipeline/read/decode.h"
#include "tests/unit/read/source_harness.h"
#include "tests/unit/read/source_oracle.h"

namespace winnow::testing {
namespace {

void Append(const Result& more, Result* result) {
  result->all.insert(result->all.end(), more.all.begin(), more.all.end());
  result->framing += more.framing;
  result->decoded += more.decoded;
}

class SourcePlain : public ::testing::TestWithParam<uint64_t> {};

INSTANTIATE_TEST_SUITE_P(Pieces, SourcePlain,
                         ::testing::Values(1, 777, 7777, 1 << 20));

TEST_P(SourcePlain, OneFile) {
  const std::string text = Random(1).Lines(GetParam() == 1 ? 3'000 : 1'500'000);
  const TempFolder folder;
  const auto files = Files({folder.Write("a.txt", text)});
  ReadSetup setup;
  setup.source = PieceSizes(GetParam());
  const Result expected = ExpectedLines({{0, text}}, true);
  const Result serial = ReadAll(files, setup);
  ExpectSame(expected, serial);
  EXPECT_EQ(serial.disk, text.size());
  setup.threads = 3;
  ExpectSame(expected, ReadAll(files, setup));
}

TEST_P(SourcePlain, LastLineWithoutNewline) {
  const TempFolder folder;
  const auto files = Files({folder.Write("a.txt", "one\ntwo\n\nthree")});
  ReadSetup setup;
  setup.source = PieceSizes(GetParam());
  const Result result = ReadAll(files, setup);
  ExpectSame(ExpectedLines({{0, "one\ntwo\n\nthree"}}, true), result);
  EXPECT_EQ(result.framing, 1u);
}

// Every kind of file beside every other, small and large, in one folder.
TEST_P(SourcePlain, FolderOfEverything) {
  Random random(2);
  const TempFolder folder;
  Result expected;
  uint64_t disk = 0;
  const uint64_t longest = GetParam() == 1 ? 100 : 60'000;
  const int count = GetParam() == 1 ? 12 : 120;
  for (int i = 0; i < count; ++i) {
    const std::string name = "in/" + std::to_string(1000 + i);
    std::string text =
        random.Lines(random.Below(random.Below(10) == 0 ? longest : 2'000));
    std::string bytes;
    const auto file = static_cast<uint32_t>(i);
    switch (random.Below(5)) {
      case 0:
        bytes = Gzip(text);
        bytes += Gzip(random.Lines(300));
        Append(ExpectedLines(Gunzip(bytes), false, file), &expected);
        break;
      case 1:
        bytes = ZstdFrame(text) + ZstdFrame(random.Lines(300));
        Append(ExpectedLines(Unzstd(bytes), false, file), &expected);
        break;
      case 2:
        text.clear();
        [[fallthrough]];
      default:
        bytes = text;
        Append(ExpectedLines({{0, text}}, true, file), &expected);
    }
    disk += bytes.size();
    folder.Write(name, bytes);
  }
  const auto files = Files({folder.path() + "/in"});
  ReadSetup setup;
  setup.source = PieceSizes(GetParam());
  const Result serial = ReadAll(files, setup);
  ExpectSame(expected, serial);
  EXPECT_EQ(serial.disk, disk);
  setup.threads = 3;
  ExpectSame(expected, ReadAll(files, setup));
}

TEST(SourceSmallFiles, ShareBatches) {
  const TempFolder folder;
  for (int i = 0; i < 500; ++i) {
    folder.Write("in/" + std::to_string(i), "a line\n");
  }
  const auto files = Files({folder.path() + "/in"});
  Source source(files);
  RawPiece piece;
  ASSERT_TRUE(source.Next(&piece));
  EXPECT_EQ(piece.begin.file, 0u);
  EXPECT_EQ(piece.end.file, 500u);
}

// A small file that grows beyond what a piece holds is streamed.
TEST(SourceSmallFiles, ThatUnpackToALot) {
  Random random(3);
  const TempFolder folder;
  Result expected;
  for (uint32_t i = 0; i < 9; ++i) {
    std::string text = random.Lines(1000);
    if (i % 3 == 1) text = std::string(3'000'000, 'x') + "\n";
    const std::string bytes = Gzip(text);
    folder.Write("in/" + std::to_string(i), bytes);
    Append(ExpectedLines({{0, text}}, false, i), &expected);
  }
  const auto files = Files({folder.path() + "/in"});
  ReadSetup setup;
  setup.source.member_bytes = 500'000;
  setup.source.piece_bytes = 2'000'000;
  ExpectSame(expected, ReadAll(files, setup));
  setup.threads = 3;
  ExpectSame(expected, ReadAll(files, setup));
}

TEST(SourceStreams, FifoOfEveryCodec) {
  Random random(4);
  const std::string text = random.Lines(400'000);
  const std::string gzip = Gzip(text) + Gzip(random.Lines(30'000));
  const std::string zstd = ZstdFrame(text) + ZstdSkippable(text) +
                           ZstdFrame(random.Lines(30'000), true, false);
  const std::string dictionary = ZstdDictionaryOf(text);
  const std::string keyed = ZstdDictionaryFrame(dictionary, true) +
                            ZstdKeyedFrame(text, dictionary) +
                            ZstdKeyedFrame(text, dictionary);
  const std::vector<std::pair<std::string, Result>> cases = {
      {keyed, ExpectedLines(Unzstd(keyed, dictionary))},
      {text, ExpectedLines({{0, text}}, true)},
      {"abc", ExpectedLines({{0, "abc"}}, true)},
      {"", ExpectedLines({{0, ""}}, true)},
      {gzip, ExpectedLines(Gunzip(gzip))},
      {zstd, ExpectedLines(Unzstd(zstd))},
  };
  for (const auto& [bytes, expected] : cases) {
    const TempFolder folder;
    const std::string path = folder.path() + "/fifo";
    ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
    std::thread writer([&path, &bytes = bytes] {
      const int fd = open(path.c_str(), O_WRONLY);
      for (size_t at = 0; at < bytes.size();) {
        const size_t n = std::min<size_t>(bytes.size() - at, 3'333);
        const ssize_t put = write(fd, bytes.data() + at, n);
        ASSERT_GT(put, 0);
        at += static_cast<size_t>(put);
      }
      close(fd);
    });
    const auto files = Files({path});
    ASSERT_EQ(files.size(), 1u);
    ReadSetup setup;
    setup.threads = 2;
    ExpectSame(expected, ReadAll(files, setup));
    writer.join();
  }
}

TEST(SourceErrors, FileThatVanished) {
  const TempFolder folder;
  folder.Write("in/a", "one\n");
  const std::string gone = folder.Write("in/b", "two\n");
  const std::string large = folder.Write("in/c", std::string(3'000'000, 'x'));
  folder.Write("in/d", "four\n");
  const auto files = Files({folder.path() + "/in"});
  unlink(gone.c_str());
  unlink(large.c_str());
  const Result result = ReadAll(files, {});
  ASSERT_EQ(result.all.size(), 4u);
  EXPECT_EQ(result.all[1].reason, ReadReason::kIoError);
  EXPECT_EQ(result.all[1].lost, 4u);
  EXPECT_EQ(result.all[2].reason, ReadReason::kIoError);
  EXPECT_EQ(result.all[2].lost, 3'000'000u);
  EXPECT_EQ(result.all[3].bytes, "four\n");
}

// Cut while it is read: what is gone is counted, and nothing ends in SIGBUS.
TEST(SourceErrors, FileThatShrinks) {
  Random random(6);
  const std::string text = random.Lines(3'000'000);
  std::string gzip;
  while (gzip.size() < 2'000'000) gzip += Gzip(random.Lines(30'000), 1);
  std::string zstd;
  while (zstd.size() < 2'000'000) zstd += ZstdFrame(random.Lines(30'000));
  for (const std::string& bytes : {text, gzip, zstd}) {
    const TempFolder folder;
    const std::string path = folder.Write("a", bytes);
    const auto files = Files({path});
    Source source(files, PieceSizes(100'000));
    Cutter cutter(&source, {}, 0, Doubles(Cuts::kLines));
    PieceDecoder decoder;
    RawPiece piece;
    CutBatch batch;
    uint64_t disk = 0;
    uint64_t lost = 0;
    for (int i = 0; source.Next(&piece); ++i) {
      if (i == 5) {
        ASSERT_EQ(truncate(path.c_str(), 1'000'000), 0);
      }
      decoder.Decode(&piece);
      cutter.Cut(&piece, &batch);
      disk += batch.disk_bytes;
      for (const UnreadableSpan& span : batch.unreadable) {
        if (span.undecoded) lost += span.bytes;
      }
    }
    EXPECT_EQ(disk, bytes.size());
    EXPECT_GE(lost, bytes.size() - 1'000'000);
    EXPECT_LE(lost, bytes.size() - 900'000);
  }
}

TEST(SourceErrors, BinaryFileIsOneEvent) {
  Random random(5);
  const TempFolder folder;
  const auto files = Files({folder.Write("a", random.Noise(300'000))});
  ReadSetup setup;
  setup.source = PieceSizes(10'000);
  const Result result = ReadAll(files, setup);
  ASSERT_EQ(result.all.size(), 1u);
  EXPECT_EQ(result.all[0].reason, ReadReason::kUnknownFormat);
  EXPECT_EQ(result.all[0].lost, 300'000u);
  EXPECT_FALSE(result.all[0].undecoded);
}

}  // namespace
}  // namespace winnow::testing
