// SPDX-License-Identifier: Apache-2.0
// A file without codec, from the front: standard input, and what a decoder
// could not read.
#include <algorithm>

#include "pipeline/read/codec.h"

namespace winnow {
namespace {

constexpr size_t kRead = size_t{64} << 10;

class PlainStream : public CodecStream {
 public:
  void Reset(File* file, uint64_t at) override {
    file_ = file;
    at_ = at;
  }

  Step Next(size_t target, uint64_t until, const ChunkSink& out) override {
    for (size_t done = 0; done < target;) {
      if (at_ >= until) return Step::kBoundary;
      char* room = out.decoded->Room(kRead);
      const int64_t got = file_->ReadAt(at_, room, kRead);
      const size_t n = got > 0 ? static_cast<size_t>(got) : 0;
      if (n != 0) {
        out.decoded->Commit(n);
        out.Data(at_, at_ + n, n, false, true);
        at_ += n;
        done += n;
      }
      if (n < kRead) return Finish(got < 0, out);
    }
    return Step::kMore;
  }

  uint64_t position() const override { return at_; }

 private:
  // The end, a read error, or a file that was cut since it was opened.
  Step Finish(bool failed, const ChunkSink& out) {
    const uint64_t size = file_->size();
    const uint64_t end = size == File::kNoSize ? at_ : std::max(size, at_);
    if (failed || at_ < end) out.Lost(at_, end, ReadReason::kIoError);
    at_ = end;
    out.End(end);
    return Step::kEnd;
  }

  File* file_ = nullptr;
  uint64_t at_ = 0;
};

}  // namespace

std::unique_ptr<CodecStream> NewPlainStream(const SourceOptions&) {
  return std::make_unique<PlainStream>();
}

}  // namespace winnow
