// SPDX-License-Identifier: Apache-2.0
// Records that straddle pieces, records too large, what splitters may do, and
// memory.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "pipeline/read/decode.h"
#include "tests/unit/read/source_harness.h"

namespace winnow::testing {
namespace {

constexpr uint64_t kMegabyte = uint64_t{1} << 20;

// Reads with several piece sizes, which must agree.
Result ReadPieces(const std::string& bytes, ReadSetup setup) {
  const TempFolder folder;
  const auto files = Files({folder.Write("a", bytes)});
  std::vector<Result> results;
  for (const unsigned size : {7777u, 100'000u, 1u << 20, 64u << 20}) {
    setup.source.plain_bytes = size;
    setup.source.gzip_bytes = size;
    setup.source.decoded_bytes = size;
    results.push_back(ReadAll(files, setup));
    ExpectSame(results.front(), results.back());
  }
  return results.front();
}

std::string Sized(const std::string& record) {
  return std::to_string(record.size()) + "\n" + record;
}

TEST(CutRecords, LongOnesAreJoined) {
  Random random(1);
  std::string bytes;
  for (int i = 0; i < 40; ++i) {
    bytes +=
        Sized(random.Lines(random.Below(i % 8 == 0 ? 1'500'000 : 20'000) + 1));
  }
  ReadSetup setup;
  setup.cuts = Cuts::kSized;
  const Result plain = ReadPieces(bytes, setup);
  EXPECT_EQ(plain.all.size(), 40u);
  EXPECT_EQ(plain.Text(), bytes);
  const Result packed = ReadPieces(Gzip(bytes, 1), setup);
  EXPECT_EQ(packed.Text(), bytes);
}

TEST(CutRecords, UnreadableInPartsIsOne) {
  Random random(2);
  const std::string nonsense = "x" + random.Lines(300'000);
  const std::string bytes =
      Sized("first") + nonsense + Sized("second") + "1000\ncut";
  ReadSetup setup;
  setup.cuts = Cuts::kSized;
  const Result result = ReadPieces(bytes, setup);
  ASSERT_EQ(result.all.size(), 4u);
  EXPECT_EQ(result.all[1].reason, ReadReason::kWarcResync);
  EXPECT_EQ(result.all[1].lost, nonsense.size());
  EXPECT_EQ(result.all[1].decoded_offset, 7u);
  EXPECT_EQ(result.all[2].bytes, Sized("second"));
  EXPECT_EQ(result.all[3].reason, ReadReason::kWarcTruncated);
}

// The net under a splitter that never comes to an end.
TEST(CutRecords, TooLargeForTheCarry) {
  ReadSetup setup;
  setup.cuts = Cuts::kWhole;
  setup.read.max_record_bytes = 100'000;
  const uint64_t most = 100'000 + kMegabyte;
  const std::string fits(most, 'a');
  const Result whole = ReadPieces(fits, setup);
  ASSERT_EQ(whole.all.size(), 1u);
  EXPECT_EQ(whole.all[0].bytes, fits);
  for (const uint64_t more : {uint64_t{1}, uint64_t{50'000}, kMegabyte * 3}) {
    const std::string text = fits + std::string(more, 'b');
    for (const std::string& bytes : {text, Gzip(text)}) {
      const Result result = ReadPieces(bytes, setup);
      ASSERT_EQ(result.all.size(), 1u);
      EXPECT_EQ(result.all[0].reason, ReadReason::kRecordTooLarge);
      EXPECT_EQ(result.all[0].lost, text.size());
      EXPECT_FALSE(result.all[0].undecoded);
    }
  }
}

TEST(CutRecords, DamageEndsWhatIsTooLarge) {
  ReadSetup setup;
  setup.cuts = Cuts::kWhole;
  setup.read.max_record_bytes = 1'000;
  std::string large = Gzip(std::string(2 * kMegabyte, 'a'));
  large[large.size() - 8] ^= 1;
  const Result result = ReadPieces(large + Gzip("the rest"), setup);
  ASSERT_EQ(result.all.size(), 3u);
  EXPECT_EQ(result.all[0].reason, ReadReason::kRecordTooLarge);
  EXPECT_EQ(result.all[1].reason, ReadReason::kGzipInvalid);
  EXPECT_EQ(result.all[2].bytes, "the rest");
}

TEST(CutRecords, FormatIsToldFromTheFirst64KiB) {
  const TempFolder folder;
  const auto files = Files({folder.Write("a", Random(3).Lines(200'000))});
  std::vector<std::pair<size_t, bool>> asked;
  CutFunctions functions = Doubles(Cuts::kLine);
  functions.detect = [&](std::string_view head, bool end) {
    asked.emplace_back(head.size(), end);
    return Format::kJsonl;
  };
  Source source(files, PieceSizes(7'000));
  Cutter cutter(&source, {}, 0, functions);
  PieceDecoder decoder;
  RawPiece piece;
  CutBatch batch;
  while (source.Next(&piece)) {
    decoder.Decode(&piece);
    cutter.Cut(&piece, &batch);
  }
  ASSERT_EQ(asked.size(), 1u);
  EXPECT_EQ(asked[0], std::pair(size_t{64} << 10, false));
}

// Spans may be read over by a parser, and live as long as the batch.
TEST(CutRecords, SpansAreFollowedByReadableBytes) {
  const TempFolder folder;
  Random random(4);
  const std::string text = random.Lines(1'000'000);
  const auto files =
      Files({folder.Write("a", text), folder.Write("b", Gzip(text)),
             folder.Write("c", ZstdFrame(text))});
  Source source(files, PieceSizes(10'000));
  Cutter cutter(&source, {}, 0, Doubles(Cuts::kLines));
  PieceDecoder decoder;
  RawPiece piece;
  std::vector<CutBatch> batches;
  uint64_t sum = 0;
  while (source.Next(&piece)) {
    decoder.Decode(&piece);
    cutter.Cut(&piece, &batches.emplace_back());
  }
  for (const CutBatch& batch : batches) {
    for (const RecordSpan& span : batch.spans) {
      const char* behind = span.bytes.data() + span.bytes.size();
      bool inside = false;
      for (const Buffer& buffer : batch.buffers) {
        inside |= span.bytes.data() >= buffer.data() &&
                  behind + kSpanPadding <= buffer.data() + buffer.capacity();
      }
      EXPECT_TRUE(inside);
      sum += span.bytes.size();
    }
  }
  EXPECT_EQ(sum, 3 * text.size());
}

// Steady state takes no new memory: what the pool holds stops growing.
TEST(CutRecords, BuffersAreUsedAgain) {
  const TempFolder folder;
  Random random(5);
  std::string gzip;
  while (gzip.size() < 3'000'000) gzip += Gzip(random.Lines(20'000), 1);
  const auto files = Files(
      {folder.Write("a", random.Lines(4'000'000)), folder.Write("b", gzip)});
  Source source(files, PieceSizes(100'000));
  Cutter cutter(&source, {}, 0, Doubles(Cuts::kLine));
  PieceDecoder decoder;
  RawPiece piece;
  CutBatch batch;
  size_t most = 0;
  for (int i = 0; source.Next(&piece); ++i) {
    decoder.Decode(&piece);
    cutter.Cut(&piece, &batch);
    batch.Clear();
    most = std::max(most, source.pool()->bytes_idle());
  }
  EXPECT_LT(most, 4 * kMegabyte);
}

}  // namespace
}  // namespace winnow::testing
