// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/gzip_member.h"

#include <libdeflate.h>

#include <algorithm>

#include "pipeline/error.h"
#include "pipeline/read/gzip_header.h"

namespace winnow {
namespace {

constexpr size_t kFirstRoom = size_t{64} << 10;
constexpr size_t kProbeSink = size_t{32} << 10;

libdeflate_decompressor* Inflater(void* inflater) {
  return static_cast<libdeflate_decompressor*>(inflater);
}

uint32_t LittleEndian32(std::string_view bytes) {
  uint32_t value = 0;
  for (unsigned i = 0; i < 4; ++i) {
    value |= uint32_t{static_cast<uint8_t>(bytes[i])} << (8 * i);
  }
  return value;
}

}  // namespace

bool ClaimsGiantMember(File* file, uint64_t most) {
  char claim[4];
  if (!file->seekable() || file->size() < sizeof claim) return false;
  const int64_t got =
      file->ReadAt(file->size() - sizeof claim, claim, sizeof claim);
  return got == sizeof claim && LittleEndian32({claim, sizeof claim}) > most;
}

GzipMemberDecoder::GzipMemberDecoder(const SourceOptions& options)
    : most_made_(MostInOneGo(options)),
      most_piece_(options.piece_bytes),
      inflater_(libdeflate_alloc_decompressor(),
                [](void* p) { libdeflate_free_decompressor(Inflater(p)); }),
      sink_(std::make_unique_for_overwrite<char[]>(kProbeSink)) {
  if (inflater_ == nullptr) {
    throw Error(ErrorKind::kMemory, "libdeflate has no memory to work with");
  }
  // Stored blocks cost 5 bytes each 64 KiB; a header is at most 80 KiB.
  long_input_ = most_made_ + most_made_ / 64 + 2 * kGzipHeaderLimit;
  short_input_ = std::min(size_t{1} << 20, long_input_);
}

GzipMemberDecoder::~GzipMemberDecoder() = default;

GzipMemberDecoder::Result GzipMemberDecoder::Decode(InputWindow* in,
                                                    uint64_t at, size_t at_hand,
                                                    uint64_t claim,
                                                    Decoded* out) {
  size_t used = 0;
  size_t made = 0;
  size_t want = std::min(at_hand, short_input_);
  Try answer;
  for (;;) {
    const std::string_view view = in->View(at, want).substr(0, want);
    answer = Attempt(view, want == long_input_, claim, out, &used, &made);
    // Fewer than asked for: the file ends there.
    if (answer != Try::kShort || view.size() < want || want == long_input_) {
      break;
    }
    if (want < short_input_) {
      want = std::min(4 * std::max(want, kFirstRoom), short_input_);
    } else {
      // libdeflate cannot tell damage from input that goes on; zlib can, and
      // saves reading 16 MiB for each damaged member and each wrong guess.
      if (Damaged(view)) break;
      want = long_input_;
    }
  }
  switch (answer) {
    case Try::kSound:
      out->Commit(made);
      last_made_ = made;
      return {Outcome::kSound, at + used, made};
    case Try::kTooLarge:
      return {Outcome::kTooLarge, 0, 0};
    case Try::kFull:
      return {Outcome::kFull, 0, 0};
    default:
      return {Outcome::kBad, 0, 0};
  }
}

// `large`: it is, so that growing by and by would only decode it again.
GzipMemberDecoder::Try GzipMemberDecoder::Attempt(std::string_view in,
                                                  bool large, uint64_t claim,
                                                  Decoded* out, size_t* used,
                                                  size_t* made) {
  const GzipHeader header = ParseGzipHeader(in);
  if (header.state == GzipHeader::State::kBad) return Try::kBad;
  if (header.state == GzipHeader::State::kShort) return Try::kShort;
  const std::string_view body = in.substr(header.length);
  const uint64_t left =
      most_piece_ - std::min<uint64_t>(most_piece_, out->size());
  const size_t most = static_cast<size_t>(std::min(most_made_, left));
  size_t room = large ? most : std::max({kFirstRoom, out->free(), last_made_});
  // Deflate expands no more than this: no claim costs more memory than data.
  constexpr uint64_t kMostRatio = 1032;
  if (claim > room && claim / kMostRatio <= body.size()) {
    room = static_cast<size_t>(std::min<uint64_t>(claim, most));
  }
  for (;;) {
    room = std::min(room, most);
    char* to = out->Room(room);
    size_t read = 0;
    const libdeflate_result result =
        libdeflate_deflate_decompress_ex(Inflater(inflater_.get()), body.data(),
                                         body.size(), to, room, &read, made);
    if (result == LIBDEFLATE_INSUFFICIENT_SPACE) {
      if (room == most) {
        return most == most_made_ ? Try::kTooLarge : Try::kFull;
      }
      room *= 2;
      continue;
    }
    if (result != LIBDEFLATE_SUCCESS) return Try::kShort;
    const std::string_view trailer = body.substr(read);
    if (trailer.size() < kGzipTrailerBytes) return Try::kShort;
    *used = header.length + read + kGzipTrailerBytes;
    const bool sound =
        LittleEndian32(trailer) == libdeflate_crc32(0, to, *made) &&
        LittleEndian32(trailer.substr(4)) == static_cast<uint32_t>(*made);
    return sound ? Try::kSound : Try::kBad;
  }
}

// True if zlib meets an error before the input ends. A member too large to
// decode in one go is none.
bool GzipMemberDecoder::Damaged(std::string_view in) {
  const GzipHeader header = ParseGzipHeader(in);
  if (header.state != GzipHeader::State::kSound) return false;
  in.remove_prefix(header.length);
  probe_.Reset();
  for (uint64_t made = 0; made <= most_made_ && !in.empty();) {
    const RawInflate::Step step = probe_.Next(in, sink_.get(), kProbeSink);
    if (step.state != RawInflate::Step::State::kMore) {
      return step.state == RawInflate::Step::State::kInvalid;
    }
    in.remove_prefix(step.used);
    made += step.made;
  }
  return false;
}

}  // namespace winnow
