// SPDX-License-Identifier: Apache-2.0
// Drives detection, splitter and reader over bytes in memory as the cut does,
// and keeps what comes out. Every byte must be accounted for.
#ifndef WINNOW_TESTS_UNIT_READ_READ_HARNESS_H_
#define WINNOW_TESTS_UNIT_READ_READ_HARNESS_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/read/record.h"

namespace winnow::testing {

struct ReadDocument {
  std::string text, id, url, host, added, created, metadata, extra;
  uint64_t offset = 0;
  uint64_t inner_offset = 0;
  uint64_t bytes = 0;
  int64_t audio_ms = 0;
  int64_t speech_ms = 0;
};

struct ReadUnreadable {
  ReadReason reason;
  uint64_t offset;
  uint64_t bytes;
  bool operator==(const ReadUnreadable&) const = default;
};

struct ReadResult {
  Format format = Format::kUnknown;
  std::vector<ReadDocument> documents;
  std::vector<ReadUnreadable> unreadable;
  std::map<std::string, int, std::less<>> non_documents;
  std::map<std::string, int, std::less<>> mended;
  uint64_t framing = 0;
  uint64_t accounted = 0;
  uint64_t most_carried = 0;  // bytes that the splitter left to be seen again

  int Count(ReadReason reason) const;
};

struct ReadRun {
  ReadOptions options;
  size_t chunk = size_t{1} << 20;
  std::optional<Format> format;  // detected if absent
};

// Fails the test if a byte is lost, or if text is not valid UTF-8.
ReadResult ReadBytes(std::string_view bytes, const ReadRun& run = {});

// The first member of that file that gunzip gives, and those behind it; bytes
// as they are where they are not gzip. What follows damage is left out.
std::string Gunzip(std::string_view bytes);

}  // namespace winnow::testing

#endif  // WINNOW_TESTS_UNIT_READ_READ_HARNESS_H_
