// SPDX-License-Identifier: Apache-2.0
// bzip2: streams in parallel parts and from the front say the same, damage is
// counted, and a run resumes at any mark.
#include "pipeline/read/bzip2_stream.h"

#include <bzlib.h>
#include <gtest/gtest.h>

#include "tests/unit/read/source_harness.h"

namespace winnow::testing {
namespace {

std::string Bzip2(std::string_view bytes, int level = 1) {
  std::string out(bytes.size() + bytes.size() / 50 + 700, '\0');
  auto size = static_cast<unsigned>(out.size());
  EXPECT_EQ(BZ2_bzBuffToBuffCompress(
                out.data(), &size, const_cast<char*>(bytes.data()),
                static_cast<unsigned>(bytes.size()), level, 0, 0),
            BZ_OK);
  out.resize(size);
  return out;
}

// Streams of some kilobytes, and what they hold.
std::string Multistream(int streams, std::string* text) {
  Random random(9);
  std::string file;
  for (int i = 0; i < streams; ++i) {
    const std::string part = random.Lines(1000 + random.Below(20000));
    *text += part;
    file += Bzip2(part);
  }
  return file;
}

TEST(Bzip2Test, FindsHeaders) {
  const std::string stream = Bzip2("x");
  EXPECT_EQ(FindBzip2Header("BZh9 BZh" + stream, 0, 100), 8U);
  EXPECT_EQ(FindBzip2Header(stream, 1, stream.size()), std::string_view::npos);
  EXPECT_EQ(FindBzip2Header(Bzip2(""), 0, 1), 0U);
}

TEST(Bzip2Test, PartsThreadsAndMarksAgree) {
  std::string text;
  const TempFolder folder;
  const auto files = Files({folder.Write("a.bz2", Multistream(60, &text))});
  ReadSetup setup;
  setup.source = PieceSizes(1 << 20);
  setup.checkpoint_bytes = 50000;
  const Result whole = ReadAll(files, setup);
  EXPECT_EQ(whole.Text(), text);
  EXPECT_TRUE(whole.Events().empty());
  for (const uint64_t bytes :
       std::initializer_list<uint64_t>{700, 5000, 40000}) {
    setup.source = PieceSizes(bytes);
    ExpectSame(whole, ReadAll(files, setup));
  }
  setup.threads = 3;
  ExpectSame(whole, ReadAll(files, setup));
  setup.threads = 0;
  for (size_t m = 0; m < whole.marks.size(); m += 3) {
    setup.start = whole.marks[m].cursor;
    const Result rest = ReadAll(files, setup);
    ASSERT_EQ(rest.all.size(), whole.all.size() - whole.marks[m].after);
    EXPECT_EQ(rest.all.back(), whole.all.back());
  }
}

TEST(Bzip2Test, OneStreamThatFillsManyPieces) {
  Random random(4);
  const std::string text = random.Lines(3 << 20);
  const TempFolder folder;
  const auto files = Files({folder.Write("a.bz2", Bzip2(text, 9))});
  ReadSetup setup;
  setup.source = PieceSizes(100000);
  EXPECT_EQ(ReadAll(files, setup).Text(), text);
}

TEST(Bzip2Test, DamageIsCounted) {
  std::string text;
  const std::string sound = Multistream(20, &text);
  const TempFolder folder;
  ReadSetup setup;
  for (const size_t at : {5UL, 2000UL, sound.size() / 2, sound.size() - 3}) {
    std::string bytes = sound;
    bytes[at] = static_cast<char>(bytes[at] ^ 0x10);
    const auto files = Files({folder.Write("damaged.bz2", bytes)});
    setup.source = PieceSizes(1 << 20);
    const Result whole = ReadAll(files, setup);
    ASSERT_FALSE(whole.Events().empty()) << at;
    EXPECT_EQ(whole.Events()[0].reason, ReadReason::kBzip2Invalid);
    EXPECT_EQ(whole.disk, bytes.size());
    EXPECT_GT(whole.Text().size(), text.size() / 2);
    setup.source = PieceSizes(3000);
    ExpectSame(whole, ReadAll(files, setup));
  }
}

TEST(Bzip2Test, CutAndTrailing) {
  std::string text;
  const std::string sound = Multistream(3, &text);
  const TempFolder folder;
  ReadSetup setup;
  for (const size_t size : {sound.size() - 1, sound.size() / 2, size_t{7}}) {
    const auto files = Files({folder.Write("c.bz2", sound.substr(0, size))});
    const Result r = ReadAll(files, setup);
    ASSERT_EQ(r.Events().size(), 1U) << size;
    EXPECT_EQ(r.Events()[0].reason, ReadReason::kBzip2Truncated) << size;
    EXPECT_EQ(r.disk, size);
  }
  const auto files = Files({folder.Write("t.bz2", sound + "garbage")});
  const Result r = ReadAll(files, setup);
  EXPECT_EQ(r.Text(), text);
  ASSERT_EQ(r.Events().size(), 1U);
  EXPECT_EQ(r.Events()[0].reason, ReadReason::kTrailingGarbage);
}

TEST(Bzip2Test, Bombs) {
  const std::string zeros(100 << 20, '\0');
  const TempFolder folder;
  const auto files = Files({folder.Write("b.bz2", Bzip2(zeros, 9))});
  ReadSetup setup;
  setup.cuts = Cuts::kWhole;
  const Result r = ReadAll(files, setup);
  EXPECT_LT(r.decoded, zeros.size());
  EXPECT_EQ(r.Events().back().reason, ReadReason::kExpansionLimit);
}

}  // namespace
}  // namespace winnow::testing
