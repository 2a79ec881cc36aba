// SPDX-License-Identifier: Apache-2.0
// The log of an ordered step on disk: one segment a mark. All integers little
// endian; docs/dedup.md has the same table with examples.
//
//   8   magic "WNDEDUP1"
//   4   p, length of the parameters
//   p   parameters: one `name=value` line each, stage, kernel, Unicode version
//   16  XXH3-128 of the parameters (low half first)
//   8   ordinal of the first kept document, counted from the start of the run
//   8   n, kept documents        8   record length r
//   8   g, groups of duplicates
//   8   bytes of kept names      8   bytes of groups
//   4   c, counters              8 c counters, increments since last segment
//   16  XXH3-128 of all before
//   n r records, one for each kept document (the stage's index entry)
//   16  XXH3-128 of the records
//       kept names: n x (4 length, identity)
//       groups by rising ordinal: 4 ordinal of the kept document, 4 count,
//       then for each duplicate in canonical order 2 similarity in
//       ten-thousandths, 4 length, identity
//   16  XXH3-128 of kept names and groups
#ifndef WINNOW_DEDUP_SEGMENT_H_
#define WINNOW_DEDUP_SEGMENT_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pipeline/document.h"

namespace winnow {

inline constexpr std::string_view kSegmentMagic = "WNDEDUP1";

// A similarity of 1, in ten-thousandths.
inline constexpr uint32_t kEqual = 10000;

// What all segments of one stage in one run have in common.
struct SegmentFormat {
  std::string parameters;  // as in the file
  size_t record_bytes = 0;
  size_t counters = 0;
  // Bytes before the records.
  size_t head_bytes() const {
    return 8 + 4 + parameters.size() + 16 + 6 * 8 + 4 + 8 * counters + 16;
  }
};

// What an ordered step decided since the last mark, in memory.
class SegmentLog {
 public:
  explicit SegmentLog(SegmentFormat format) : format_(std::move(format)) {}

  // A kept document. Returns where to write its record, record_bytes long,
  // before the next call.
  char* AddKept(const Document& document);
  // A duplicate of the kept document `ordinal`.
  void AddDuplicate(uint32_t ordinal, uint32_t similarity,
                    const Document& document);

  // Appends a segment to *out and forgets what is in it. REQUIRES: as many
  // counters as the format says.
  void Take(std::span<const uint64_t> counters, std::string* out);

  // The next segment begins with this ordinal; after replay.
  void set_first_ordinal(uint64_t ordinal) { first_ordinal_ = ordinal; }
  const SegmentFormat& format() const { return format_; }

 private:
  struct Duplicate {
    uint32_t ordinal;
    uint32_t similarity;
    size_t begin;  // of the identity in duplicate_names_
    size_t end;
  };

  // Moves the duplicates' part of the names to *out; returns how many groups.
  uint64_t AppendGroups(std::string* out);

  SegmentFormat format_;
  uint64_t first_ordinal_ = 0;
  uint64_t kept_ = 0;
  std::string records_;
  std::string kept_names_;  // as in the file
  std::vector<Duplicate> duplicates_;
  std::string duplicate_names_;
};

// The head of a segment.
struct SegmentHead {
  uint64_t first_ordinal = 0;
  uint64_t kept = 0;
  uint64_t groups = 0;
  std::vector<uint64_t> counters;
  // Offsets in the file. A checksum stands before names_at and behind
  // groups_end.
  uint64_t records_at = 0;
  uint64_t names_at = 0;
  uint64_t groups_at = 0;
  uint64_t groups_end = 0;
  uint64_t file_bytes() const { return groups_end + 16; }
};

// Parses the head. `bytes` holds at least format.head_bytes() bytes, or the
// whole file. Throws Error(kCorruption) if it is damaged or was made with
// other parameters.
SegmentHead ParseSegmentHead(std::string_view bytes,
                             const SegmentFormat& format);

// Checks a whole segment and returns its records, viewing `bytes`. Throws
// Error(kCorruption).
struct SegmentRecords {
  SegmentHead head;
  std::string_view records;
};
SegmentRecords ParseSegment(std::string_view bytes,
                            const SegmentFormat& format);

[[noreturn]] void ThrowDamagedSegment(std::string_view what);

}  // namespace winnow

#endif  // WINNOW_DEDUP_SEGMENT_H_
