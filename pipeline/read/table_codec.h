// SPDX-License-Identifier: Apache-2.0
// Files that keep rows in groups of columns (Parquet) read as a codec: a row
// group is a member, what it decodes to is a line for each row,
//
//   ROW <tab> {"column":value,...} <LF>
//
// with ROW the row's rank in the file. So pieces, cursors, marks and the count
// of bytes are those of any codec, and the JSONL reader makes the documents.
// This is the seam alone: pipeline/parquet/ stands behind it, and the core
// knows nothing of Arrow.
#ifndef WINNOW_PIPELINE_READ_TABLE_CODEC_H_
#define WINNOW_PIPELINE_READ_TABLE_CODEC_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "pipeline/read/codec.h"
#include "pipeline/read/file.h"
#include "pipeline/read/piece.h"

namespace winnow {

// A file whose footer has been read. Immutable; shared by the pieces.
class TableFile {
 public:
  // A row group. Groups lie behind each other in rank, and cover the file.
  struct Group {
    uint64_t begin = 0;
    uint64_t end = 0;
    uint64_t about_decoded = 0;  // a guess, from what the footer claims
  };

  virtual ~TableFile() = default;
  // One at least: a file that cannot be read, or is empty, is one group.
  const std::vector<Group>& groups() const { return groups_; }
  // The index of the group that begins at `at`, or holds it.
  size_t Find(uint64_t at) const;

 protected:
  std::vector<Group> groups_;
};

// Reads one group after another; each in the same steps, whoever asks.
class TableStream : public CodecStream {
 public:
  // What Reset() will read. Called before it.
  virtual void Use(std::shared_ptr<const TableFile> table) = 0;
};

// Thread-safe.
class TableCodec {
 public:
  virtual ~TableCodec() = default;
  // From the first four bytes.
  virtual bool Claims(std::string_view head) const = 0;
  // Reads the footer. Never null and never throws for what a file holds.
  virtual std::shared_ptr<const TableFile> Open(File* file) const = 0;
  virtual std::unique_ptr<TableStream> NewStream(
      const SourceOptions& options) const = 0;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_TABLE_CODEC_H_
