// SPDX-License-Identifier: Apache-2.0
// From files to record spans on one thread, beside the codec alone on the same
// bytes: what reading costs on top. Bytes are decoded bytes. Real text: the
// HTML of Debian's installation guide, one gzip member a page as in a WARC,
// one zstd frame for each 4 MiB as we write them.
#include <benchmark/benchmark.h>
#include <libdeflate.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "pipeline/read/cut.h"
#include "pipeline/read/decode.h"
#include "pipeline/read/input_list.h"
#include "pipeline/read/source.h"

namespace winnow {
namespace {

namespace fs = std::filesystem;

constexpr size_t kLeastBytes = size_t{48} << 20;
constexpr size_t kFrameBytes = size_t{4} << 20;

std::vector<std::string> LoadPages() {
  std::vector<std::string> pages;
  size_t sum = 0;
  const fs::path root = "/usr/share/doc/installation-guide-amd64";
  std::error_code error;
  for (const auto& entry : fs::recursive_directory_iterator(root, error)) {
    const fs::path& path = entry.path();
    if (!entry.is_regular_file() || path.extension() != ".html") continue;
    std::ifstream in(path, std::ios::binary);
    pages.emplace_back(std::istreambuf_iterator<char>(in),
                       std::istreambuf_iterator<char>());
    pages.back() += '\n';
    sum += pages.back().size();
  }
  std::sort(pages.begin(), pages.end());
  if (pages.empty()) {  // without the package: something that compresses
    for (int i = 0; i < 2000; ++i) {
      pages.push_back("<p>page " + std::to_string(i * 7919) + "</p>\n");
      sum += pages.back().size();
    }
  }
  // Again, until it is large enough to forget the caches.
  const size_t once = pages.size();
  for (size_t i = 0; sum < kLeastBytes; ++i) {
    sum += pages[i % once].size();
    pages.push_back(pages[i % once]);
  }
  return pages;
}

// The files of all benchmarks, removed at exit.
struct Corpus {
  Corpus() {
    folder = fs::temp_directory_path() /
             ("winnow_decode_bench_" + std::to_string(getpid()));
    fs::create_directories(folder / "small");
    std::string text;
    std::string members;
    for (const std::string& page : LoadPages()) {
      text += page;
      members += Gzip(page);
      sizes.push_back(page.size());
    }
    decoded = text.size();
    std::string frames;
    for (size_t at = 0; at < text.size(); at += kFrameBytes) {
      frames += Zstd(text.substr(at, kFrameBytes));
    }
    Write("plain", text);
    Write("members.gz", members);
    Write("one.gz", Gzip(text));
    Write("frames.zst", frames);
    Write("one.zst", Zstd(text));
    size_t at = 0;
    for (size_t i = 0; i < sizes.size(); ++i) {
      Write("small/" + std::to_string(i), text.substr(at, sizes[i]));
      at += sizes[i];
    }
  }
  ~Corpus() {
    std::error_code ignored;
    fs::remove_all(folder, ignored);
  }

  static std::string Gzip(const std::string& bytes) {
    libdeflate_compressor* packer = libdeflate_alloc_compressor(6);
    std::string out(libdeflate_gzip_compress_bound(packer, bytes.size()), '\0');
    out.resize(libdeflate_gzip_compress(packer, bytes.data(), bytes.size(),
                                        out.data(), out.size()));
    libdeflate_free_compressor(packer);
    return out;
  }
  static std::string Zstd(const std::string& bytes) {
    std::string out(ZSTD_compressBound(bytes.size()), '\0');
    out.resize(
        ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), 3));
    return out;
  }
  void Write(const std::string& name, const std::string& bytes) const {
    std::ofstream out(folder / name, std::ios::binary);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  }
  std::string Load(const std::string& name) const {
    std::ifstream in(folder / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in),
            std::istreambuf_iterator<char>()};
  }

  fs::path folder;
  std::vector<size_t> sizes;  // of the pages
  size_t decoded = 0;
};

const Corpus& TheCorpus() {
  static const Corpus corpus;
  return corpus;
}

void SetDecoded(benchmark::State& state) {
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations()) *
                          static_cast<int64_t>(TheCorpus().decoded));
}

// Lines, as many as there are: the least that a splitter can do.
class Lines : public RecordSplitter {
 public:
  void Split(std::string_view data, bool end,
             std::vector<Piece>* pieces) override {
    const size_t last = end ? data.size() - 1 : data.rfind('\n');
    if (last == std::string_view::npos) return;
    pieces->push_back({last + 1, Piece::Kind::kRecords});
  }
};

void BM_Decode(benchmark::State& state, const std::string& name) {
  const auto files =
      BuildInputList({(TheCorpus().folder / name).string()}).files;
  const CutFunctions functions = {
      [](std::string_view, bool) { return Format::kJsonl; },
      [](Format, const ReadOptions&) { return std::make_unique<Lines>(); }};
  PieceDecoder decoder;
  RawPiece piece;
  CutBatch batch;
  for (auto _ : state) {
    Source source(files);
    Cutter cutter(&source, {}, uint64_t{256} << 20, functions);
    uint64_t decoded = 0;
    while (source.Next(&piece)) {
      decoder.Decode(&piece);
      cutter.Cut(&piece, &batch);
      decoded += batch.decoded_bytes;
      batch.Clear();
    }
    if (decoded != TheCorpus().decoded)
      state.SkipWithError("bytes are missing");
  }
  SetDecoded(state);
}
BENCHMARK_CAPTURE(BM_Decode, plain, "plain");
BENCHMARK_CAPTURE(BM_Decode, small_files, "small");
BENCHMARK_CAPTURE(BM_Decode, gzip_members, "members.gz");
BENCHMARK_CAPTURE(BM_Decode, gzip_one_member, "one.gz");
BENCHMARK_CAPTURE(BM_Decode, zstd_frames, "frames.zst");
BENCHMARK_CAPTURE(BM_Decode, zstd_one_frame, "one.zst");

// The ceilings: the codec alone, from memory to one buffer.
void BM_Codec_Libdeflate(benchmark::State& state) {
  const std::string bytes = TheCorpus().Load("members.gz");
  std::string out(kFrameBytes, '\0');
  libdeflate_decompressor* unpacker = libdeflate_alloc_decompressor();
  for (auto _ : state) {
    for (size_t at = 0; at < bytes.size();) {
      size_t used = 0;
      size_t made = 0;
      libdeflate_gzip_decompress_ex(unpacker, bytes.data() + at,
                                    bytes.size() - at, out.data(), out.size(),
                                    &used, &made);
      at += used;
    }
  }
  libdeflate_free_decompressor(unpacker);
  SetDecoded(state);
}
BENCHMARK(BM_Codec_Libdeflate);

void BM_Codec_Zlib(benchmark::State& state) {
  const std::string bytes = TheCorpus().Load("one.gz");
  std::string out(size_t{64} << 10, '\0');
  for (auto _ : state) {
    z_stream z{};
    if (inflateInit2(&z, 15 + 16) != Z_OK) break;
    std::string in = bytes;
    z.next_in = reinterpret_cast<Bytef*>(in.data());
    z.avail_in = static_cast<uInt>(in.size());
    int code = Z_OK;
    while (code == Z_OK) {
      z.next_out = reinterpret_cast<Bytef*>(out.data());
      z.avail_out = static_cast<uInt>(out.size());
      code = inflate(&z, Z_NO_FLUSH);
    }
    inflateEnd(&z);
  }
  SetDecoded(state);
}
BENCHMARK(BM_Codec_Zlib);

void BM_Codec_Zstd(benchmark::State& state, const std::string& name) {
  const std::string bytes = TheCorpus().Load(name);
  std::string out(ZSTD_DStreamOutSize(), '\0');
  ZSTD_DCtx* context = ZSTD_createDCtx();
  for (auto _ : state) {
    ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
    while (in.pos < in.size) {
      ZSTD_outBuffer made{out.data(), out.size(), 0};
      benchmark::DoNotOptimize(ZSTD_decompressStream(context, &made, &in));
    }
  }
  ZSTD_freeDCtx(context);
  SetDecoded(state);
}
BENCHMARK_CAPTURE(BM_Codec_Zstd, stream, "one.zst");

void BM_Codec_ZstdFrames(benchmark::State& state) {
  const std::string bytes = TheCorpus().Load("frames.zst");
  std::string out(kFrameBytes, '\0');
  ZSTD_DCtx* context = ZSTD_createDCtx();
  for (auto _ : state) {
    for (size_t at = 0; at < bytes.size();) {
      const size_t n =
          ZSTD_findFrameCompressedSize(bytes.data() + at, bytes.size() - at);
      benchmark::DoNotOptimize(ZSTD_decompressDCtx(
          context, out.data(), out.size(), bytes.data() + at, n));
      at += n;
    }
  }
  ZSTD_freeDCtx(context);
  SetDecoded(state);
}
BENCHMARK(BM_Codec_ZstdFrames);

void BM_Codec_Read(benchmark::State& state) {
  const auto files =
      BuildInputList({(TheCorpus().folder / "plain").string()}).files;
  std::string out(size_t{1} << 20, '\0');
  for (auto _ : state) {
    File file;
    if (!file.Open(files[0].os_path)) break;
    for (uint64_t at = 0; at < file.size(); at += out.size()) {
      benchmark::DoNotOptimize(file.ReadAt(at, out.data(), out.size()));
    }
  }
  SetDecoded(state);
}
BENCHMARK(BM_Codec_Read);

}  // namespace
}  // namespace winnow
