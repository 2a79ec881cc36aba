// SPDX-License-Identifier: Apache-2.0
// Cuts archives whose records announce their length, WARC and ARC, and
// mistrusts the length: behind a block there must be a line end, another
// record, or the end. Where there is not, a record that begins inside the block
// ends it (it was cut short); else the length was too small and the bytes up to
// the next record are lost.
// Source of the rule: warcio's archive iterator, extended by the look inside.
#ifndef WINNOW_PIPELINE_READ_WARC_ARCHIVE_SPLITTER_H_
#define WINNOW_PIPELINE_READ_WARC_ARCHIVE_SPLITTER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "pipeline/read/record.h"

namespace winnow {

// How long a record says it is.
struct ArchiveFrame {
  enum class Status : uint8_t {
    kOk,
    kIncomplete,  // the header does not end in what was shown
    kTooLong,     // the header has no end within reason
    kCut,         // the next record begins inside the header, at `length`
  };
  static constexpr int64_t kNoLength = -1;
  static constexpr int64_t kBadLength = -2;  // negative, huge, not a number

  Status status = Status::kIncomplete;
  size_t length = 0;  // of the header, with the blank line if it has one
  int64_t block_length = kNoLength;

  // Without a sound length the record is its header, and the block is lost.
  uint64_t block() const {
    return block_length < 0 ? 0 : static_cast<uint64_t>(block_length);
  }
};

// A block longer than this (1 TiB) is a lie.
inline constexpr int64_t kMaxArchiveBlock = int64_t{1} << 40;

// The decimal number that `value` is, or kBadLength.
int64_t ParseArchiveLength(std::string_view value);

// What differs between the archives. Stateless.
class ArchiveGrammar {
 public:
  enum class Start : uint8_t { kYes, kNo, kMoreNeeded };

  virtual ~ArchiveGrammar() = default;
  // Does a record begin at the front of `data`?
  virtual Start StartsRecord(std::string_view data, bool end) const = 0;
  // REQUIRES: StartsRecord() is kYes.
  virtual ArchiveFrame Scan(std::string_view data) const = 0;
  // The position behind `from` where a line begins that starts a record, or
  // npos.
  virtual size_t FindRecord(std::string_view data, size_t from) const = 0;
  // After FindRecord() found none: how many bytes at the front of `data` will
  // begin no record, whatever follows.
  virtual size_t Hopeless(std::string_view data) const = 0;
};

std::unique_ptr<RecordSplitter> NewArchiveSplitter(
    std::unique_ptr<ArchiveGrammar> grammar, uint64_t max_record_bytes);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_WARC_ARCHIVE_SPLITTER_H_
