// SPDX-License-Identifier: Apache-2.0
// Marks depend on bytes alone, and a run resumed from any of them gives
// exactly the rest.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "pipeline/error.h"
#include "tests/unit/read/source_harness.h"

namespace winnow::testing {
namespace {

// A folder with every codec, damage, empty and binary files.
std::vector<SourceFile> Mixture(const TempFolder& folder) {
  Random random(1);
  std::string gzip;
  for (int i = 0; i < 40; ++i) gzip += Gzip(random.Lines(3'000));
  std::string damaged = gzip;
  damaged[20'000] ^= 4;
  damaged[damaged.size() / 2] ^= 4;
  std::string zstd;
  for (int i = 0; i < 20; ++i) {
    zstd += ZstdFrame(random.Lines(9'000)) + ZstdSkippable("skip");
  }
  folder.Write("in/a_plain", random.Lines(150'000));
  folder.Write("in/b_empty", "");
  folder.Write("in/c_gzip", gzip + Gzip(random.Lines(200'000)));
  folder.Write("in/d_noise", random.Noise(30'000));
  folder.Write("in/e_damaged", damaged + "garbage");
  folder.Write("in/f_zstd", zstd + ZstdFrame(random.Lines(300'000)));
  folder.Write("in/g_zstd_cut", zstd.substr(0, zstd.size() - 2'000));
  for (int i = 0; i < 30; ++i) {
    folder.Write("in/h" + std::to_string(100 + i), random.Lines(1'000));
  }
  folder.Write("in/i_blank", std::string(50'000, '\n'));
  folder.Write("in/j_last", random.Lines(40'000) + "no end");
  return Files({folder.path() + "/in"});
}

// `expected` from a mark on.
Result Rest(const Result& expected, const SeenMark& mark) {
  Result rest;
  rest.all.assign(expected.all.begin() + static_cast<ptrdiff_t>(mark.after),
                  expected.all.end());
  for (const SeenMark& later : expected.marks) {
    if (later.cursor.decoded_total > mark.cursor.decoded_total) {
      rest.marks.push_back({later.after - mark.after, later.cursor});
    }
  }
  rest.decoded = expected.decoded;
  return rest;
}

class SourceResume : public ::testing::TestWithParam<uint64_t> {};

INSTANTIATE_TEST_SUITE_P(Pieces, SourceResume,
                         ::testing::Values(1024, 7777, 256 << 10));

TEST_P(SourceResume, FromEveryMarkGivesTheRest) {
  const TempFolder folder;
  const auto files = Mixture(folder);
  ReadSetup setup;
  setup.checkpoint_bytes = 12'345;
  setup.source.member_bytes = 100'000;
  const Result reference = ReadAll(files, setup);
  ASSERT_GT(reference.marks.size(), 60u);
  setup.source = PieceSizes(GetParam());
  setup.source.member_bytes = 100'000;
  ExpectSame(reference, ReadAll(files, setup));
  for (const SeenMark& mark : reference.marks) {
    SCOPED_TRACE(mark.cursor.path + " " +
                 std::to_string(mark.cursor.decoded_offset));
    setup.start = mark.cursor;
    setup.threads = setup.threads == 0 ? 2 : 0;
    Result seen = ReadAll(files, setup);
    Result rest = Rest(reference, mark);
    rest.framing = seen.framing;  // counted from the start in one of them
    ExpectSame(rest, seen);
  }
}

TEST_P(SourceResume, MarksAreTheSameForGroupedRecords) {
  const TempFolder folder;
  const auto files = Files({folder.Write("a", Random(2).Lines(300'000))});
  ReadSetup setup;
  setup.source = PieceSizes(GetParam());
  setup.checkpoint_bytes = 7'001;
  const Result lines = ReadAll(files, setup);
  setup.cuts = Cuts::kLines;
  const Result grouped = ReadAll(files, setup);
  ASSERT_EQ(lines.marks.size(), grouped.marks.size());
  ASSERT_GT(lines.marks.size(), 40u);
  EXPECT_EQ(lines.Text(), grouped.Text());
  for (size_t i = 0; i < lines.marks.size(); ++i) {
    EXPECT_EQ(lines.marks[i].cursor, grouped.marks[i].cursor);
  }
}

TEST(SourceMarks, FallAtTheEndOfTheRecordThatHoldsTheByte) {
  const TempFolder folder;
  // Offsets 0-3, 4-7, 8 (framing), 9-12, 13-16.
  const auto files = Files({folder.Write("a", "aaa\nbbb\n\nccc\nddd\n"),
                            folder.Write("b", "eee\n")});
  ReadSetup setup;
  const auto marks = [&](uint64_t bytes) {
    setup.checkpoint_bytes = bytes;
    std::vector<uint64_t> totals;
    for (const SeenMark& mark : ReadAll(files, setup).marks) {
      totals.push_back(mark.cursor.decoded_total);
    }
    return totals;
  };
  using Totals = std::vector<uint64_t>;
  EXPECT_EQ(marks(4), (Totals{4, 8, 13, 17, 21}));
  EXPECT_EQ(marks(5), (Totals{8, 13, 17, 21}));
  // Byte 8 is framing: the next record ends at 13.
  EXPECT_EQ(marks(9), (Totals{13, 21}));
  EXPECT_EQ(marks(17), (Totals{17}));
  EXPECT_EQ(marks(22), (Totals{}));
  EXPECT_EQ(marks(0), (Totals{}));
  EXPECT_EQ(marks(1), (Totals{4, 8, 13, 17, 21}));
}

TEST(SourceMarks, FallAtTheEndOfTheFileIfNoRecordFollows) {
  const TempFolder folder;
  const auto files =
      Files({folder.Write("a", "aaa\n\n\n\n\n"), folder.Write("b", "eee\n")});
  ReadSetup setup;
  setup.checkpoint_bytes = 6;
  const Result result = ReadAll(files, setup);
  ASSERT_EQ(result.marks.size(), 2u);
  const Cursor& cursor = result.marks[0].cursor;
  EXPECT_EQ(cursor.decoded_total, 8u);
  EXPECT_EQ(cursor.file, 1u);
  EXPECT_EQ(cursor.path, "b");
  EXPECT_EQ(cursor.decoded_offset, 0u);
  EXPECT_EQ(result.marks[1].cursor.decoded_total, 12u);
}

TEST(SourceMarks, AtTheVeryEndResumesToNothing) {
  const TempFolder folder;
  const auto files = Files({folder.Write("a", "aaa\n\n\n\n\n")});
  ReadSetup setup;
  setup.checkpoint_bytes = 6;
  const Result result = ReadAll(files, setup);
  ASSERT_EQ(result.marks.size(), 1u);
  setup.start = result.marks[0].cursor;
  EXPECT_EQ(setup.start.file, 1u);
  EXPECT_EQ(setup.start.path, "");
  EXPECT_TRUE(ReadAll(files, setup).all.empty());
}

TEST(SourceCursor, OfOtherFilesIsRefused) {
  const TempFolder folder;
  const auto files = Files({folder.Write("a", "aaa\n")});
  Cursor cursor;
  cursor.path = "b";
  EXPECT_THROW(Source(files, {}, cursor), Error);
  cursor.path = "a";
  EXPECT_NO_THROW(Source(files, {}, cursor));
  cursor.file = 3;
  EXPECT_THROW(Source(files, {}, cursor), Error);
  cursor.path = "";
  EXPECT_THROW(Source(files, {}, cursor), Error);
}

}  // namespace
}  // namespace winnow::testing
