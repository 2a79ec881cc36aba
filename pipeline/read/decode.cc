// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/decode.h"

#include <zstd.h>

#include <algorithm>
#include <limits>

#include "pipeline/error.h"
#include "pipeline/read/bzip2_stream.h"
#include "pipeline/read/codec.h"
#include "pipeline/read/gzip_guess.h"
#include "pipeline/read/gzip_member.h"
#include "pipeline/read/input_window.h"
#include "pipeline/read/table_codec.h"
#include "pipeline/read/zstd_dictionary.h"

namespace winnow {
namespace {

constexpr uint64_t kReadAhead = uint64_t{2} << 20;
// Memory for a gzip piece: what web pages unpack to, or what the last piece
// did, within reason.
constexpr size_t kUsualRatio = 5;
constexpr size_t kMostRoom = size_t{8} << 20;

struct FreeDecoder {
  void operator()(ZSTD_DCtx* decoder) const { ZSTD_freeDCtx(decoder); }
};

}  // namespace

// Everything is made when it is first needed: most runs read one codec.
struct PieceDecoder::State {
  std::unique_ptr<GzipMemberDecoder> member;
  std::unique_ptr<ZSTD_DCtx, FreeDecoder> zstd;
  std::unique_ptr<CodecStream> gzip_stream;
  std::unique_ptr<CodecStream> lz4_stream;
  std::unique_ptr<CodecStream> zstd_stream;
  std::unique_ptr<CodecStream> bzip2_stream;
  std::unique_ptr<TableStream> table_stream;
  InputWindow window;
  File file;
  size_t last_gzip = 0;  // what the last gzip piece decoded to

  void Plain(RawPiece* piece);
  void Gzip(RawPiece* piece);
  void Zstd(RawPiece* piece);
  void Bzip2(RawPiece* piece);
  void Table(RawPiece* piece);
  void Files(RawPiece* piece);
  bool SmallFile(uint32_t index, RawPiece* piece);
  bool SmallPlain(const ChunkSink& sink);
  bool SmallPacked(Codec codec, const SourceOptions& options,
                   const ChunkSink& sink);
  bool SmallTable(const SourceOptions& options, const ChunkSink& sink);
};

PieceDecoder::PieceDecoder() : state_(std::make_unique<State>()) {}
PieceDecoder::~PieceDecoder() = default;

void PieceDecoder::Decode(RawPiece* piece) {
  switch (piece->work) {
    case RawPiece::Work::kPlain:
      return state_->Plain(piece);
    case RawPiece::Work::kGzip:
      return state_->Gzip(piece);
    case RawPiece::Work::kZstd:
      return state_->Zstd(piece);
    case RawPiece::Work::kBzip2:
      return state_->Bzip2(piece);
    case RawPiece::Work::kTable:
      return state_->Table(piece);
    case RawPiece::Work::kFiles:
      return state_->Files(piece);
    case RawPiece::Work::kNone:
      return;
  }
}

void PieceDecoder::State::Plain(RawPiece* piece) {
  const ChunkSink sink{piece->begin.file, &piece->decoded, &piece->chunks};
  const uint64_t at = piece->begin.at;
  const size_t n = static_cast<size_t>(piece->stop - at);
  if (n != 0) {
    const int64_t got = piece->file->file.ReadAt(at, piece->decoded.Room(n), n);
    // A read error or a file that was cut: the serial reader will say.
    if (got != static_cast<int64_t>(n)) return;
    piece->decoded.Commit(n);
    sink.Data(at, piece->stop, n, false, true);
  }
  if (piece->last) sink.End(piece->stop);
}

void PieceDecoder::State::Gzip(RawPiece* piece) {
  if (member == nullptr) {
    member = std::make_unique<GzipMemberDecoder>(piece->context->options);
  }
  window.Reset(&piece->file->file);
  const size_t length = static_cast<size_t>(piece->stop - piece->begin.at);
  const size_t room = std::min(
      std::max(kUsualRatio * length, last_gzip + last_gzip / 8), kMostRoom);
  GuessGzipMembers(member.get(), &window, room, piece);
  last_gzip = piece->decoded.size();
}

void PieceDecoder::State::Zstd(RawPiece* piece) {
  if (zstd == nullptr) zstd.reset(ZSTD_createDCtx());
  if (zstd == nullptr) {
    throw Error(ErrorKind::kMemory, "zstd has no memory to decode with");
  }
  const ChunkSink sink{piece->begin.file, &piece->decoded, &piece->chunks};
  window.Reset(&piece->file->file);
  const uint64_t begin = piece->begin.at;
  uint64_t most = 0;
  for (const FrameExtent& frame : piece->frames) most += frame.most_decoded;
  piece->decoded.Room(static_cast<size_t>(most));
  // One read for all frames, unless a long skippable one lies between.
  window.View(begin,
              static_cast<size_t>(std::min(piece->stop - begin, kReadAhead)));
  for (const FrameExtent& frame : piece->frames) {
    if (frame.skippable) {
      sink.Data(frame.begin, frame.end, 0, false);
      continue;
    }
    const size_t n = static_cast<size_t>(frame.end - frame.begin);
    const std::string_view view = window.View(frame.begin, n);
    if (view.size() < n) return;  // the file was cut
    // Sticky, so told for each frame.
    ZSTD_DCtx_refDDict(zstd.get(), frame.dictionary
                                       ? piece->file->dictionary->get()
                                       : nullptr);
    const size_t room = static_cast<size_t>(frame.most_decoded);
    const size_t made = ZSTD_decompressDCtx(
        zstd.get(), piece->decoded.Room(room), room, view.data(), n);
    if (ZSTD_isError(made) != 0) return;
    piece->decoded.Commit(made);
    sink.Data(frame.begin, frame.end, made, true);
  }
  if (piece->last) sink.End(piece->stop);
}

void PieceDecoder::State::Bzip2(RawPiece* piece) {
  if (bzip2_stream == nullptr) {
    bzip2_stream = NewBzip2Stream(piece->context->options);
  }
  window.Reset(&piece->file->file);
  GuessBzip2Streams(bzip2_stream.get(), &window, piece);
}

// The same stream reads here and, where a group is too large for a piece, in
// the source.
void PieceDecoder::State::Table(RawPiece* piece) {
  const SourceOptions& options = piece->context->options;
  if (table_stream == nullptr)
    table_stream = options.tables->NewStream(options);
  const ChunkSink sink{piece->begin.file, &piece->decoded, &piece->chunks};
  table_stream->Use(piece->file->table);
  table_stream->Reset(&piece->file->file, piece->begin.at);
  for (uint64_t at = piece->begin.at; at < piece->stop;) {
    const size_t chunks = piece->chunks.size();
    const size_t bytes = piece->decoded.size();
    const TableFile& table = *piece->file->table;
    at = table.groups()[table.Find(at)].end;
    const auto step = table_stream->Next(
        static_cast<size_t>(options.piece_bytes) - bytes, at, sink);
    if (step == CodecStream::Step::kMore) {
      piece->chunks.resize(chunks);
      piece->decoded.Truncate(bytes);
      break;
    }
  }
  table_stream->Reset(nullptr, 0);
}

void PieceDecoder::State::Files(RawPiece* piece) {
  for (uint32_t i = piece->begin.file; i < piece->end.file; ++i) {
    const size_t chunks = piece->chunks.size();
    const size_t bytes = piece->decoded.size();
    if (!SmallFile(i, piece)) {
      // Too much for this piece: the serial reader goes on from here.
      piece->chunks.resize(chunks);
      piece->decoded.Truncate(bytes);
      return;
    }
  }
}

bool PieceDecoder::State::SmallFile(uint32_t index, RawPiece* piece) {
  const SourceFile& source = (*piece->context->files)[index];
  const ChunkSink sink{index, &piece->decoded, &piece->chunks};
  if (!file.Open(source.os_path)) {
    sink.Lost(0, source.bytes, ReadReason::kIoError);
    sink.End(source.bytes);
    return true;
  }
  const SourceOptions& options = piece->context->options;
  // It may have grown, or become something else, since it was listed.
  if (!file.seekable() || file.size() > options.decoded_bytes) return false;
  const Codec codec = DetectCodec(file, options);
  if (codec != Codec::kPlain) return SmallPacked(codec, options, sink);
  if (sink.decoded->size() + file.size() > options.piece_bytes) return false;
  return SmallPlain(sink);
}

bool PieceDecoder::State::SmallPlain(const ChunkSink& sink) {
  const size_t n = static_cast<size_t>(file.size());
  if (n != 0) {
    const int64_t got = file.ReadAt(0, sink.decoded->Room(n), n);
    if (got != static_cast<int64_t>(n)) return false;
    sink.decoded->Commit(n);
    sink.Data(0, n, n, false, true);
  }
  sink.End(n);
  return true;
}

bool PieceDecoder::State::SmallPacked(Codec codec, const SourceOptions& options,
                                      const ChunkSink& sink) {
  if (codec == Codec::kTable) return SmallTable(options, sink);
  auto& stream = codec == Codec::kGzip    ? gzip_stream
                 : codec == Codec::kLz4   ? lz4_stream
                 : codec == Codec::kBzip2 ? bzip2_stream
                                          : zstd_stream;
  if (stream == nullptr) stream = NewCodecStream(codec, options);
  stream->Reset(&file, 0);
  const size_t all = std::numeric_limits<size_t>::max();
  // Anything but kEnd: the piece is full.
  return stream->Next(all, std::numeric_limits<uint64_t>::max(), sink) ==
         CodecStream::Step::kEnd;
}

bool PieceDecoder::State::SmallTable(const SourceOptions& options,
                                     const ChunkSink& sink) {
  const size_t used = sink.decoded->size();
  if (used >= options.piece_bytes) return false;
  if (table_stream == nullptr)
    table_stream = options.tables->NewStream(options);
  table_stream->Use(options.tables->Open(&file));
  table_stream->Reset(&file, 0);
  const auto step =
      table_stream->Next(static_cast<size_t>(options.piece_bytes) - used,
                         std::numeric_limits<uint64_t>::max(), sink);
  table_stream->Reset(nullptr, 0);
  return step == CodecStream::Step::kEnd;
}

}  // namespace winnow
