// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/read/read_harness.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <algorithm>
#include <memory>

#include "pipeline/text/utf8.h"

namespace winnow::testing {
namespace {

class KeepingSink : public ReadSink {
 public:
  explicit KeepingSink(ReadResult* result) : result_(result) {}
  ~KeepingSink() override { Keep(); }

  Arena& arena() override { return arena_; }
  Document& Add(uint64_t record_bytes) override {
    Keep();
    document_ = {};
    document_bytes_ = record_bytes;
    result_->accounted += record_bytes;
    open_ = true;
    return document_;
  }
  void Unreadable(ReadReason reason, uint64_t offset, uint64_t bytes) override {
    result_->unreadable.push_back({reason, offset, bytes});
    result_->accounted += bytes;
  }
  void NonDocument(std::string_view type, uint64_t bytes) override {
    ++result_->non_documents[std::string(type)];
    result_->accounted += bytes;
  }
  void Framing(uint64_t bytes) override {
    result_->framing += bytes;
    result_->accounted += bytes;
  }
  void Mended(std::string_view what) override {
    ++result_->mended[std::string(what)];
  }

  void Keep() {
    if (!open_) return;
    open_ = false;
    const Document& d = document_;
    EXPECT_TRUE(IsValidUtf8(d.text));
    EXPECT_FALSE(d.text.empty());
    for (const std::string_view s : {d.native_id, d.url, d.host, d.added,
                                     d.created, d.metadata, d.extra}) {
      EXPECT_TRUE(IsValidUtf8(s)) << s;
    }
    ReadDocument kept;
    kept.text = d.text;
    kept.id = d.native_id;
    kept.url = d.url;
    kept.host = d.host;
    kept.added = d.added;
    kept.created = d.created;
    kept.metadata = d.metadata;
    kept.extra = d.extra;
    kept.offset = d.offset;
    kept.inner_offset = d.inner_offset;
    kept.bytes = document_bytes_;
    kept.audio_ms = d.audio_ms;
    kept.speech_ms = d.speech_ms;
    result_->documents.push_back(std::move(kept));
  }

 private:
  ReadResult* result_;
  Arena arena_;
  Document document_;
  uint64_t document_bytes_ = 0;
  bool open_ = false;
};

// Feeds a splitter and hands records to a reader.
class Driver {
 public:
  Driver(const ReadRun& run, Format format, ReadResult* result)
      : format_(format),
        splitter_(NewSplitter(format, run.options)),
        reader_(run.options),
        result_(result) {}

  // Returns how many bytes of `data` were taken.
  size_t Split(std::string_view data, bool end) {
    pieces_.clear();
    splitter_->Split(data, end, &pieces_);
    if (header_ == nullptr && !splitter_->header().empty()) {
      header_ = std::make_shared<const std::string>(splitter_->header());
    }
    size_t at = 0;
    for (const Piece& piece : pieces_) {
      EXPECT_GT(piece.length, 0U);
      EXPECT_LE(piece.length, data.size() - at);
      Take(piece, data.substr(at, piece.length));
      at += piece.length;
    }
    return at;
  }
  uint64_t wanted() const { return splitter_->wanted(); }

 private:
  void Take(const Piece& piece, std::string_view bytes) {
    switch (piece.kind) {
      case Piece::Kind::kFraming:
        result_->framing += bytes.size();
        result_->accounted += bytes.size();
        break;
      case Piece::Kind::kUnreadable:
        result_->accounted += bytes.size();
        if (piece.continues) {
          ASSERT_FALSE(result_->unreadable.empty());
          EXPECT_EQ(result_->unreadable.back().reason, piece.reason);
          result_->unreadable.back().bytes += bytes.size();
        } else {
          result_->unreadable.push_back({piece.reason, offset_, bytes.size()});
        }
        break;
      case Piece::Kind::kRecords: {
        // A copy of its own size, so that a sanitizer sees reading beyond.
        const auto copy = std::make_unique<char[]>(bytes.size());
        std::copy(bytes.begin(), bytes.end(), copy.get());
        RecordSpan span;
        span.format = format_;
        span.bytes = {copy.get(), bytes.size()};
        span.decoded_offset = span.member_offset = offset_;
        span.header = header_;
        const uint64_t before = result_->accounted;
        {
          KeepingSink sink(result_);
          reader_.Read(span, &sink);
        }
        EXPECT_EQ(result_->accounted - before, bytes.size());
        break;
      }
    }
    offset_ += bytes.size();
  }

  const Format format_;
  std::unique_ptr<RecordSplitter> splitter_;
  std::shared_ptr<const std::string> header_;
  RecordReader reader_;
  ReadResult* const result_;
  std::vector<Piece> pieces_;
  uint64_t offset_ = 0;
};

}  // namespace

int ReadResult::Count(ReadReason reason) const {
  return static_cast<int>(std::count_if(
      unreadable.begin(), unreadable.end(),
      [&](const ReadUnreadable& u) { return u.reason == reason; }));
}

ReadResult ReadBytes(std::string_view bytes, const ReadRun& run) {
  constexpr size_t kHead = size_t{64} << 10;
  ReadResult result;
  result.format = run.format.value_or(DetectFormatFor(
      run.options.text_field, bytes.substr(0, kHead), bytes.size() <= kHead));
  Driver driver(run, result.format, &result);
  std::string carry;
  for (size_t at = 0; at < bytes.size();) {
    const std::string_view chunk = bytes.substr(at, run.chunk);
    at += chunk.size();
    carry.append(chunk);
    const bool end = at == bytes.size();
    if (!end && carry.size() < driver.wanted()) continue;
    carry.erase(0, driver.Split(carry, end));
    result.most_carried = std::max<uint64_t>(result.most_carried, carry.size());
    if (end) {
      EXPECT_EQ(carry.size(), 0U) << "bytes left at the end";
    }
  }
  EXPECT_EQ(result.accounted, bytes.size());
  return result;
}

std::string Gunzip(std::string_view bytes) {
  if (!bytes.starts_with("\x1F\x8B")) return std::string(bytes);
  std::string out;
  z_stream z{};
  if (inflateInit2(&z, 15 + 16) != Z_OK) return out;
  std::string in(bytes);
  z.next_in = reinterpret_cast<Bytef*>(in.data());
  z.avail_in = static_cast<uInt>(in.size());
  char buffer[1 << 14];
  for (;;) {
    z.next_out = reinterpret_cast<Bytef*>(buffer);
    z.avail_out = sizeof buffer;
    const int result = inflate(&z, Z_NO_FLUSH);
    out.append(buffer, sizeof buffer - z.avail_out);
    if (result == Z_STREAM_END && z.avail_in > 0) {
      inflateReset(&z);
    } else if (result != Z_OK) {
      break;
    }
  }
  inflateEnd(&z);
  return out;
}

}  // namespace winnow::testing
