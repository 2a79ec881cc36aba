// SPDX-License-Identifier: Apache-2.0
// zstd from the front (RFC 8878): frames one after another, whatever their
// size, and what to do where they are damaged.
//
// A frame of moderate size is decoded in one go. Others are fed to libzstd a
// block at a time, so that damage costs one block and everything before it is
// delivered. After damage the search goes on for a frame whose first block
// decodes.
#include <zstd.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "pipeline/error.h"
#include "pipeline/read/codec.h"
#include "pipeline/read/input_window.h"
#include "pipeline/read/zstd_dictionary.h"
#include "pipeline/read/zstd_frame.h"
#include "pipeline/read/zstd_walk.h"

namespace winnow {
namespace {

constexpr size_t kSearchStep = size_t{256} << 10;
// More than a block: then one call takes it all, input and output.
constexpr size_t kRoom = kZstdBlockBytes + 64;
constexpr std::string_view kFrameMagic = "\x28\xb5\x2f\xfd";

struct FreeDecoder {
  void operator()(ZSTD_DCtx* decoder) const { ZSTD_freeDCtx(decoder); }
};

class ZstdStream : public CodecStream {
 public:
  explicit ZstdStream(const SourceOptions& options)
      : options_(options), decoder_(ZSTD_createDCtx()) {
    if (decoder_ == nullptr) {
      throw Error(ErrorKind::kMemory, "zstd has no memory to decode with");
    }
  }

  void Reset(File* file, uint64_t at) override {
    window_.Reset(file);
    file_ = file;
    at_ = at;
    inside_ = false;
    dictionary_.reset();
    if (file->seekable()) dictionary_ = ZstdDictionary::Read(reader_);
  }

  uint64_t position() const override { return at_; }

  Step Next(size_t target, uint64_t until, const ChunkSink& out) override {
    const size_t before = out.decoded->size();
    while (out.decoded->size() - before < target) {
      if (inside_) {
        if (out.decoded->size() + kRoom > options_.piece_bytes) break;
        if (!Block(out)) return Finish(out);
        continue;
      }
      if (at_ >= until) return Step::kBoundary;
      const std::string_view view = window_.View(at_, kZstdHeaderBytes);
      if (view.empty()) {
        if (window_.failed() || End(at_) > at_) {
          GiveUp(at_, at_, ReadReason::kIoError, out);
        }
        return Finish(out);
      }
      const ZstdFrameHeader header = ParseZstdFrameHeader(view);
      if (header.state == ZstdFrameHeader::State::kSkippable) {
        if (!Skip(header, out)) return Finish(out);
        continue;
      }
      const ZstdWalk walk =
          WalkZstdFrame(reader_, at_, MostInOneGo(options_), OwnId());
      if (walk.state == ZstdWalk::State::kFrame &&
          out.decoded->size() + walk.extent.most_decoded >
              options_.piece_bytes) {
        break;
      }
      if (!Frame(walk, out)) return Finish(out);
    }
    return Step::kMore;
  }

 private:
  // What begins at at_. False: the file is over.
  bool Frame(const ZstdWalk& walk, const ChunkSink& out) {
    frame_at_ = at_;
    made_ = 0;
    if (walk.state == ZstdWalk::State::kFrame && Whole(walk.extent, out)) {
      return true;
    }
    using State = ZstdFrameHeader::State;
    const ZstdFrameHeader& header = walk.header;
    const std::string_view start = window_.View(at_, kFrameMagic.size());
    if (header.state == State::kBad ||
        (start.size() < kFrameMagic.size() &&
         start != kFrameMagic.substr(0, start.size()))) {
      return Search(
          at_, at_ + 1,
          at_ == 0 ? ReadReason::kZstdInvalid : ReadReason::kTrailingGarbage,
          out);
    }
    if (header.state != State::kFrame) {
      return GiveUp(at_, at_, ReadReason::kZstdTruncated, out);
    }
    if (!Have(header)) {
      return Refuse(header, ReadReason::kZstdDictionary, out);
    }
    if (header.window > kZstdWindowLimit) {
      return Refuse(header, ReadReason::kZstdWindow, out);
    }
    return Begin(header, out);
  }

  // A skippable frame is framing: it may be too long to look at in one go.
  bool Skip(const ZstdFrameHeader& header, const ChunkSink& out) {
    const uint64_t end = at_ + header.length + header.skip;
    if (at_ == 0 && !file_->seekable()) {
      dictionary_ = ZstdDictionary::Read(reader_);
    }
    uint64_t seen = file_->seekable() ? std::min(file_->size(), end) : at_;
    while (seen < end) {
      const uint64_t want = std::min<uint64_t>(end - seen, kSearchStep);
      const size_t n = window_.View(seen, static_cast<size_t>(want)).size();
      seen += std::min<uint64_t>(n, want);
      if (n < want) return GiveUp(at_, seen, ReadReason::kZstdTruncated, out);
    }
    out.Data(at_, end, 0, false);
    at_ = end;
    return true;
  }

  bool Whole(const FrameExtent& extent, const ChunkSink& out) {
    const size_t n = static_cast<size_t>(extent.end - extent.begin);
    const std::string_view in = window_.View(at_, n);
    if (in.size() < n) return false;
    const size_t most = static_cast<size_t>(extent.most_decoded);
    char* room = out.decoded->Room(most);
    Use(extent.dictionary);
    const size_t made =
        ZSTD_decompressDCtx(decoder_.get(), room, most, in.data(), n);
    if (ZSTD_isError(made) != 0) return false;
    out.decoded->Commit(made);
    out.Data(extent.begin, extent.end, made, true);
    at_ = extent.end;
    return true;
  }

  uint32_t OwnId() const {
    return dictionary_ == nullptr ? 0 : dictionary_->id();
  }

  bool Have(const ZstdFrameHeader& header) const {
    return header.dictionary == 0 || header.dictionary == OwnId();
  }

  // Before each frame: the dictionary is sticky, and so is a frame that failed.
  void Use(bool dictionary) {
    ZSTD_DCtx_reset(decoder_.get(), ZSTD_reset_session_only);
    ZSTD_DCtx_refDDict(decoder_.get(),
                       dictionary ? dictionary_->get() : nullptr);
  }

  // A frame that we could read only with more than we have or allow.
  bool Refuse(const ZstdFrameHeader& header, ReadReason reason,
              const ChunkSink& out) {
    const uint64_t end =
        file_->seekable() ? FindZstdFrameEnd(reader_, at_, header) : 0;
    if (end == 0) return Search(at_, at_ + 1, reason, out);
    out.Lost(at_, end, reason);
    at_ = end;
    return true;
  }

  bool Begin(const ZstdFrameHeader& header, const ChunkSink& out) {
    Use(header.dictionary != 0);
    header_ = header;
    const std::string_view in = window_.View(at_, header.length);
    if (in.size() < header.length ||
        !Feed(in.substr(0, header.length), out.decoded)) {
      return Search(at_, at_ + 1, ReadReason::kZstdInvalid, out);
    }
    at_ += header.length;
    inside_ = true;
    return true;
  }

  // One block, with the checksum behind the last. False: the file is over.
  bool Block(const ChunkSink& out) {
    const uint64_t lost = made_ == 0 ? frame_at_ : at_;
    std::string_view in = window_.View(at_, kZstdBlockHeaderBytes);
    if (in.size() < kZstdBlockHeaderBytes) {
      return GiveUp(lost, at_, ReadReason::kZstdTruncated, out);
    }
    const ZstdBlockHeader block = ParseZstdBlockHeader(in, header_);
    if (!block.sound) return Search(lost, at_, ReadReason::kZstdInvalid, out);
    const size_t n = kZstdBlockHeaderBytes + block.length;
    in = window_.View(at_, n);
    if (in.size() < n) {
      return GiveUp(lost, at_, ReadReason::kZstdTruncated, out);
    }
    const size_t before = out.decoded->size();
    if (!Feed(in.substr(0, n), out.decoded)) {
      return Search(lost, at_, ReadReason::kZstdInvalid, out);
    }
    const size_t made = out.decoded->size() - before;
    if (made != 0) {
      out.Data(lost, at_ + n, made, made_ == 0);
      made_ += made;
    }
    at_ += n;
    if (block.last) return Close(out);
    if (made_ > options_.expansion_bytes &&
        made_ / options_.expansion_ratio > at_ - frame_at_) {
      return Search(at_, at_, ReadReason::kExpansionLimit, out);
    }
    return true;
  }

  bool Close(const ChunkSink& out) {
    const uint64_t lost = made_ == 0 ? frame_at_ : at_;
    if (header_.checksum) {
      const std::string_view in = window_.View(at_, kZstdChecksumBytes);
      if (in.size() < kZstdChecksumBytes) {
        return GiveUp(lost, at_, ReadReason::kZstdTruncated, out);
      }
      if (!Feed(in.substr(0, kZstdChecksumBytes), out.decoded)) {
        return Search(lost, at_, ReadReason::kZstdInvalid, out);
      }
      at_ += kZstdChecksumBytes;
    } else if (!over_) {
      return Search(lost, at_, ReadReason::kZstdInvalid, out);
    }
    inside_ = false;
    if (at_ != lost) out.Data(lost, at_, 0, made_ == 0);
    return true;
  }

  // Gives a slice to libzstd and appends what comes out.
  bool Feed(std::string_view slice, Decoded* out) {
    ZSTD_inBuffer in{slice.data(), slice.size(), 0};
    do {
      ZSTD_outBuffer made{out->Room(kRoom), kRoom, 0};
      const size_t left = ZSTD_decompressStream(decoder_.get(), &made, &in);
      if (ZSTD_isError(left) != 0) return false;
      out->Commit(made.pos);
      over_ = left == 0;
    } while (in.pos < in.size);
    return true;
  }

  // Counts [lost, next frame) and goes on there. False: there is none.
  bool Search(uint64_t lost, uint64_t from, ReadReason reason,
              const ChunkSink& out) {
    inside_ = false;
    from = std::max(from, frame_at_ + 1);
    for (;;) {
      const std::string_view view = window_.View(from, kSearchStep);
      const bool whole = view.size() < kSearchStep;
      const size_t found = view.find(kFrameMagic);
      if (found == std::string_view::npos) {
        if (whole) return GiveUp(lost, from, reason, out);
        from += view.size() - kFrameMagic.size() + 1;
      } else if (Decodes(from + found, out.decoded)) {
        at_ = from + found;
        out.Lost(lost, at_,
                 reason == ReadReason::kTrailingGarbage
                     ? ReadReason::kZstdInvalid
                     : reason);
        return true;
      } else {
        from += found + 1;
      }
    }
  }

  // True if a frame begins at `at` and its first block decodes.
  bool Decodes(uint64_t at, Decoded* scratch) {
    std::string_view in =
        window_.View(at, kZstdHeaderBytes + kZstdBlockHeaderBytes);
    const ZstdFrameHeader header = ParseZstdFrameHeader(in);
    if (header.state != ZstdFrameHeader::State::kFrame || !Have(header) ||
        header.window > kZstdWindowLimit ||
        in.size() < header.length + kZstdBlockHeaderBytes) {
      return false;
    }
    const ZstdBlockHeader block =
        ParseZstdBlockHeader(in.substr(header.length), header);
    const size_t n = header.length + kZstdBlockHeaderBytes + block.length;
    if (!block.sound) return false;
    in = window_.View(at, n);
    if (in.size() < n) return false;
    const size_t before = scratch->size();
    Use(header.dictionary != 0);
    const bool sound = Feed(in.substr(0, n), scratch);
    scratch->Truncate(before);
    return sound;
  }

  bool GiveUp(uint64_t lost, uint64_t from, ReadReason reason,
              const ChunkSink& out) {
    inside_ = false;
    at_ = End(from);
    out.Lost(lost, at_, window_.failed() ? ReadReason::kIoError : reason);
    return false;
  }

  Step Finish(const ChunkSink& out) {
    out.End(at_);
    return Step::kEnd;
  }

  uint64_t End(uint64_t from) {
    if (file_->seekable()) return std::max(file_->size(), from);
    for (;;) {
      const size_t n = window_.View(from, kSearchStep).size();
      from += n;
      if (n < kSearchStep) return from;
    }
  }

  // Block headers far ahead: by themselves from a file, through the window
  // from a stream.
  const ReadAt reader_ = [this](uint64_t at, char* out, size_t n) -> size_t {
    if (file_->seekable()) {
      const int64_t got = file_->ReadAt(at, out, n);
      return static_cast<size_t>(std::max<int64_t>(got, 0));
    }
    const size_t skip = static_cast<size_t>(at - at_);
    const std::string_view view = window_.View(at_, skip + n);
    if (view.size() <= skip) return 0;
    const size_t got = std::min(n, view.size() - skip);
    std::memcpy(out, view.data() + skip, got);
    return got;
  };

  const SourceOptions options_;
  std::unique_ptr<ZSTD_DCtx, FreeDecoder> decoder_;
  std::shared_ptr<const ZstdDictionary> dictionary_;
  InputWindow window_;
  File* file_ = nullptr;
  uint64_t at_ = 0;
  uint64_t frame_at_ = 0;
  uint64_t made_ = 0;  // decoded bytes of the frame
  ZstdFrameHeader header_;
  bool inside_ = false;
  bool over_ = false;  // libzstd says that the frame is over
};

}  // namespace

std::unique_ptr<CodecStream> NewZstdStream(const SourceOptions& options) {
  return std::make_unique<ZstdStream>(options);
}

}  // namespace winnow
