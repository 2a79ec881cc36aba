// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/gzip_guess.h"

#include <algorithm>

#include "pipeline/read/codec.h"
#include "pipeline/read/gzip_header.h"

namespace winnow {
namespace {

// How far behind its end a piece looks at first for the end of its last
// member.
constexpr size_t kBehind = size_t{64} << 10;
// Wrong guesses after which a piece is left to the serial reader: each may
// cost as much as a large member.
constexpr int kMostWrong = 32;

}  // namespace

void GuessGzipMembers(GzipMemberDecoder* decoder, InputWindow* window,
                      size_t room, RawPiece* piece) {
  using Outcome = GzipMemberDecoder::Outcome;
  const ChunkSink sink{piece->begin.file, &piece->decoded, &piece->chunks};
  const uint64_t begin = piece->begin.at;
  const size_t length = static_cast<size_t>(piece->stop - begin);
  uint64_t at = begin;
  bool known = piece->exact;
  int wrong = 0;
  // Growing means moving what is there and decoding a member again.
  piece->decoded.Room(room);
  while (at < piece->stop) {
    std::string_view view = window->View(begin, length + kBehind);
    const size_t skip = static_cast<size_t>(at - begin);
    if (view.size() <= skip) break;  // the file was cut
    if (!known) {
      const size_t found = FindGzipHeader(view, skip, length);
      if (found == std::string_view::npos) break;
      at = begin + found;
    }
    const size_t at_hand = view.size() - static_cast<size_t>(at - begin);
    const auto result = decoder->Decode(window, at, at_hand, &piece->decoded);
    if (result.outcome == Outcome::kSound) {
      sink.Data(at, result.end, result.size, true);
      at = result.end;
      known = true;
      continue;
    }
    // Damage, or a giant, if the chain is the true one.
    if (at == begin && piece->exact) return;
    if (result.outcome == Outcome::kFull || ++wrong > kMostWrong) return;
    ++at;
    known = false;
  }
  if (piece->last) sink.End(piece->stop);
}

}  // namespace winnow
