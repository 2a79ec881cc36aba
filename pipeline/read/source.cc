// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/source.h"

#include <sys/stat.h>

#include <algorithm>
#include <limits>
#include <string_view>

#include "pipeline/error.h"
#include "pipeline/read/gzip_member.h"
#include "pipeline/read/input_list.h"
#include "pipeline/read/table_codec.h"
#include "pipeline/read/zstd_dictionary.h"
#include "pipeline/read/zstd_walk.h"

namespace winnow {
namespace {

constexpr uint64_t kNoLimit = std::numeric_limits<uint64_t>::max();
// How much a small compressed file may grow; only a guess, for batches of a
// good size.
constexpr uint64_t kUsualRatio = 4;
constexpr uint64_t kFilesInPiece = 4096;
// Streams end a piece up to a step beyond what was asked.
constexpr size_t kStreamSlack = size_t{192} << 10;

SourceOptions Sound(SourceOptions options) {
  constexpr uint64_t kLeastPiece = uint64_t{1} << 20;
  options.plain_bytes = std::max<uint64_t>(options.plain_bytes, 1);
  options.gzip_bytes = std::max<uint64_t>(options.gzip_bytes, 1);
  options.decoded_bytes = std::max<uint64_t>(options.decoded_bytes, 1);
  options.expansion_ratio = std::max<uint64_t>(options.expansion_ratio, 1);
  options.piece_bytes =
      std::max({options.piece_bytes, options.member_bytes, kLeastPiece});
  return options;
}

bool IsStream(const SourceFile& file) {
  if (file.os_path == "-") return true;
  struct stat st;
  return file.bytes == 0 && stat(file.os_path.c_str(), &st) == 0 &&
         !S_ISREG(st.st_mode);
}

}  // namespace

Source::Source(const std::vector<SourceFile>& files,
               const SourceOptions& options, const Cursor& start)
    : start_(start), at_{start.file, start.member_offset} {
  context_.files = &files;
  context_.options = Sound(options);
  const bool known = start.path.empty()
                         ? start.file == 0 || start.file == files.size()
                         : start.file < files.size() &&
                               FileIdentity(files[start.file]) == start.path;
  if (!known) {
    throw Error(ErrorKind::kUsage,
                "the input is not what it was: " + start.path +
                    ": resume with the files that the run began with");
  }
}

Source::~Source() = default;

bool Source::Next(RawPiece* piece) {
  piece->Clear();
  piece->context = &context_;
  piece->decoded.Start(&context_.pool);
  {
    const std::lock_guard lock(mutex_);
    if (rewind_.has_value()) {
      TakeRewind(*rewind_);
      rewind_.reset();
    } else if (at_.file == context_.files->size() && cut_ == sequence_) {
      return false;
    }
  }
  piece->sequence = sequence_++;
  piece->epoch = epoch_;
  piece->begin = at_;
  while (at_.file < context_.files->size() && !Fill(piece)) {
  }
  piece->end = at_;
  return true;
}

void Source::Report(uint64_t sequence, const std::optional<Rewind>& rewind) {
  const std::lock_guard lock(mutex_);
  cut_ = sequence + 1;
  if (rewind.has_value()) rewind_ = rewind;
}

void Source::TakeRewind(const Rewind& rewind) {
  const bool again = patience_ != 0 && rewound_file_ == rewind.from.file;
  patience_ = again ? std::min(2 * patience_, kNoLimit / 4)
                    : context_.options.gzip_bytes;
  rewound_file_ = rewind.from.file;
  if (rewind.from.file != at_.file) open_.reset();
  epoch_ = rewind.epoch;
  at_ = rewind.from;
  const uint64_t until =
      rewind.until.file == at_.file ? rewind.until.at : kNoLimit;
  streaming_ = true;
  stream_until_ = std::max(until, at_.at + patience_);
  if (open_ != nullptr) StartStream(stream_until_);
}

// Makes a piece of what begins at at_, or a step towards one (false).
bool Source::Fill(RawPiece* piece) {
  if (open_ == nullptr) {
    return (!streaming_ && FillFiles(piece)) || Open(piece);
  }
  if (streaming_) return FillFromStream(piece);
  switch (open_->codec) {
    case Codec::kGzip:
      return FillRange(RawPiece::Work::kGzip, context_.options.gzip_bytes,
                       piece);
    case Codec::kZstd:
      return FillZstd(piece);
    case Codec::kLz4:
      StartStream(kNoLimit);
      return false;
    case Codec::kBzip2:
      return FillRange(RawPiece::Work::kBzip2, context_.options.gzip_bytes,
                       piece);
    case Codec::kTable:
      return FillTable(piece);
    default:
      return FillRange(RawPiece::Work::kPlain, context_.options.plain_bytes,
                       piece);
  }
}

uint64_t Source::Weight(const SourceFile& file) const {
  const std::string_view path = file.os_path;
  const bool packed = path.ends_with(".gz") || path.ends_with(".zst") ||
                      path.ends_with(".lz4") || path.ends_with(".bz2") ||
                      path.ends_with(".parquet");
  return packed ? file.bytes * kUsualRatio : file.bytes;
}

// Small files, from their start, share a piece.
bool Source::FillFiles(RawPiece* piece) {
  if (at_.at != 0) return false;
  const auto& files = *context_.files;
  const uint64_t most = context_.options.decoded_bytes;
  uint64_t sum = 0;
  uint32_t last = at_.file;
  while (last < files.size() && last - at_.file < kFilesInPiece) {
    const SourceFile& file = files[last];
    const uint64_t weight = Weight(file);
    if (file.bytes > most || (sum != 0 && sum + weight > most)) break;
    if (file.bytes == 0 && IsStream(file)) break;
    sum += weight;
    ++last;
  }
  if (last == at_.file) return false;
  piece->work = RawPiece::Work::kFiles;
  at_ = {last, 0};
  exact_ = true;
  return true;
}

// Opens the file at at_. Where that fails, the piece says so.
bool Source::Open(RawPiece* piece) {
  const SourceFile& source = (*context_.files)[at_.file];
  auto open = std::make_shared<OpenFile>();
  if (!open->file.Open(source.os_path)) {
    const ChunkSink sink{at_.file, &piece->decoded, &piece->chunks};
    const uint64_t end = std::max(source.bytes, at_.at);
    sink.Lost(at_.at, end, ReadReason::kIoError);
    return Finish(end, piece);
  }
  open_ = std::move(open);
  open_->codec = DetectCodec(open_->file, context_.options);
  if (open_->codec == Codec::kZstd && open_->file.seekable()) {
    open_->dictionary = ZstdDictionary::Read(FileReader(&open_->file));
  }
  if (open_->codec == Codec::kTable) {
    open_->table = context_.options.tables->Open(&open_->file);
  }
  if (!open_->file.seekable()) {
    StartStream(kNoLimit);
  } else if (streaming_) {
    StartStream(stream_until_);
  } else if (open_->codec == Codec::kGzip && at_.at == 0 &&
             ClaimsGiantMember(&open_->file, MostInOneGo(context_.options))) {
    StartStream(1);
  }
  return false;
}

// The file ends at `stop`.
bool Source::Finish(uint64_t stop, RawPiece* piece) {
  if (piece->work == RawPiece::Work::kNone) {
    const ChunkSink sink{at_.file, &piece->decoded, &piece->chunks};
    sink.End(stop);
  } else {
    piece->last = true;
  }
  open_.reset();
  streaming_ = false;
  at_ = {at_.file + 1, 0};
  exact_ = true;
  return true;
}

void Source::StartStream(uint64_t until) {
  streaming_ = true;
  stream_until_ = until;
  if (stream_ == nullptr || stream_codec_ != open_->codec) {
    stream_codec_ = open_->codec;
    stream_ = NewCodecStream(stream_codec_, context_.options);
  }
  if (open_->codec == Codec::kTable) {
    static_cast<TableStream*>(stream_.get())->Use(open_->table);
  }
  stream_->Reset(&open_->file, at_.at);
}

bool Source::FillFromStream(RawPiece* piece) {
  const ChunkSink sink{at_.file, &piece->decoded, &piece->chunks};
  piece->decoded.Room(static_cast<size_t>(context_.options.decoded_bytes) +
                      kStreamSlack);
  const auto step = stream_->Next(
      static_cast<size_t>(context_.options.decoded_bytes), stream_until_, sink);
  at_.at = stream_->position();
  if (step == CodecStream::Step::kEnd) {
    open_.reset();
    streaming_ = false;
    at_ = {at_.file + 1, 0};
  } else if (step == CodecStream::Step::kBoundary) {
    streaming_ = false;
  }
  exact_ = true;
  return !piece->chunks.empty();
}

// The next `bytes` of a file whose decoder finds its own way.
bool Source::FillRange(RawPiece::Work work, uint64_t bytes, RawPiece* piece) {
  const uint64_t size = std::max(open_->file.size(), at_.at);
  piece->work = work;
  piece->file = open_;
  piece->exact = exact_;
  exact_ = false;
  piece->stop = at_.at + std::min(bytes, size - at_.at);
  at_.at = piece->stop;
  return at_.at < size || Finish(size, piece);
}

// As many whole frames as make a piece; a frame too large, or not sound as
// far as its headers tell, is streamed.
bool Source::FillZstd(RawPiece* piece) {
  const SourceOptions& options = context_.options;
  const uint64_t size = std::max(open_->file.size(), at_.at);
  const ReadAt read = FileReader(&open_->file);
  const uint32_t dictionary =
      open_->dictionary == nullptr ? 0 : open_->dictionary->id();
  uint64_t sum = 0;
  uint64_t most = 0;
  while (at_.at < size) {
    const ZstdWalk walk =
        WalkZstdFrame(read, at_.at, MostInOneGo(options), dictionary);
    if (walk.state != ZstdWalk::State::kFrame &&
        walk.state != ZstdWalk::State::kSkippable) {
      if (piece->frames.empty()) {
        StartStream(at_.at + 1);
        return false;
      }
      break;
    }
    // Without a claimed size the bound is coarse for small frames.
    const uint64_t weight =
        std::min(walk.extent.most_decoded,
                 kUsualRatio * (walk.extent.end - walk.extent.begin));
    const bool full = sum + weight > options.decoded_bytes ||
                      most + walk.extent.most_decoded > options.piece_bytes;
    if (!piece->frames.empty() && full) break;
    piece->frames.push_back(walk.extent);
    sum += weight;
    most += walk.extent.most_decoded;
    at_.at = walk.extent.end;
  }
  piece->work = RawPiece::Work::kZstd;
  piece->file = open_;
  piece->stop = at_.at;
  return at_.at < size || Finish(size, piece);
}

// As many whole row groups as make a piece; a large one is streamed.
bool Source::FillTable(RawPiece* piece) {
  const SourceOptions& options = context_.options;
  const std::vector<TableFile::Group>& groups = open_->table->groups();
  uint64_t sum = 0;
  for (size_t i = open_->table->Find(at_.at); i < groups.size(); ++i) {
    const TableFile::Group& group = groups[i];
    if (group.about_decoded > MostInOneGo(options)) {
      if (piece->stop != 0) break;
      StartStream(group.end);
      return false;
    }
    if (piece->stop != 0 && sum + group.about_decoded > options.decoded_bytes) {
      break;
    }
    sum += group.about_decoded;
    piece->stop = at_.at = group.end;
  }
  piece->work = RawPiece::Work::kTable;
  piece->file = open_;
  return at_.at < groups.back().end || Finish(at_.at, piece);
}

}  // namespace winnow
