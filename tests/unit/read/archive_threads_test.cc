// SPDX-License-Identifier: Apache-2.0
// One web archive, many members, any number of threads: the same documents,
// identities, counts and notes, whole or damaged.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/unit/read/archive_harness.h"

namespace winnow::testing {
namespace {

std::vector<std::string> ManyRecords(size_t times) {
  std::vector<std::string> records;
  for (size_t i = 0; i < times; ++i) {
    for (std::string& record : SampleRecords(i)) {
      records.push_back(std::move(record));
    }
  }
  return records;
}

class ArchiveThreads : public ::testing::TestWithParam<Packing> {};

TEST_P(ArchiveThreads, TheSameForAnyNumber) {
  const PackedArchive packed = Pack(ManyRecords(30), GetParam());
  std::string damaged = packed.bytes;
  for (size_t at = 5000; at < damaged.size(); at += 60'000) {
    for (size_t i = 0; i < 9 && at + i < damaged.size(); ++i) {
      damaged[at + i] = '\x55';
    }
  }
  damaged.resize(damaged.size() - 100);
  const TempFolder folder;
  for (const std::string& bytes : {packed.bytes, damaged}) {
    const std::string path = folder.Write("many.warc", bytes);
    ArchiveRun run;
    run.source = PieceSizes(16 << 10);
    run.read.inventory = true;
    run.read.check_digests = true;
    const ArchiveResult expected = ReadArchive(path, run);
    EXPECT_GT(expected.documents.size(), bytes == damaged ? 0U : 269U);
    for (const int threads : {1, 2, 3, 7}) {
      run.threads = threads;
      run.seed = static_cast<uint64_t>(threads);
      EXPECT_TRUE(ReadArchive(path, run) == expected)
          << threads << " threads, " << PackingName(GetParam());
    }
  }
}

// From any mark on, the same records with the same offsets follow.
TEST_P(ArchiveThreads, GoesOnFromEveryMark) {
  const PackedArchive packed = Pack(ManyRecords(3), GetParam());
  const TempFolder folder;
  const auto files = Files({folder.Write("many.warc", packed.bytes)});
  ReadSetup setup;
  setup.cuts = Cuts::kReal;
  setup.source = PieceSizes(4000);
  setup.checkpoint_bytes = 5000;
  const Result whole = ReadAll(files, setup);
  ASSERT_GT(whole.marks.size(), 5U);
  for (const SeenMark& mark : whole.marks) {
    setup.start = mark.cursor;
    const Result rest = ReadAll(files, setup);
    const auto behind =
        whole.all.begin() + static_cast<std::ptrdiff_t>(mark.after);
    EXPECT_TRUE(
        std::equal(behind, whole.all.end(), rest.all.begin(), rest.all.end()))
        << "from " << mark.cursor.decoded_offset;
  }
}

// Members that begin and end anywhere in records: the bytes decide, not where
// members part.
TEST(ArchiveMembers, MayCutRecords) {
  std::string all;
  for (const std::string& record : ManyRecords(4)) all += record;
  const TempFolder folder;
  const ArchiveResult whole = ReadArchive(folder.Write("whole", all));
  Random random(20'260'104);
  std::string packed[3];
  for (size_t at = 0; at < all.size();) {
    const std::string part = all.substr(at, 1 + random.Below(3000));
    packed[0] += Gzip(part);
    packed[1] += ZstdFrame(part);
    packed[2] += Lz4Frame(part);
    at += part.size();
  }
  for (const std::string& bytes : packed) {
    for (const int threads : {0, 3}) {
      ArchiveRun run;
      run.threads = threads;
      run.source = PieceSizes(5000);
      const ArchiveResult result =
          ReadArchive(folder.Write("parts", bytes), run);
      EXPECT_TRUE(result.unreadable.empty());
      ASSERT_EQ(result.documents.size(), whole.documents.size());
      for (size_t i = 0; i < result.documents.size(); ++i) {
        EXPECT_EQ(result.documents[i].text, whole.documents[i].text);
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Packings, ArchiveThreads,
                         ::testing::ValuesIn(kPackings));

}  // namespace
}  // namespace winnow::testing
