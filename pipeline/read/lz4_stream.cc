// SPDX-License-Identifier: Apache-2.0
// LZ4 frames from the front, one after another, and what to do where they are
// damaged. A frame is fed to liblz4 a block at a time, so that damage costs one
// block and everything before it is delivered. After damage the search goes on
// for a frame whose first block decodes. LZ4 expands at most 255 times: there
// are no bombs.
#include <lz4frame.h>

#include <algorithm>
#include <memory>
#include <string_view>

#include "pipeline/error.h"
#include "pipeline/read/codec.h"
#include "pipeline/read/input_window.h"
#include "pipeline/read/lz4_frame.h"

namespace winnow {
namespace {

constexpr size_t kSearchStep = size_t{256} << 10;

struct FreeDecoder {
  void operator()(LZ4F_dctx* decoder) const {
    LZ4F_freeDecompressionContext(decoder);
  }
};

class Lz4Stream : public CodecStream {
 public:
  explicit Lz4Stream(const SourceOptions& options) : options_(options) {
    LZ4F_dctx* decoder = nullptr;
    LZ4F_createDecompressionContext(&decoder, LZ4F_VERSION);
    if (decoder == nullptr) {
      throw Error(ErrorKind::kMemory, "lz4 has no memory to decode with");
    }
    decoder_.reset(decoder);
  }

  void Reset(File* file, uint64_t at) override {
    window_.Reset(file);
    file_ = file;
    at_ = at;
    inside_ = false;
  }

  uint64_t position() const override { return at_; }

  Step Next(size_t target, uint64_t until, const ChunkSink& out) override {
    const size_t before = out.decoded->size();
    while (out.decoded->size() - before < target) {
      if (inside_) {
        if (out.decoded->size() != before &&
            out.decoded->size() + header_.most_block > options_.piece_bytes) {
          break;
        }
        if (!Block(out)) return Finish(out);
        continue;
      }
      if (at_ >= until) return Step::kBoundary;
      const std::string_view view = window_.View(at_, kLz4HeaderBytes);
      if (view.empty()) {
        if (window_.failed() || End(at_) > at_) {
          GiveUp(at_, at_, ReadReason::kIoError, out);
        }
        return Finish(out);
      }
      if (!Begin(view, out)) return Finish(out);
    }
    return Step::kMore;
  }

 private:
  // What begins at at_. False: the file is over.
  bool Begin(std::string_view view, const ChunkSink& out) {
    const Lz4Header header = ParseLz4Header(view);
    frame_at_ = at_;
    made_ = 0;
    switch (header.state) {
      case Lz4Header::State::kBad:
        return Search(
            at_, at_ + 1,
            at_ == 0 ? ReadReason::kLz4Invalid : ReadReason::kTrailingGarbage,
            out);
      case Lz4Header::State::kShort:
        return GiveUp(at_, at_, ReadReason::kLz4Truncated, out);
      case Lz4Header::State::kSkippable:
        return Skip(at_ + header.length + header.skip, out);
      case Lz4Header::State::kFrame:
        break;
    }
    header_ = header;
    LZ4F_resetDecompressionContext(decoder_.get());
    if (!Feed(view.substr(0, header.length), out.decoded)) {
      return Search(at_, at_ + 1, ReadReason::kLz4Invalid, out);
    }
    at_ += header.length;
    inside_ = true;
    return true;
  }

  bool Skip(uint64_t end, const ChunkSink& out) {
    uint64_t seen = file_->seekable() ? std::min(file_->size(), end) : at_;
    while (seen < end) {
      const uint64_t want = std::min<uint64_t>(end - seen, kSearchStep);
      const size_t n = window_.View(seen, static_cast<size_t>(want)).size();
      seen += std::min<uint64_t>(n, want);
      if (n < want) return GiveUp(at_, seen, ReadReason::kLz4Truncated, out);
    }
    out.Data(at_, end, 0, false);
    at_ = end;
    return true;
  }

  // One block, or the end mark with the checksum behind it. False: the file is
  // over.
  bool Block(const ChunkSink& out) {
    const uint64_t lost = made_ == 0 ? frame_at_ : at_;
    std::string_view in = window_.View(at_, kLz4BlockHeaderBytes);
    if (in.size() < kLz4BlockHeaderBytes) {
      return GiveUp(lost, at_, ReadReason::kLz4Truncated, out);
    }
    const Lz4BlockHeader block = ParseLz4BlockHeader(in, header_);
    if (!block.sound) return Search(lost, at_, ReadReason::kLz4Invalid, out);
    const size_t n = kLz4BlockHeaderBytes + block.length;
    in = window_.View(at_, n);
    if (in.size() < n) {
      return GiveUp(lost, at_, ReadReason::kLz4Truncated, out);
    }
    const size_t before = out.decoded->size();
    if (!Feed(in.substr(0, n), out.decoded) || over_ != block.last) {
      out.decoded->Truncate(before);
      return Search(lost, at_, ReadReason::kLz4Invalid, out);
    }
    const size_t made = out.decoded->size() - before;
    at_ += n;
    if (made != 0) {
      out.Data(lost, at_, made, made_ == 0);
      made_ += made;
    } else if (block.last) {
      out.Data(lost, at_, 0, made_ == 0);
    }
    inside_ = !block.last;
    return true;
  }

  // Gives a slice to liblz4 and appends what comes out.
  bool Feed(std::string_view slice, Decoded* out) {
    // A block that gives nothing more with room left is through.
    for (;;) {
      char* const room = out->Room(header_.most_block + 1);
      size_t made = header_.most_block + 1;
      size_t used = slice.size();
      const size_t left = LZ4F_decompress(decoder_.get(), room, &made,
                                          slice.data(), &used, nullptr);
      if (LZ4F_isError(left) != 0) return false;
      out->Commit(made);
      over_ = left == 0;
      slice.remove_prefix(used);
      if (slice.empty()) return true;
      if (used == 0 && made == 0) return false;
    }
  }

  // Counts [lost, next frame) and goes on there. False: there is none.
  bool Search(uint64_t lost, uint64_t from, ReadReason reason,
              const ChunkSink& out) {
    inside_ = false;
    from = std::max(from, frame_at_ + 1);
    for (;;) {
      const std::string_view view = window_.View(from, kSearchStep);
      const bool whole = view.size() < kSearchStep;
      const size_t found = view.find(kLz4Magic);
      if (found == std::string_view::npos) {
        if (whole) return GiveUp(lost, from, reason, out);
        from += view.size() - kLz4Magic.size() + 1;
      } else if (Decodes(from + found, out.decoded)) {
        at_ = from + found;
        out.Lost(lost, at_,
                 reason == ReadReason::kTrailingGarbage
                     ? ReadReason::kLz4Invalid
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
        window_.View(at, kLz4HeaderBytes + kLz4BlockHeaderBytes);
    const Lz4Header header = ParseLz4Header(in);
    if (header.state != Lz4Header::State::kFrame ||
        in.size() < header.length + kLz4BlockHeaderBytes) {
      return false;
    }
    const Lz4BlockHeader block =
        ParseLz4BlockHeader(in.substr(header.length), header);
    if (!block.sound) return false;
    const size_t n = header.length + kLz4BlockHeaderBytes + block.length;
    in = window_.View(at, n);
    if (in.size() < n) return false;
    header_ = header;
    LZ4F_resetDecompressionContext(decoder_.get());
    const size_t before = scratch->size();
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

  const SourceOptions options_;
  std::unique_ptr<LZ4F_dctx, FreeDecoder> decoder_;
  InputWindow window_;
  File* file_ = nullptr;
  uint64_t at_ = 0;
  uint64_t frame_at_ = 0;
  uint64_t made_ = 0;  // decoded bytes of the frame
  Lz4Header header_;
  bool inside_ = false;
  bool over_ = false;  // liblz4 says that the frame is over
};

}  // namespace

std::unique_ptr<CodecStream> NewLz4Stream(const SourceOptions& options) {
  return std::make_unique<Lz4Stream>(options);
}

}  // namespace winnow
