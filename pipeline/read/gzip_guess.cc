// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/gzip_guess.h"

#include <algorithm>

#include "pipeline/read/codec.h"
#include "pipeline/read/gzip_header.h"

namespace winnow {
namespace {

// How far behind its end a piece looks for the end of its last member: at
// first, and at most before that member is tried.
constexpr size_t kBehind = size_t{16} << 10;
constexpr size_t kFarBehind = size_t{1} << 20;
// No member is shorter, and its length stands in its last bytes.
constexpr size_t kLeastMember = 18;
constexpr size_t kLengthBytes = 4;
// Wrong guesses after which a piece is left to the serial reader: each may
// cost as much as a large member.
constexpr int kMostWrong = 32;

// What a piece sees of its file. Decoding a member that is cut, or for which
// there is no room, is work lost; both show beforehand where the next member
// begins. A hint: bytes that look like one change the speed and nothing else.
class PieceView {
 public:
  PieceView(InputWindow* window, const RawPiece& piece)
      : window_(window),
        begin_(piece.begin.at),
        length_(static_cast<size_t>(piece.stop - piece.begin.at)) {
    Look();
  }

  std::string_view bytes() const { return view_; }

  // Sees as much of the member at offset `skip` as there may be. Returns what
  // it says it decodes to, or 0.
  uint64_t Approach(size_t skip) {
    size_t from = skip + kLeastMember;
    size_t next = std::string_view::npos;
    for (;;) {
      if (view_.size() > from) next = FindGzipHeader(view_, from, view_.size());
      const bool whole = view_.size() < length_ + behind_;
      if (next != std::string_view::npos || whole || behind_ >= kFarBehind) {
        break;
      }
      // One that begins in the last bytes may have been missed.
      from = std::max(from, view_.size() - std::min(view_.size(), size_t{64}));
      behind_ *= 2;
      Look();
    }
    if (next == std::string_view::npos) return 0;
    const std::string_view claim = view_.substr(next - kLengthBytes);
    uint32_t size = 0;
    for (unsigned i = 0; i < kLengthBytes; ++i) {
      size |= uint32_t{static_cast<uint8_t>(claim[i])} << (8 * i);
    }
    return size;
  }

 private:
  void Look() { view_ = window_->View(begin_, length_ + behind_); }

  InputWindow* const window_;
  const uint64_t begin_;
  const size_t length_;
  size_t behind_ = kBehind;
  std::string_view view_;
};

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
    PieceView view(window, *piece);
    size_t skip = static_cast<size_t>(at - begin);
    if (view.bytes().size() <= skip) break;  // the file was cut
    if (!known) {
      const size_t found = FindGzipHeader(view.bytes(), skip, length);
      if (found == std::string_view::npos) break;
      skip = found;
      at = begin + skip;
    }
    const uint64_t claim = view.Approach(skip);
    const size_t at_hand = view.bytes().size() - skip;
    const auto result =
        decoder->Decode(window, at, at_hand, claim, &piece->decoded);
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
