// SPDX-License-Identifier: Apache-2.0
// What travels from the source over a decoder to the cut: a part of a file,
// and what its codec made of it. docs/reading.md tells the whole story.
#ifndef WINNOW_PIPELINE_READ_PIECE_H_
#define WINNOW_PIPELINE_READ_PIECE_H_

#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "pipeline/document.h"
#include "pipeline/read/buffer_pool.h"
#include "pipeline/read/decoded.h"
#include "pipeline/read/file.h"
#include "pipeline/read/reasons.h"
#include "pipeline/read/record.h"

namespace winnow {

class TableCodec;

// Sizes of pieces, and caps. The sizes change how work is cut, never a span,
// an offset, an event or a mark; the caps may change which members are given
// up (docs/reading.md).
struct SourceOptions {
  uint64_t plain_bytes = uint64_t{1} << 20;   // a piece of a plain file
  uint64_t gzip_bytes = uint64_t{256} << 10;  // of a gzip file, compressed
  // What streams, zstd frames and small files aim at, decoded.
  uint64_t decoded_bytes = uint64_t{1} << 20;
  // Larger members and frames are streamed, not decoded in one go.
  uint64_t member_bytes = uint64_t{16} << 20;
  // No piece decodes to more. At least member_bytes.
  uint64_t piece_bytes = uint64_t{32} << 20;
  // A member or frame that gave more than expansion_bytes, and more than
  // expansion_ratio times what it read, is a bomb.
  uint64_t expansion_bytes = uint64_t{64} << 20;
  uint64_t expansion_ratio = 900;
  // Reads Parquet; outlives the source. Null: it is a format not read.
  const TableCodec* tables = nullptr;
};

// Larger members and frames are streamed: not before the caps on expansion
// could be missed.
inline uint64_t MostInOneGo(const SourceOptions& options) {
  return std::min(options.member_bytes, options.expansion_bytes);
}

// A place in the files on disk, in canonical order.
struct Position {
  uint32_t file = 0;
  uint64_t at = 0;
  // NOLINTNEXTLINE(modernize-use-nullptr): wrong about a defaulted <=>
  friend auto operator<=>(const Position&, const Position&) = default;
};

// A record boundary to resume from. The member (or frame) is the one that
// holds the byte before it, so that the cursor depends on bytes alone.
struct Cursor {
  uint32_t file = 0;            // index; the number of files at the end
  std::string path;             // FileIdentity(), to check; empty at the end
  uint64_t decoded_offset = 0;  // in the file
  uint64_t member_offset = 0;   // compressed
  uint64_t member_decoded = 0;  // decoded offset of the member's start
  Format format = Format::kUnknown;
  uint64_t decoded_total = 0;  // over all files before it
  std::string header;          // RecordSplitter::header()
  friend bool operator==(const Cursor&, const Cursor&) = default;
};

// What a codec says of a run of compressed bytes.
struct Chunk {
  enum class Kind : uint8_t {
    kData,  // gave `size` decoded bytes (0: a header, an empty member ...)
    kLost,  // gave nothing, for `reason`
    kEnd,   // the file ends here
  };
  Kind kind = Kind::kData;
  bool starts_member = false;  // kData: a member or frame begins here
  bool plain = false;          // kData: no codec
  bool rows = false;           // kData: lines of Format::kParquet
  ReadReason reason = ReadReason::kCount;
  uint32_t file = 0;
  uint64_t begin = 0;  // compressed
  uint64_t end = 0;
  size_t offset = 0;  // in RawPiece::decoded
  size_t size = 0;
};

// A frame of zstd whose extent is known.
struct FrameExtent {
  uint64_t begin = 0;
  uint64_t end = 0;
  uint64_t most_decoded = 0;  // it cannot give more
  bool skippable = false;
  bool dictionary = false;  // it needs the file's
};

enum class Codec : uint8_t { kPlain, kGzip, kZstd, kLz4, kTable, kBzip2 };

class TableFile;
class ZstdDictionary;

// A file that pieces share.
struct OpenFile {
  File file;
  Codec codec = Codec::kPlain;
  std::shared_ptr<const ZstdDictionary> dictionary;
  std::shared_ptr<const TableFile> table;  // kTable
};

// What every piece of a source refers to.
struct SourceContext {
  const std::vector<SourceFile>* files = nullptr;
  SourceOptions options;
  BufferPool pool;
};

struct RawPiece {
  enum class Work : uint8_t {
    kNone,   // nothing to decode, or the source has done it
    kPlain,  // read [begin.at, stop)
    kGzip,   // the members that begin in [begin.at, stop)
    kZstd,   // `frames`
    kBzip2,  // the streams that begin in [begin.at, stop)
    kTable,  // the row groups that begin in [begin.at, stop)
    kFiles,  // the small files [begin.file, end.file)
  };

  // The source's part.
  SourceContext* context = nullptr;
  uint64_t sequence = 0;
  uint64_t epoch = 0;
  Work work = Work::kNone;
  std::shared_ptr<OpenFile> file;
  Position begin;
  Position end;  // where the next piece begins
  uint64_t stop = 0;
  bool last = false;   // the file ends at `stop`
  bool exact = false;  // kGzip: a member is known to begin at `begin`
  std::vector<FrameExtent> frames;

  // The decoder's part: chunks in order; those of a gzip piece may be wrong
  // guesses, which the cut finds out.
  Decoded decoded;
  std::vector<Chunk> chunks;

  // Forgets all; keeps the vectors' memory.
  void Clear();
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_PIECE_H_
