// SPDX-License-Identifier: Apache-2.0
// The cluster list against one made from the decisions, all in memory.
#include "dedup/clusters.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

#include "pipeline/error.h"
#include "tests/unit/dedup/stage_harness.h"

namespace winnow {
namespace {

using testing::WriteSegments;

SourceFile FileNamed(std::string label, std::string path = "") {
  SourceFile file;
  file.label = std::move(label);
  file.path = std::move(path);
  return file;
}

SegmentFormat Format() { return {"stage=test\n", 3, 0}; }

std::string Stream(const std::vector<std::string>& paths) {
  std::string out;
  StreamClusters("test", paths, Format(),
                 [&](std::string_view s) { out += s; });
  return out;
}

// Decisions on a stream of documents, with the segments they were logged in.
struct History {
  std::vector<std::string> segments;
  std::string expected;
};

History RandomHistory(uint64_t seed, uint64_t documents, uint64_t per_segment,
                      uint64_t kept_of_ten) {
  struct Pair {
    uint64_t offset;
    uint32_t similarity;
  };
  static const SourceFile file = FileNamed("dump");
  std::mt19937_64 random(seed);
  SegmentLog log(Format());
  History history;
  std::vector<uint64_t> kept;
  std::map<uint32_t, std::vector<Pair>> clusters;
  const auto take = [&] {
    history.segments.emplace_back();
    log.Take({}, &history.segments.back());
  };
  for (uint64_t i = 0; i < documents; ++i) {
    Document document;
    document.file = &file;
    document.offset = i;
    if (kept.empty() || random() % 10 < kept_of_ten) {
      log.AddKept(document);
      kept.push_back(i);
    } else {
      const auto ordinal = static_cast<uint32_t>(random() % kept.size());
      const auto similarity = static_cast<uint32_t>(random() % 10001);
      log.AddDuplicate(ordinal, similarity, document);
      clusters[ordinal].push_back({i, similarity});
    }
    if ((i + 1) % per_segment == 0) take();
  }
  take();
  for (const auto& [ordinal, pairs] : clusters) {
    for (const Pair& pair : pairs) {
      char line[200];
      std::snprintf(
          line, sizeof line,
          "{\"stage\":\"test\",\"kept\":\"dump#%d\",\"dropped\":\"dump#%d\","
          "\"similarity\":%d.%04d,\"size\":%d}\n",
          static_cast<int>(kept[ordinal]), static_cast<int>(pair.offset),
          static_cast<int>(pair.similarity / 10000),
          static_cast<int>(pair.similarity % 10000),
          static_cast<int>(pairs.size() + 1));
      history.expected += line;
    }
  }
  return history;
}

TEST(Clusters, AreTheDecisionsSorted) {
  for (const uint64_t per_segment : {1U, 7U, 100U, 100000U}) {
    const History history = RandomHistory(per_segment, 3000, per_segment, 4);
    EXPECT_EQ(Stream(WriteSegments(history.segments, "clusters_sorted")),
              history.expected);
  }
}

TEST(Clusters, MayBeHuge) {
  const History history = RandomHistory(3, 100000, 20000, 0);
  EXPECT_EQ(Stream(WriteSegments(history.segments, "clusters_huge")),
            history.expected);
}

TEST(Clusters, MayBeNone) {
  EXPECT_EQ(Stream({}), "");
  const History history = RandomHistory(3, 100, 10, 10);
  EXPECT_EQ(Stream(WriteSegments(history.segments, "clusters_none")), "");
}

TEST(Clusters, EscapeIdentities) {
  SegmentLog log(Format());
  const SourceFile file = FileNamed("a\"b\\c\n\x01", "\xED\x95\x9C\xFF");
  Document document;
  document.file = &file;
  log.AddKept(document);
  document.offset = 1;
  log.AddDuplicate(0, kEqual, document);
  std::string segment;
  log.Take({}, &segment);
  EXPECT_EQ(Stream(WriteSegments({segment}, "clusters_escape")),
            "{\"stage\":\"test\",\"kept\":\"a\\\"b\\\\c\\n\\u0001/"
            "\xED\x95\x9C\xFF#0\","
            "\"dropped\":\"a\\\"b\\\\c\\n\\u0001/\xED\x95\x9C\xFF#1\","
            "\"similarity\":1.0000,\"size\":2}\n");
}

ErrorKind KindOf(const std::vector<std::string>& paths) {
  try {
    Stream(paths);
  } catch (const Error& error) {
    return error.kind();
  }
  return ErrorKind::kInternal;
}

TEST(Clusters, RefuseDamagedSegments) {
  const History history = RandomHistory(5, 300, 100, 5);
  const std::vector<std::string>& good = history.segments;
  const std::string name = "clusters_damaged";
  EXPECT_EQ(KindOf(WriteSegments({good[1], good[0]}, name)),
            ErrorKind::kCorruption);
  EXPECT_EQ(KindOf(WriteSegments({good[0], good[2]}, name)),
            ErrorKind::kCorruption);
  EXPECT_EQ(KindOf({"/no/such/segment"}), ErrorKind::kIo);
  const size_t names_at = ParseSegmentHead(good[1], Format()).names_at;
  for (size_t at = 0; at < good[1].size(); at += 3) {
    // Records are not read here; Replay() checks them.
    if (at >= Format().head_bytes() && at < names_at) continue;
    std::vector<std::string> segments = good;
    segments[1][at] = static_cast<char>(segments[1][at] ^ 4);
    EXPECT_EQ(KindOf(WriteSegments(segments, name)), ErrorKind::kCorruption)
        << at;
    segments[1].resize(at);
    EXPECT_EQ(KindOf(WriteSegments(segments, name)), ErrorKind::kCorruption)
        << at;
  }
}

TEST(Clusters, RefuseADuplicateOfAnUnknownDocument) {
  SegmentLog log(Format());
  static const SourceFile file = FileNamed("dump");
  Document document;
  document.file = &file;
  log.AddKept(document);
  log.AddDuplicate(1, kEqual, document);
  std::string segment;
  log.Take({}, &segment);
  EXPECT_EQ(KindOf(WriteSegments({segment}, "clusters_unknown")),
            ErrorKind::kCorruption);
}

}  // namespace
}  // namespace winnow
