// SPDX-License-Identifier: Apache-2.0
// bzip2 from the front: streams one after another, whatever their size, and
// where they are damaged the next bytes that begin one.
#include "pipeline/read/bzip2_stream.h"

#include <bzlib.h>

#include <algorithm>
#include <memory>

#include "pipeline/error.h"

namespace winnow {
namespace {

// libbz2 sees input and output in these lengths, counted from the stream's
// first byte, so that its stops do not depend on ours.
constexpr size_t kInStep = size_t{64} << 10;
constexpr size_t kOutStep = size_t{64} << 10;
constexpr size_t kSearchStep = size_t{256} << 10;

class Bzip2Stream : public CodecStream {
 public:
  explicit Bzip2Stream(const SourceOptions& options) : options_(options) {}
  ~Bzip2Stream() override { Close(); }
  Bzip2Stream(const Bzip2Stream&) = delete;
  Bzip2Stream& operator=(const Bzip2Stream&) = delete;

  void Reset(File* file, uint64_t at) override {
    Close();
    window_.Reset(file);
    file_ = file;
    at_ = at;
  }

  uint64_t position() const override { return at_; }

  Step Next(size_t target, uint64_t until, const ChunkSink& out) override {
    const size_t before = out.decoded->size();
    bool over = false;
    while (out.decoded->size() - before < target) {
      if (open_) {
        if (out.decoded->size() + kOutStep > options_.piece_bytes) break;
        over = !Decode(out);
      } else {
        if (at_ >= until) return Step::kBoundary;
        over = !Begin(out);
      }
      if (over) {
        out.End(at_);
        return Step::kEnd;
      }
    }
    return Step::kMore;
  }

 private:
  void Close() {
    if (open_) BZ2_bzDecompressEnd(&bz_);
    open_ = false;
  }

  // Takes up the stream at at_. False: the file is over.
  bool Begin(const ChunkSink& out) {
    const std::string_view view = window_.View(at_, kBzip2HeaderBytes);
    stream_at_ = at_;
    made_ = 0;
    if (view.empty()) {
      const uint64_t end = End(at_);
      if (window_.failed() || end > at_) {
        out.Lost(at_, end, ReadReason::kIoError);
        at_ = end;
      }
      return false;
    }
    if (FindBzip2Header(view, 0, 1) != 0) {
      const bool cut = view.size() < kBzip2HeaderBytes &&
                       std::string_view("BZh").starts_with(view.substr(0, 3));
      return Search(at_, at_ + 1,
                    cut        ? ReadReason::kBzip2Truncated
                    : at_ == 0 ? ReadReason::kBzip2Invalid
                               : ReadReason::kTrailingGarbage,
                    out);
    }
    bz_ = {};
    if (BZ2_bzDecompressInit(&bz_, 0, 0) != BZ_OK) {
      throw Error(ErrorKind::kMemory, "bzip2 has no memory to decode with");
    }
    open_ = true;
    in_left_ = kInStep;
    return true;
  }

  // One step of output, or the end of the stream. False: the file is over.
  bool Decode(const ChunkSink& out) {
    const uint64_t begin = made_ == 0 ? stream_at_ : at_;
    char* const room = out.decoded->Room(kOutStep);
    size_t made = 0;
    int state = BZ_OK;
    bool dry = false;
    while (made < kOutStep && state == BZ_OK && !dry) {
      const std::string_view in =
          window_.View(at_, in_left_).substr(0, in_left_);
      bz_.next_in = const_cast<char*>(in.data());
      bz_.avail_in = static_cast<unsigned>(in.size());
      bz_.next_out = room + made;
      bz_.avail_out = static_cast<unsigned>(kOutStep - made);
      state = BZ2_bzDecompress(&bz_);
      const size_t used = in.size() - bz_.avail_in;
      made = kOutStep - bz_.avail_out;
      at_ += used;
      dry = state == BZ_OK && in.size() < in_left_ && bz_.avail_in == 0 &&
            made < kOutStep;
      in_left_ -= used;
      if (in_left_ == 0) in_left_ = kInStep;
    }
    if (made != 0) {
      out.decoded->Commit(made);
      out.Data(begin, at_, made, made_ == 0);
      made_ += made;
    }
    if (state == BZ_STREAM_END) {
      if (made == 0) out.Data(begin, at_, 0, made_ == 0);
      Close();
      return true;
    }
    const uint64_t lost = made_ == 0 ? stream_at_ : at_;
    if (state != BZ_OK) {
      return Search(lost, at_, ReadReason::kBzip2Invalid, out);
    }
    if (dry) return GiveUp(lost, at_, ReadReason::kBzip2Truncated, out);
    if (made_ > options_.expansion_bytes &&
        made_ / options_.expansion_ratio > at_ - stream_at_) {
      return Search(at_, at_, ReadReason::kExpansionLimit, out);
    }
    return true;
  }

  // Counts [lost, next stream) and goes on there. False: there is none.
  bool Search(uint64_t lost, uint64_t from, ReadReason reason,
              const ChunkSink& out) {
    Close();
    // From the header itself it would be found again. `lost` is where the last
    // byte that gave something ends; the window has not slid past it, or the
    // input is a stream and only what follows can be searched.
    from = std::max(file_->seekable() ? lost : from, stream_at_ + 1);
    for (;;) {
      const std::string_view view = window_.View(from, kSearchStep);
      const bool whole = view.size() < kSearchStep;
      // A header must be seen whole: the last bytes are looked at next time.
      const size_t limit =
          whole ? view.size() : view.size() - kBzip2HeaderBytes;
      const size_t found = FindBzip2Header(view, 0, limit);
      if (found != std::string_view::npos) {
        at_ = from + found;
        out.Lost(lost, at_,
                 reason == ReadReason::kTrailingGarbage
                     ? ReadReason::kBzip2Invalid
                     : reason);
        return true;
      }
      from += limit;
      if (whole) return GiveUp(lost, from, reason, out);
    }
  }

  // [lost, end of file) gives nothing. `from` is how far we have looked.
  bool GiveUp(uint64_t lost, uint64_t from, ReadReason reason,
              const ChunkSink& out) {
    Close();
    at_ = End(from);
    out.Lost(lost, at_, window_.failed() ? ReadReason::kIoError : reason);
    return false;
  }

  // Where the file ends: a stream must be read for that.
  uint64_t End(uint64_t from) {
    if (file_->seekable()) return std::max(file_->size(), from);
    for (;;) {
      const size_t n = window_.View(from, kSearchStep).size();
      from += n;
      if (n < kSearchStep) return from;
    }
  }

  const SourceOptions options_;
  InputWindow window_;
  File* file_ = nullptr;
  uint64_t at_ = 0;
  uint64_t stream_at_ = 0;
  uint64_t made_ = 0;  // decoded bytes of the stream
  bz_stream bz_{};
  size_t in_left_ = 0;
  bool open_ = false;
};

}  // namespace

std::unique_ptr<CodecStream> NewBzip2Stream(const SourceOptions& options) {
  return std::make_unique<Bzip2Stream>(options);
}

}  // namespace winnow
