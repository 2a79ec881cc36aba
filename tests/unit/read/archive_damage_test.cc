// SPDX-License-Identifier: Apache-2.0
// A web archive cut at every byte, and with bits flipped, in every packing:
// each ends, every byte is accounted for, and what was whole is delivered.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "tests/unit/read/archive_harness.h"

namespace winnow::testing {
namespace {

class ArchiveDamage : public ::testing::TestWithParam<Packing> {};

// The documents of the whole archive, in order, and of which record each is.
struct Whole {
  std::vector<std::string> texts;
  std::vector<size_t> record;
};

Whole ReadWhole(const std::vector<std::string>& records) {
  const TempFolder folder;
  Whole whole;
  for (size_t i = 0; i < records.size(); ++i) {
    const ArchiveResult one = ReadArchive(folder.Write("one", records[i]));
    for (const ArchiveDocument& d : one.documents) {
      whole.texts.push_back(d.text);
      whole.record.push_back(i);
    }
  }
  return whole;
}

TEST_P(ArchiveDamage, CutAtEveryByte) {
  const std::vector<std::string> records = SampleRecords(20'260'101);
  const PackedArchive packed = Pack(records, GetParam());
  const Whole whole = ReadWhole(records);
  ASSERT_EQ(whole.texts.size(), 9U);
  const bool one = GetParam() == Packing::kGzipOne;
  const TempFolder folder;
  const std::string path = folder.Write("cut.warc", packed.bytes);
  for (size_t n = packed.bytes.size() + 1; n-- > 0;) {
    std::filesystem::resize_file(path, n);
    const ArchiveResult result = ReadArchive(path);
    if (result.format == "text") {
      // Too little is left to tell what it was.
      for (const ArchiveDocument& d : result.documents) {
        ASSERT_LT(d.text.size(), 5U) << "cut at " << n;
      }
      continue;
    }
    // Records whose last byte is there; the line ends behind it are framing.
    const size_t framing = GetParam() == Packing::kPlain ? 4 : 0;
    size_t complete = 0;
    bool boundary = false;
    for (const size_t end : packed.ends) {
      complete += !one && end - framing <= n;
      boundary |= n + framing >= end && n <= end;
    }
    size_t least = 0;
    for (const size_t record : whole.record) least += record < complete;
    if (one && n == packed.bytes.size()) least = whole.texts.size();
    ASSERT_GE(result.documents.size(), least) << "cut at " << n;
    ASSERT_LE(result.documents.size(), whole.texts.size()) << "cut at " << n;
    if (GetParam() == Packing::kPlain) {
      ASSERT_EQ(result.documents.size(), least) << "cut at " << n;
    }
    for (size_t i = 0; i < result.documents.size(); ++i) {
      ASSERT_EQ(result.documents[i].text, whole.texts[i]) << "cut at " << n;
    }
    // The frame of a dictionary ends soundly too, and holds nothing.
    const bool nothing =
        result.offsets.empty() && GetParam() == Packing::kZstdDict;
    if (!nothing) {
      ASSERT_EQ(result.unreadable.empty(), boundary) << "cut at " << n;
    }
  }
}

TEST_P(ArchiveDamage, FlippedBits) {
  constexpr int kRounds = 10'000 / static_cast<int>(std::size(kPackings)) + 1;
  const PackedArchive packed = Pack(SampleRecords(7), GetParam());
  const TempFolder folder;
  const std::string path = folder.Write("flipped.warc", packed.bytes);
  // In place: a file that is cut and written again waits for the disk.
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  const auto put = [&](size_t at, char c) {
    file.seekp(static_cast<std::streamoff>(at));
    file.put(c);
  };
  Random random(20'260'102);
  for (int round = 0; round < kRounds; ++round) {
    std::vector<size_t> places;
    for (uint64_t flips = 1 + random.Below(4); flips > 0; --flips) {
      places.push_back(random.Below(packed.bytes.size()));
      const auto bit = static_cast<char>(1 << random.Below(8));
      put(places.back(), static_cast<char>(packed.bytes[places.back()] ^ bit));
    }
    file.flush();
    ArchiveRun run;
    if (round % 8 == 0) run.source = PieceSizes(200 + random.Below(4096));
    // Fails the test itself if a byte is lost.
    const ArchiveResult result = ReadArchive(path, run);
    ASSERT_LE(result.documents.size(), 40U);
    if (HasFailure()) FAIL() << "round " << round;
    for (const size_t at : places) put(at, packed.bytes[at]);
  }
}

// A damaged member costs that member: the records of all others are there.
TEST_P(ArchiveDamage, CostsOneRecord) {
  if (GetParam() == Packing::kGzipOne) GTEST_SKIP() << "one member for all";
  const std::vector<std::string> records = SampleRecords(9);
  const PackedArchive packed = Pack(records, GetParam());
  const Whole whole = ReadWhole(records);
  const TempFolder folder;
  for (size_t i = 0; i < records.size(); ++i) {
    const size_t begin = i == 0 ? packed.first : packed.ends[i - 1];
    std::string bytes = packed.bytes;
    const size_t middle = begin + (packed.ends[i] - begin) / 2;
    const size_t last = std::min(middle + 12, packed.ends[i]);
    std::fill(bytes.begin() + static_cast<std::ptrdiff_t>(middle),
              bytes.begin() + static_cast<std::ptrdiff_t>(last), '\xFF');
    const ArchiveResult result =
        ReadArchive(folder.Write("damaged.warc", bytes));
    std::vector<std::string> found;
    for (const ArchiveDocument& d : result.documents) found.push_back(d.text);
    for (size_t k = 0; k < whole.texts.size(); ++k) {
      if (whole.record[k] == i) continue;
      EXPECT_TRUE(std::find(found.begin(), found.end(), whole.texts[k]) !=
                  found.end())
          << "damage in record " << i << " cost the document of record "
          << whole.record[k];
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Packings, ArchiveDamage,
                         ::testing::ValuesIn(kPackings));

}  // namespace
}  // namespace winnow::testing
