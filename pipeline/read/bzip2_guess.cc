// SPDX-License-Identifier: Apache-2.0
// bzip2 streams of a part of a file: multistream dumps of Wikipedia hold a
// stream for each hundred pages.
#include <algorithm>

#include "pipeline/read/bzip2_stream.h"

namespace winnow {
namespace {

constexpr std::string_view kBlock = "\x31\x41\x59\x26\x53\x59";
constexpr std::string_view kEnd = "\x17\x72\x45\x38\x50\x90";

}  // namespace

size_t FindBzip2Header(std::string_view bytes, size_t from, size_t limit) {
  for (size_t at = bytes.find("BZh", from);
       at != std::string_view::npos && at < limit;
       at = bytes.find("BZh", at + 1)) {
    const std::string_view head = bytes.substr(at, kBzip2HeaderBytes);
    if (head.size() == kBzip2HeaderBytes && head[3] >= '1' && head[3] <= '9' &&
        (head.substr(4) == kBlock || head.substr(4) == kEnd)) {
      return at;
    }
  }
  return std::string_view::npos;
}

void GuessBzip2Streams(CodecStream* stream, InputWindow* window,
                       RawPiece* piece) {
  const ChunkSink sink{piece->begin.file, &piece->decoded, &piece->chunks};
  const size_t most = static_cast<size_t>(piece->context->options.piece_bytes);
  uint64_t at = piece->begin.at;
  if (!piece->exact) {
    const auto length = static_cast<size_t>(piece->stop - at);
    const std::string_view view = window->View(at, length + kBzip2HeaderBytes);
    const size_t found =
        FindBzip2Header(view, 0, std::min(length, view.size()));
    at = found == std::string_view::npos ? piece->stop : at + found;
  }
  if (at < piece->stop) stream->Reset(&piece->file->file, at);
  while (at < piece->stop) {
    const size_t chunks = piece->chunks.size();
    const size_t bytes = piece->decoded.size();
    const auto step = stream->Next(most - std::min(most, bytes), at + 1, sink);
    const bool whole =
        step == CodecStream::Step::kBoundary &&
        std::none_of(
            piece->chunks.begin() + static_cast<std::ptrdiff_t>(chunks),
            piece->chunks.end(),
            [](const Chunk& c) { return c.kind != Chunk::Kind::kData; });
    if (!whole) {
      piece->chunks.resize(chunks);
      piece->decoded.Truncate(bytes);
      return;
    }
    at = stream->position();
  }
  if (piece->last) sink.End(piece->stop);
}

}  // namespace winnow
