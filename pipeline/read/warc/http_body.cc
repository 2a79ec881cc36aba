// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/warc/http_body.h"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>

#include "pipeline/error.h"
#include "pipeline/read/warc/http_fields.h"

namespace winnow {
namespace {

constexpr size_t kMaxSizeLine = 64;
constexpr uint64_t kMaxChunk = uint64_t{1} << 31;
constexpr size_t kStep = size_t{64} << 10;
constexpr int kMaxCodings = 4;

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// The size line at body[*pos]; moves behind it. False if it is none.
bool ReadChunkSize(std::string_view body, size_t* pos, uint64_t* size) {
  const std::string_view window = body.substr(*pos, kMaxSizeLine);
  const size_t feed = window.find('\n');
  if (feed == std::string_view::npos) return false;
  std::string_view line = window.substr(0, feed);
  line = TrimHttpSpace(line.substr(0, line.find(';')));
  if (line.empty()) return false;
  *size = 0;
  for (const char c : line) {
    const int digit = HexDigit(c);
    if (digit < 0) return false;
    *size = *size * 16 + static_cast<uint64_t>(digit);
    if (*size > kMaxChunk) return false;
  }
  *pos += feed + 1;
  return true;
}

// Bytes that nobody would take for compressed data.
bool CouldBeText(std::string_view s) {
  s = s.substr(0, 1024);
  const auto control = std::count_if(s.begin(), s.end(), [](char c) {
    const auto b = static_cast<unsigned char>(c);
    return b < 0x20 && b != '\n' && b != '\r' && b != '\t' && b != '\f' &&
           b != 0x1B;
  });
  return control * 50 <= static_cast<std::ptrdiff_t>(s.size());
}

enum class Inflated { kAll, kPart, kNothing, kTooLarge };

}  // namespace

bool JoinChunks(std::string_view body, std::string* out, bool* mended) {
  out->clear();
  *mended = false;
  size_t pos = 0;
  for (bool first = true; pos < body.size(); first = false) {
    uint64_t size = 0;
    if (!ReadChunkSize(body, &pos, &size)) {
      if (first) return false;
      *mended = true;
      out->append(body.substr(pos));
      return true;
    }
    if (size == 0) return true;  // trailers may follow
    const std::string_view data = body.substr(pos, size);
    out->append(data);
    pos += data.size();
    *mended |= data.size() < size;
    if (body.substr(pos, 2) == "\r\n") {
      pos += 2;
    } else if (body.substr(pos, 1) == "\n") {
      pos += 1;
    }
  }
  return true;
}

struct HttpBodyDecoder::State {
  State() {
    WINNOW_CHECK(inflateInit2(&zlib, 15 + 32) == Z_OK);
    zstd = ZSTD_createDCtx();
    WINNOW_CHECK(zstd != nullptr);
  }
  ~State() {
    inflateEnd(&zlib);
    ZSTD_freeDCtx(zstd);
  }

  Inflated Inflate(std::string_view in, int window_bits, uint64_t max_bytes,
                   std::string* out);
  Inflated InflateZstd(std::string_view in, uint64_t max_bytes,
                       std::string* out);
  Inflated Undo(std::string_view coding, std::string_view in,
                uint64_t max_bytes, std::string* out);

  z_stream zlib{};
  ZSTD_DCtx* zstd = nullptr;
  std::string buffers[2];
};

Inflated HttpBodyDecoder::State::Inflate(std::string_view in, int window_bits,
                                         uint64_t max_bytes, std::string* out) {
  out->clear();
  if (inflateReset2(&zlib, window_bits) != Z_OK) return Inflated::kNothing;
  zlib.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));
  zlib.avail_in = static_cast<uInt>(in.size());
  size_t have = 0;
  for (;;) {
    if (have > max_bytes) return Inflated::kTooLarge;
    out->resize(have + std::max(kStep, have));
    zlib.next_out = reinterpret_cast<Bytef*>(out->data() + have);
    zlib.avail_out = static_cast<uInt>(out->size() - have);
    const int result = inflate(&zlib, Z_NO_FLUSH);
    have = out->size() - zlib.avail_out;
    if (result == Z_OK && (zlib.avail_in > 0 || zlib.avail_out == 0)) continue;
    // Another member may follow.
    const bool ended = result == Z_STREAM_END;
    if (ended && zlib.avail_in > 1 && zlib.next_in[0] == 0x1F &&
        zlib.next_in[1] == 0x8B && inflateReset(&zlib) == Z_OK) {
      continue;
    }
    out->resize(have);
    if (have > max_bytes) return Inflated::kTooLarge;
    if (ended) return Inflated::kAll;
    return have > 0 ? Inflated::kPart : Inflated::kNothing;
  }
}

Inflated HttpBodyDecoder::State::InflateZstd(std::string_view in,
                                             uint64_t max_bytes,
                                             std::string* out) {
  out->clear();
  ZSTD_DCtx_reset(zstd, ZSTD_reset_session_only);
  ZSTD_inBuffer input{in.data(), in.size(), 0};
  size_t have = 0;
  for (;;) {
    if (have > max_bytes) return Inflated::kTooLarge;
    out->resize(have + std::max(kStep, have));
    ZSTD_outBuffer output{out->data(), out->size(), have};
    const size_t result = ZSTD_decompressStream(zstd, &output, &input);
    const bool failed = ZSTD_isError(result) != 0;
    const bool full = output.pos == output.size;
    have = output.pos;
    if (!failed && (input.pos < input.size || full)) continue;
    out->resize(have);
    if (!failed && result == 0) return Inflated::kAll;
    return have > 0 ? Inflated::kPart : Inflated::kNothing;
  }
}

Inflated HttpBodyDecoder::State::Undo(std::string_view coding,
                                      std::string_view in, uint64_t max_bytes,
                                      std::string* out) {
  if (EqualsIgnoreCase(coding, "gzip") || EqualsIgnoreCase(coding, "x-gzip")) {
    return Inflate(in, 15 + 32, max_bytes, out);
  }
  if (EqualsIgnoreCase(coding, "deflate")) {
    const Inflated wrapped = Inflate(in, 15 + 32, max_bytes, out);
    if (wrapped != Inflated::kNothing) return wrapped;
    return Inflate(in, -15, max_bytes, out);
  }
  if (EqualsIgnoreCase(coding, "zstd")) return InflateZstd(in, max_bytes, out);
  return Inflated::kNothing;
}

HttpBodyDecoder::HttpBodyDecoder() : state_(std::make_unique<State>()) {}
HttpBodyDecoder::~HttpBodyDecoder() = default;

ReadReason HttpBodyDecoder::Decode(std::string_view body,
                                   std::string_view transfer_encoding,
                                   std::string_view content_encoding,
                                   uint64_t max_bytes, HttpBody* out) {
  *out = {body, false, {}};
  int next = 0;
  if (EqualsIgnoreCase(TrimHttpSpace(transfer_encoding), "chunked")) {
    bool mended = false;
    if (JoinChunks(body, &state_->buffers[next], &mended)) {
      out->bytes = state_->buffers[next];
      out->decoded = true;
      next = 1;
      if (mended) out->mended = "http.chunks";
    } else if (!body.empty()) {
      out->mended = "http.not_chunked";
    }
  }
  for (int n = 0; !content_encoding.empty() && !out->bytes.empty(); ++n) {
    if (n == kMaxCodings) return ReadReason::kHttpBodyInvalid;
    // The last coding was applied last.
    const size_t comma = content_encoding.rfind(',');
    const std::string_view coding = TrimHttpSpace(
        comma == std::string_view::npos ? content_encoding
                                        : content_encoding.substr(comma + 1));
    content_encoding = comma == std::string_view::npos
                           ? std::string_view()
                           : content_encoding.substr(0, comma);
    if (coding.empty() || EqualsIgnoreCase(coding, "identity") ||
        EqualsIgnoreCase(coding, "none")) {
      continue;
    }
    std::string& buffer = state_->buffers[next];
    const Inflated result =
        state_->Undo(coding, out->bytes, max_bytes, &buffer);
    if (result == Inflated::kTooLarge) return ReadReason::kExpansionLimit;
    if (result == Inflated::kNothing) {
      if (!CouldBeText(out->bytes)) return ReadReason::kHttpBodyInvalid;
      out->mended = "http.not_encoded";
      continue;
    }
    if (result == Inflated::kPart) out->mended = "http.body_cut";
    out->bytes = buffer;
    out->decoded = true;
    next ^= 1;
  }
  return ReadReason::kCount;
}

}  // namespace winnow
