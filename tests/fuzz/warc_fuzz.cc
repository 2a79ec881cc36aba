// SPDX-License-Identifier: Apache-2.0
// Any bytes as a web archive: split into records, records read. The first byte
// chooses the format and how the bytes come in. What must hold: the pieces
// cover the input, the reader accounts for each byte of a record, text is valid
// UTF-8, and how the bytes came in changes nothing.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/read/record.h"
#include "pipeline/text/utf8.h"

namespace winnow {
namespace {

void Require(bool what) {
  if (!what) std::abort();
}

// Adds up and hashes what it is told.
class SummingSink : public ReadSink {
 public:
  Arena& arena() override { return arena_; }
  Document& Add(uint64_t bytes) override {
    Keep();
    Note(1, bytes);
    document_ = {};
    open_ = true;
    return document_;
  }
  void Unreadable(ReadReason reason, uint64_t, uint64_t bytes) override {
    Require(reason < ReadReason::kCount);
    Note(2 + static_cast<uint64_t>(reason), bytes);
  }
  void NonDocument(std::string_view type, uint64_t bytes) override {
    Require(!type.empty());
    Note(100 + type.size(), bytes);
  }
  void Framing(uint64_t bytes) override { accounted += bytes; }
  void Mended(std::string_view what) override { Require(!what.empty()); }
  void Trait(std::string_view kind, std::string_view value) override {
    Require(!kind.empty() && !value.empty());
  }

  void Keep() {
    if (!open_) return;
    open_ = false;
    Require(!document_.text.empty());
    for (const std::string_view s :
         {document_.text, document_.url, document_.host, document_.created,
          document_.metadata}) {
      Require(IsValidUtf8(s));
      hash = hash * 1099511628211U + s.size();
    }
  }

  uint64_t accounted = 0;
  uint64_t hash = 14695981039346656037U;

 private:
  void Note(uint64_t what, uint64_t bytes) {
    accounted += bytes;
    hash = (hash ^ what) * 1099511628211U + bytes;
  }

  Arena arena_;
  Document document_;
  bool open_ = false;
};

uint64_t ReadInSteps(Format format, std::string_view input, size_t step,
                     RecordReader* reader, const ReadOptions& options) {
  const auto splitter = NewSplitter(format, options);
  SummingSink sink;
  std::vector<Piece> pieces;
  size_t taken = 0;
  uint64_t pending = 0;  // bytes of an unreadable record so far
  for (size_t shown = 0; taken < input.size();) {
    const bool grown = shown < input.size();
    shown = std::min(input.size(), shown + step);
    const bool end = shown == input.size();
    const std::string_view view = input.substr(taken, shown - taken);
    if (!end && view.size() < splitter->wanted()) continue;
    pieces.clear();
    splitter->Split(view, end, &pieces);
    size_t at = 0;
    for (const Piece& piece : pieces) {
      Require(piece.length > 0 && piece.length <= view.size() - at);
      const std::string_view bytes = view.substr(at, piece.length);
      at += bytes.size();
      if (piece.kind == Piece::Kind::kUnreadable) {
        sink.accounted += bytes.size();
        pending = (piece.continues ? pending : 0) + bytes.size();
        continue;
      }
      if (pending != 0) sink.hash = sink.hash * 1099511628211U + pending;
      pending = 0;
      if (piece.kind == Piece::Kind::kFraming) {
        sink.accounted += bytes.size();
        continue;
      }
      // A copy of its own size: a sanitizer sees what is read beyond.
      const std::vector<char> copy(bytes.begin(), bytes.end());
      RecordSpan span;
      span.format = format;
      span.bytes = {copy.data(), copy.size()};
      span.decoded_offset = span.member_offset = taken + at - bytes.size();
      const uint64_t before = sink.accounted;
      reader->Read(span, &sink);
      sink.Keep();
      Require(sink.accounted - before == bytes.size());
    }
    taken += at;
    if (end) Require(taken == input.size());
    Require(grown || taken == input.size());
  }
  Require(sink.accounted == input.size());
  return sink.hash * 1099511628211U + pending;
}

}  // namespace
}  // namespace winnow

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using winnow::Format;
  if (size == 0) return 0;
  const auto choice = data[0];
  const std::string_view input(reinterpret_cast<const char*>(data) + 1,
                               size - 1);
  winnow::ReadOptions options;
  options.max_record_bytes = 4096;
  options.check_digests = (choice & 4) != 0;
  options.inventory = (choice & 8) != 0;
  winnow::RecordReader reader(options);
  winnow::DetectFormat(input, true);
  const Format format = (choice & 1) != 0 ? Format::kArc : Format::kWarc;
  const uint64_t whole =
      winnow::ReadInSteps(format, input, size, &reader, options);
  const size_t step = size_t{1} + (choice >> 4) * 7U;
  winnow::Require(winnow::ReadInSteps(format, input, step, &reader, options) ==
                  whole);
  return 0;
}
