// SPDX-License-Identifier: Apache-2.0
// Reads files on disk as `winnow read` does, source to documents, and keeps
// what comes out; for tests of web archives. Every byte must be accounted for.
#ifndef WINNOW_TESTS_UNIT_READ_ARCHIVE_HARNESS_H_
#define WINNOW_TESTS_UNIT_READ_ARCHIVE_HARNESS_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tests/unit/read/source_harness.h"

namespace winnow::testing {

using Counts = std::map<std::string, uint64_t, std::less<>>;

struct ArchiveDocument {
  std::string identity, text, url, created, metadata;
  friend bool operator==(const ArchiveDocument&,
                         const ArchiveDocument&) = default;
};

struct ArchiveResult {
  std::vector<ArchiveDocument> documents;
  // Of each record: `OFFSET`, or `OFFSET+INSIDE` behind its member's start.
  std::vector<std::string> offsets;
  std::string format;  // of the first record
  Counts unreadable, non_documents, mended;
  std::map<std::string, Counts, std::less<>> traits;
  friend bool operator==(const ArchiveResult&, const ArchiveResult&) = default;
};

struct ArchiveRun {
  SourceOptions source;
  ReadOptions read;  // only inventory and check_digests may be set
  int threads = 0;   // 0: one piece after another
  uint64_t seed = 1;
};

// Fails the test if a byte is lost or text is not valid UTF-8.
ArchiveResult ReadArchive(const std::string& path, const ArchiveRun& run = {});

// Records, ready to be packed. `headers` end in line ends.
std::string WarcRecord(const std::string& headers, const std::string& block);

// A small archive with a record of every kind, about 20 kB decoded, seeded.
std::vector<std::string> SampleRecords(uint64_t seed);
// How it may be packed.
enum class Packing : uint8_t {
  kPlain,
  kGzip,      // a member a record
  kGzipOne,   // one member for all
  kZstd,      // a frame a record
  kZstdDict,  // with a dictionary frame
  kLz4,       // a frame a record
};
inline constexpr Packing kPackings[] = {Packing::kPlain,    Packing::kGzip,
                                        Packing::kGzipOne,  Packing::kZstd,
                                        Packing::kZstdDict, Packing::kLz4};
const char* PackingName(Packing packing);

struct PackedArchive {
  std::string bytes;
  // Where the part of each record ends; of a member for all, and of none,
  // where its last byte does.
  std::vector<size_t> ends;
  size_t first = 0;  // where that of the first one begins
};
PackedArchive Pack(const std::vector<std::string>& records, Packing packing);

std::string Lz4Frame(std::string_view bytes);

}  // namespace winnow::testing

#endif  // WINNOW_TESTS_UNIT_READ_ARCHIVE_HARNESS_H_
