// SPDX-License-Identifier: Apache-2.0
// The log on disk: what is written comes back, what is damaged is refused.
#include "dedup/segment.h"

#include <gtest/gtest.h>

#include "dedup/little_endian.h"
#include "pipeline/error.h"

namespace winnow {
namespace {

SegmentFormat Format() { return {"stage=test\nseed=1\n", 6, 2}; }

Document DocumentAt(uint64_t offset) {
  static const SourceFile file = [] {
    SourceFile f;
    f.label = "dump";
    f.path = "a/b.jsonl";
    return f;
  }();
  Document document;
  document.file = &file;
  document.offset = offset;
  return document;
}

std::string Sample() {
  SegmentLog log(Format());
  log.set_first_ordinal(5);
  for (uint64_t i = 0; i < 3; ++i) {
    StoreLittle(i * 1000, 6, log.AddKept(DocumentAt(i)));
  }
  log.AddDuplicate(7, 9000, DocumentAt(10));
  log.AddDuplicate(2, 7100, DocumentAt(11));
  log.AddDuplicate(7, 10000, DocumentAt(12));
  std::string out;
  const uint64_t counters[] = {6, 3};
  log.Take(counters, &out);
  return out;
}

ErrorKind KindOf(std::string_view bytes, const SegmentFormat& format) {
  try {
    ParseSegment(bytes, format);
  } catch (const Error& error) {
    return error.kind();
  }
  return ErrorKind::kInternal;
}

TEST(Segment, ComesBack) {
  const std::string bytes = Sample();
  const SegmentRecords segment = ParseSegment(bytes, Format());
  EXPECT_EQ(segment.head.first_ordinal, 5U);
  EXPECT_EQ(segment.head.kept, 3U);
  EXPECT_EQ(segment.head.groups, 2U);
  EXPECT_EQ(segment.head.counters, (std::vector<uint64_t>{6, 3}));
  ASSERT_EQ(segment.records.size(), 18U);
  EXPECT_EQ(LoadLittle(segment.records.data() + 12, 6), 2000U);
  EXPECT_EQ(segment.head.file_bytes(), bytes.size());
}

TEST(Segment, HasTheDocumentedBytes) {
  const std::string bytes = Sample();
  EXPECT_EQ(bytes.substr(0, 8), "WNDEDUP1");
  EXPECT_EQ(LoadLittle(bytes.data() + 8, 4), 18U);
  EXPECT_EQ(bytes.substr(12, 18), "stage=test\nseed=1\n");
  const SegmentHead head = ParseSegmentHead(bytes, Format());
  const std::string kept = bytes.substr(head.names_at, 18);
  EXPECT_EQ(kept.substr(0, 4), std::string("\x10\0\0\0", 4));
  EXPECT_EQ(kept.substr(4), "dump/a/b.jsonl");
  // Groups by ordinal: 2 with one duplicate, then 7 with two.
  const char* group = bytes.data() + head.groups_at;
  EXPECT_EQ(LoadLittle(group, 4), 2U);
  EXPECT_EQ(LoadLittle(group + 4, 4), 1U);
  EXPECT_EQ(LoadLittle(group + 8, 2), 7100U);
  EXPECT_EQ(std::string_view(group + 14, 17), "dump/a/b.jsonl#11");
  EXPECT_EQ(LoadLittle(group + 31, 4), 7U);
  EXPECT_EQ(LoadLittle(group + 35, 4), 2U);
}

TEST(Segment, ForgetsWhatItWrote) {
  SegmentLog log(Format());
  log.AddKept(DocumentAt(1));
  std::string first;
  const uint64_t counters[] = {0, 0};
  log.Take(counters, &first);
  std::string second;
  log.Take(counters, &second);
  const SegmentRecords empty = ParseSegment(second, Format());
  EXPECT_EQ(empty.head.first_ordinal, 1U);
  EXPECT_EQ(empty.head.kept, 0U);
  EXPECT_EQ(empty.head.groups, 0U);
  // Two segments in one string lie behind each other.
  std::string both = first;
  log.Take(counters, &both);
  EXPECT_EQ(both.substr(first.size()), second);
}

TEST(Segment, IsRefusedWhenCut) {
  const std::string bytes = Sample();
  for (size_t n = 0; n < bytes.size(); ++n) {
    EXPECT_EQ(KindOf(bytes.substr(0, n), Format()), ErrorKind::kCorruption)
        << n;
  }
  EXPECT_EQ(KindOf(bytes + '\0', Format()), ErrorKind::kCorruption);
  EXPECT_EQ(KindOf(bytes + bytes, Format()), ErrorKind::kCorruption);
}

TEST(Segment, IsRefusedWhenABitFlips) {
  const std::string bytes = Sample();
  for (size_t i = 0; i < bytes.size(); ++i) {
    for (const int bit : {0, 7}) {
      std::string damaged = bytes;
      damaged[i] = static_cast<char>(damaged[i] ^ (1 << bit));
      EXPECT_EQ(KindOf(damaged, Format()), ErrorKind::kCorruption) << i;
    }
  }
}

TEST(Segment, IsRefusedWithOtherParameters) {
  const std::string bytes = Sample();
  SegmentFormat other = Format();
  other.parameters = "stage=test\nseed=2\n";
  try {
    ParseSegment(bytes, other);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kCorruption);
    EXPECT_NE(std::string(error.what()).find("seed=1 instead of seed=2"),
              std::string::npos)
        << error.what();
  }
  for (const char* parameters :
       {"", "stage=test\n", "stage=test\nseed=1\nmore=1\n"}) {
    other.parameters = parameters;
    EXPECT_EQ(KindOf(bytes, other), ErrorKind::kCorruption);
  }
  other = Format();
  other.record_bytes = 7;
  EXPECT_EQ(KindOf(bytes, other), ErrorKind::kCorruption);
  other = Format();
  other.counters = 3;
  EXPECT_EQ(KindOf(bytes, other), ErrorKind::kCorruption);
}

}  // namespace
}  // namespace winnow
