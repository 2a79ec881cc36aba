// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/warc/http_coding.h"

#include <brotli/decode.h>
#include <libdeflate.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>

#include "pipeline/error.h"
#include "pipeline/read/warc/http_fields.h"

namespace winnow {
namespace {

constexpr size_t kStep = size_t{64} << 10;
constexpr std::string_view kGzipMagic = "\x1f\x8b";
// Header and trailer of a gzip member; deflate expands no more than this.
constexpr size_t kLeastGzip = 18;
constexpr uint64_t kMostDeflate = 1032;

uint32_t LittleEndian32(std::string_view bytes) {
  uint32_t value = 0;
  for (unsigned i = 0; i < 4; ++i) {
    value |= uint32_t{static_cast<uint8_t>(bytes[i])} << (8 * i);
  }
  return value;
}

// Makes room for a step more behind `have` bytes.
void Grow(size_t have, std::string* out) {
  out->resize(have + std::max(kStep, have));
}

Undone Partly(size_t have) {
  return have > 0 ? Undone::kPart : Undone::kNothing;
}

}  // namespace

bool IsNoCoding(std::string_view coding) {
  return coding.empty() || EqualsIgnoreCase(coding, "identity") ||
         EqualsIgnoreCase(coding, "none");
}

bool CouldBeText(std::string_view bytes) {
  bytes = bytes.substr(0, 1024);
  const auto control = std::count_if(bytes.begin(), bytes.end(), [](char c) {
    const auto b = static_cast<unsigned char>(c);
    return b < 0x20 && b != '\n' && b != '\r' && b != '\t' && b != '\f' &&
           b != 0x1B;
  });
  return control * 50 <= static_cast<std::ptrdiff_t>(bytes.size());
}

struct HttpCoding::State {
  State() {
    WINNOW_CHECK(inflateInit2(&zlib, 15 + 32) == Z_OK);
    zstd = ZSTD_createDCtx();
    whole = libdeflate_alloc_decompressor();
    WINNOW_CHECK(zstd != nullptr && whole != nullptr);
  }
  ~State() {
    inflateEnd(&zlib);
    ZSTD_freeDCtx(zstd);
    libdeflate_free_decompressor(whole);
  }

  bool Whole(std::string_view in, uint64_t max_bytes, std::string* out);
  Undone Inflate(std::string_view in, int window_bits, uint64_t max_bytes,
                 std::string* out);
  Undone Zstd(std::string_view in, uint64_t max_bytes, std::string* out);
  static Undone Brotli(std::string_view in, uint64_t max_bytes,
                       std::string* out);
  Undone Undo(std::string_view coding, std::string_view in, uint64_t max_bytes,
              std::string* out);

  z_stream zlib{};
  ZSTD_DCtx* zstd = nullptr;
  libdeflate_decompressor* whole = nullptr;
};

// One sound gzip member in one go, three times as fast as zlib. False: the slow
// door says what is wrong.
bool HttpCoding::State::Whole(std::string_view in, uint64_t max_bytes,
                              std::string* out) {
  if (in.size() < kLeastGzip || !in.starts_with(kGzipMagic)) return false;
  const uint64_t claimed = LittleEndian32(in.substr(in.size() - 4));
  if (claimed > max_bytes || claimed > kMostDeflate * in.size()) return false;
  out->resize(static_cast<size_t>(claimed));
  size_t used = 0;
  size_t made = 0;
  return libdeflate_gzip_decompress_ex(whole, in.data(), in.size(), out->data(),
                                       out->size(), &used,
                                       &made) == LIBDEFLATE_SUCCESS &&
         used == in.size() && made == out->size();
}

Undone HttpCoding::State::Inflate(std::string_view in, int window_bits,
                                  uint64_t max_bytes, std::string* out) {
  out->clear();
  if (inflateReset2(&zlib, window_bits) != Z_OK) return Undone::kNothing;
  zlib.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));
  zlib.avail_in = static_cast<uInt>(in.size());
  size_t have = 0;
  for (;;) {
    if (have > max_bytes) return Undone::kTooLarge;
    Grow(have, out);
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
    if (have > max_bytes) return Undone::kTooLarge;
    return ended ? Undone::kAll : Partly(have);
  }
}

Undone HttpCoding::State::Zstd(std::string_view in, uint64_t max_bytes,
                               std::string* out) {
  out->clear();
  ZSTD_DCtx_reset(zstd, ZSTD_reset_session_only);
  ZSTD_inBuffer input{in.data(), in.size(), 0};
  size_t have = 0;
  for (;;) {
    if (have > max_bytes) return Undone::kTooLarge;
    Grow(have, out);
    ZSTD_outBuffer output{out->data(), out->size(), have};
    const size_t result = ZSTD_decompressStream(zstd, &output, &input);
    const bool failed = ZSTD_isError(result) != 0;
    const bool full = output.pos == output.size;
    have = output.pos;
    if (!failed && (input.pos < input.size || full)) continue;
    out->resize(have);
    if (have > max_bytes) return Undone::kTooLarge;
    return !failed && result == 0 ? Undone::kAll : Partly(have);
  }
}

Undone HttpCoding::State::Brotli(std::string_view in, uint64_t max_bytes,
                                 std::string* out) {
  out->clear();
  const std::unique_ptr<BrotliDecoderState,
                        decltype(&BrotliDecoderDestroyInstance)>
      brotli(BrotliDecoderCreateInstance(nullptr, nullptr, nullptr),
             BrotliDecoderDestroyInstance);
  if (brotli == nullptr) {
    throw Error(ErrorKind::kMemory, "brotli has no memory to decode with");
  }
  const auto* next_in = reinterpret_cast<const uint8_t*>(in.data());
  size_t in_left = in.size();
  size_t have = 0;
  for (;;) {
    if (have > max_bytes) return Undone::kTooLarge;
    Grow(have, out);
    auto* next_out = reinterpret_cast<uint8_t*>(out->data() + have);
    size_t out_left = out->size() - have;
    const BrotliDecoderResult result = BrotliDecoderDecompressStream(
        brotli.get(), &in_left, &next_in, &out_left, &next_out, nullptr);
    have = out->size() - out_left;
    if (result == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT) continue;
    out->resize(have);
    if (have > max_bytes) return Undone::kTooLarge;
    // It has no magic: text may happen to begin like a stream that ends soon.
    const bool ended = result == BROTLI_DECODER_RESULT_SUCCESS && in_left == 0;
    return ended ? Undone::kAll : Partly(have);
  }
}

Undone HttpCoding::State::Undo(std::string_view coding, std::string_view in,
                               uint64_t max_bytes, std::string* out) {
  const bool gzip =
      EqualsIgnoreCase(coding, "gzip") || EqualsIgnoreCase(coding, "x-gzip");
  if (gzip || EqualsIgnoreCase(coding, "deflate")) {
    if (Whole(in, max_bytes, out)) return Undone::kAll;
    const Undone framed = Inflate(in, 15 + 32, max_bytes, out);
    if (gzip || framed != Undone::kNothing) return framed;
    return Inflate(in, -15, max_bytes, out);
  }
  if (EqualsIgnoreCase(coding, "br")) return Brotli(in, max_bytes, out);
  if (EqualsIgnoreCase(coding, "zstd")) return Zstd(in, max_bytes, out);
  return Undone::kUnknown;
}

HttpCoding::HttpCoding() : state_(std::make_unique<State>()) {}
HttpCoding::~HttpCoding() = default;

Undone HttpCoding::Undo(std::string_view coding, std::string_view in,
                        uint64_t max_bytes, std::string* out) {
  const Undone undone = state_->Undo(coding, in, max_bytes, out);
  return undone == Undone::kPart && CouldBeText(in) ? Undone::kNothing : undone;
}

}  // namespace winnow
