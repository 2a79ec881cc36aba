// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/codec.h"

#include "pipeline/error.h"
#include "pipeline/read/table_codec.h"
#include "pipeline/read/zstd_frame.h"

namespace winnow {

Codec DetectCodec(const File& file, const SourceOptions& options) {
  const Codec codec = DetectCodec(file.head());
  const bool table = codec == Codec::kPlain && file.seekable() &&
                     options.tables != nullptr &&
                     options.tables->Claims(file.head());
  return table ? Codec::kTable : codec;
}

Codec DetectCodec(std::string_view head) {
  if (head.substr(0, 2) == "\x1f\x8b") return Codec::kGzip;
  if (head.substr(0, 4) == "\x04\x22\x4d\x18") return Codec::kLz4;
  if (head.size() >= 4 && IsZstdMagic(head)) return Codec::kZstd;
  if (head.size() >= 4 && head.starts_with("BZh") && head[3] >= '1' &&
      head[3] <= '9') {
    return Codec::kBzip2;
  }
  return Codec::kPlain;
}

void ChunkSink::Data(uint64_t begin, uint64_t end, size_t size,
                     bool starts_member, bool plain) const {
  if (!starts_member && !chunks->empty()) {
    Chunk& last = chunks->back();
    if (last.kind == Chunk::Kind::kData && last.file == file &&
        last.end == begin) {
      last.end = end;
      last.size += size;
      return;
    }
  }
  Chunk chunk;
  chunk.starts_member = starts_member;
  chunk.plain = plain;
  chunk.file = file;
  chunk.begin = begin;
  chunk.end = end;
  chunk.offset = decoded->size() - size;
  chunk.size = size;
  chunks->push_back(chunk);
}

void ChunkSink::Lost(uint64_t begin, uint64_t end, ReadReason reason) const {
  Chunk chunk;
  chunk.kind = Chunk::Kind::kLost;
  chunk.reason = reason;
  chunk.file = file;
  chunk.begin = begin;
  chunk.end = end;
  chunk.offset = decoded->size();
  chunks->push_back(chunk);
}

void ChunkSink::End(uint64_t at) const {
  Chunk chunk;
  chunk.kind = Chunk::Kind::kEnd;
  chunk.file = file;
  chunk.begin = at;
  chunk.end = at;
  chunk.offset = decoded->size();
  chunks->push_back(chunk);
}

std::unique_ptr<CodecStream> NewCodecStream(Codec codec,
                                            const SourceOptions& options) {
  switch (codec) {
    case Codec::kGzip:
      return NewGzipStream(options);
    case Codec::kLz4:
      return NewLz4Stream(options);
    case Codec::kZstd:
      return NewZstdStream(options);
    case Codec::kBzip2:
      return NewBzip2Stream(options);
    case Codec::kTable:
      WINNOW_CHECK(options.tables != nullptr);
      return options.tables->NewStream(options);
    default:
      return NewPlainStream(options);
  }
}

}  // namespace winnow
