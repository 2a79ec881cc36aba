// SPDX-License-Identifier: Apache-2.0
// gzip from the front (RFC 1952): members one after another, whatever their
// size, and what to do where they are damaged.
//
// A member is first tried in one go; if it is too large, or not sound, zlib
// inflates it in fixed steps from its start, but not over a sound member.
// After damage the search goes on for bytes that look like a header and
// inflate for a while.
#include <libdeflate.h>

#include <algorithm>
#include <memory>

#include "pipeline/read/codec.h"
#include "pipeline/read/gzip_header.h"
#include "pipeline/read/gzip_member.h"
#include "pipeline/read/gzip_overrun.h"
#include "pipeline/read/inflate.h"
#include "pipeline/read/input_window.h"

namespace winnow {
namespace {

// zlib sees input and output in these lengths, counted from the first byte of
// the deflate data, so that its stops do not depend on ours.
constexpr size_t kInStep = size_t{64} << 10;
constexpr size_t kOutStep = size_t{64} << 10;
// What must inflate before a guessed header is believed, and what may be read
// for it.
constexpr size_t kTrialOut = size_t{4} << 10;
constexpr size_t kTrialIn = size_t{16} << 10;
constexpr size_t kSearchStep = size_t{256} << 10;
constexpr size_t kReadAhead = size_t{256} << 10;

uint32_t LittleEndian32(std::string_view bytes) {
  uint32_t value = 0;
  for (unsigned i = 0; i < 4; ++i) {
    value |= uint32_t{static_cast<uint8_t>(bytes[i])} << (8 * i);
  }
  return value;
}

class GzipStream : public CodecStream {
 public:
  explicit GzipStream(const SourceOptions& options)
      : options_(options), member_(options), overrun_(&member_) {}

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
        if (out.decoded->size() + kOutStep > options_.piece_bytes) break;
        if (!Inflate(out)) return Finish(out);
        continue;
      }
      if (at_ >= until) return Step::kBoundary;
      const size_t at_hand = Ahead();
      if (at_hand == 0) {
        if (window_.failed() || End(at_) > at_) {
          GiveUp(at_, at_, ReadReason::kIoError, out);
        }
        return Finish(out);
      }
      using Outcome = GzipMemberDecoder::Outcome;
      GzipMemberDecoder::Result result{Outcome::kTooLarge, 0, 0};
      if (at_ != 0 || !ClaimsGiantMember(file_, member_.most_made())) {
        result = member_.Decode(&window_, at_, at_hand, 0, out.decoded);
      }
      if (result.outcome == Outcome::kFull) break;
      if (result.outcome == Outcome::kSound) {
        out.Data(at_, result.end, result.size, true);
        at_ = result.end;
      } else if (!Begin(result.outcome == Outcome::kBad, out)) {
        return Finish(out);
      }
    }
    return Step::kMore;
  }

 private:
  // How many bytes there are to look at: few only at the end of the file.
  size_t Ahead() {
    const size_t at_hand = window_.View(at_, 1).size();
    if (at_hand >= kReadAhead / 4) return at_hand;
    return window_.View(at_, kReadAhead).size();
  }

  // Takes the header of a member for zlib. False: the file is over.
  bool Begin(bool damaged, const ChunkSink& out) {
    const std::string_view view = window_.View(at_, kGzipHeaderLimit);
    const GzipHeader header = ParseGzipHeader(view);
    member_at_ = at_;
    made_ = 0;
    if (header.state == GzipHeader::State::kShort) {
      return GiveUp(at_, at_, ReadReason::kGzipTruncated, out);
    }
    if (header.state == GzipHeader::State::kBad) {
      return Search(
          at_, at_ + 1,
          at_ == 0 ? ReadReason::kGzipInvalid : ReadReason::kTrailingGarbage,
          out);
    }
    inflate_.Reset();
    next_at_ = GzipOverrun::kNone;
    if (damaged && file_->seekable()) {
      next_at_ = overrun_.Find(&window_, at_, out.decoded->pool());
    }
    crc_ = 0;
    at_ += header.length;
    in_left_ = kInStep;
    inside_ = true;
    return true;
  }

  // One step of output, or the end of the member. False: the file is over.
  bool Inflate(const ChunkSink& out) {
    using State = RawInflate::Step::State;
    const uint64_t begin = made_ == 0 ? member_at_ : at_;
    char* room = out.decoded->Room(kOutStep);
    size_t made = 0;
    State state = State::kMore;
    bool dry = false;
    while (made < kOutStep && state == State::kMore && !dry) {
      const size_t most =
          static_cast<size_t>(std::min<uint64_t>(in_left_, next_at_ - at_));
      const std::string_view in = window_.View(at_, most).substr(0, most);
      const RawInflate::Step step =
          inflate_.Next(in, room + made, kOutStep - made);
      state = step.state;
      made += step.made;
      at_ += step.used;
      dry = state == State::kMore && in.size() < in_left_ &&
            step.used == in.size() && made < kOutStep;
      in_left_ -= step.used;
      if (in_left_ == 0) in_left_ = kInStep;
    }
    if (made != 0) {
      crc_ = libdeflate_crc32(crc_, room, made);
      out.decoded->Commit(made);
      out.Data(begin, at_, made, made_ == 0);
      made_ += made;
    }
    if (state == State::kEnd) return Trailer(out);
    if (state == State::kInvalid) {
      return Search(Unproductive(), at_, ReadReason::kGzipInvalid, out);
    }
    if (dry && at_ == next_at_) {
      inside_ = false;
      out.Lost(Unproductive(), at_, ReadReason::kGzipInvalid);
      return true;
    }
    if (dry) {
      return GiveUp(Unproductive(), at_, ReadReason::kGzipTruncated, out);
    }
    if (made_ > options_.expansion_bytes &&
        made_ / options_.expansion_ratio > at_ - member_at_) {
      return Search(at_, at_, ReadReason::kExpansionLimit, out);
    }
    return true;
  }

  bool Trailer(const ChunkSink& out) {
    inside_ = false;
    const std::string_view view = window_.View(at_, kGzipTrailerBytes);
    if (view.size() < kGzipTrailerBytes) {
      return GiveUp(Unproductive(), at_, ReadReason::kGzipTruncated, out);
    }
    if (LittleEndian32(view) != crc_ ||
        LittleEndian32(view.substr(4)) != static_cast<uint32_t>(made_)) {
      return Search(Unproductive(), at_, ReadReason::kGzipInvalid, out);
    }
    const uint64_t begin = made_ == 0 ? member_at_ : at_;
    at_ += kGzipTrailerBytes;
    out.Data(begin, at_, 0, made_ == 0);
    return true;
  }

  // A member that gave no byte is lost from its header on.
  uint64_t Unproductive() const { return made_ == 0 ? member_at_ : at_; }

  // Counts [lost, next member) and goes on there. False: there is none.
  bool Search(uint64_t lost, uint64_t from, ReadReason reason,
              const ChunkSink& out) {
    inside_ = false;
    // From the header itself it would be found again.
    from = std::max(from, member_at_ + 1);
    for (;;) {
      const std::string_view view = window_.View(from, kSearchStep);
      const bool whole = view.size() < kSearchStep;  // up to the end
      // A header must be seen whole: the last bytes are looked at next time.
      const size_t limit = whole ? view.size() : view.size() - kGzipHeaderLimit;
      const size_t found = FindGzipHeader(view, 0, limit);
      if (found == std::string_view::npos) {
        if (whole) return GiveUp(lost, from, reason, out);
        from += limit;
      } else if (Inflates(from + found)) {
        at_ = from + found;
        // Bytes between two members are damage, not an end.
        out.Lost(lost, at_,
                 reason == ReadReason::kTrailingGarbage
                     ? ReadReason::kGzipInvalid
                     : reason);
        return true;
      } else {
        from += found + 1;
      }
    }
  }

  // True if the data behind a guessed header inflate for kTrialOut bytes, or
  // to their end.
  bool Inflates(uint64_t at) {
    std::string_view view = window_.View(at, kGzipHeaderLimit + kTrialIn);
    const GzipHeader header = ParseGzipHeader(view);
    if (header.state != GzipHeader::State::kSound) return false;
    view = view.substr(header.length, kTrialIn);
    char trial[kTrialOut];
    inflate_.Reset();
    const RawInflate::Step step = inflate_.Next(view, trial, kTrialOut);
    return step.state != RawInflate::Step::State::kInvalid && step.made != 0;
  }

  // [lost, end of file) gives nothing. `from` is how far we have looked.
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
  GzipMemberDecoder member_;
  GzipOverrun overrun_;
  RawInflate inflate_;
  InputWindow window_;
  File* file_ = nullptr;
  uint64_t at_ = 0;
  uint64_t member_at_ = 0;
  uint64_t next_at_ = 0;  // a damaged member goes no further
  uint64_t made_ = 0;     // decoded bytes of the member
  uint32_t crc_ = 0;
  size_t in_left_ = 0;
  bool inside_ = false;
};

}  // namespace

std::unique_ptr<CodecStream> NewGzipStream(const SourceOptions& options) {
  return std::make_unique<GzipStream>(options);
}

}  // namespace winnow
