// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/record_cut.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>

#include "pipeline/error.h"
#include "pipeline/read/input_list.h"

namespace winnow {
namespace {

// The format is told from so many decoded bytes of a file.
constexpr size_t kHead = size_t{64} << 10;
// Room beyond the largest record for what a splitter needs around it.
constexpr uint64_t kAround = uint64_t{1} << 20;
constexpr uint64_t kNever = std::numeric_limits<uint64_t>::max();

}  // namespace

RecordCut::RecordCut(const std::vector<SourceFile>& files, BufferPool* pool,
                     const ReadOptions& options, uint64_t checkpoint_bytes,
                     CutFunctions functions, const Cursor& start)
    : files_(files),
      pool_(pool),
      options_(options),
      checkpoint_bytes_(checkpoint_bytes),
      most_shown_(static_cast<size_t>(options.max_record_bytes + kAround)),
      functions_(std::move(functions)),
      file_(start.file),
      format_(start.format),
      detected_(start.format != Format::kUnknown),
      given_(start.member_decoded),
      skip_until_(start.decoded_offset),
      cut_(start.decoded_offset),
      total_(start.decoded_total),
      next_mark_(kNever) {
  if (!start.header.empty()) {
    header_ = std::make_shared<const std::string>(start.header);
  }
  if (checkpoint_bytes_ != 0) {
    next_mark_ = (total_ / checkpoint_bytes_ + 1) * checkpoint_bytes_;
  }
}

size_t RecordCut::Announce(const Chunk& chunk) {
  if (chunk.size == 0) return 0;
  plain_ = chunk.plain;
  if (chunk.rows) {
    format_ = Format::kParquet;
    detected_ = true;
  }
  if (chunk.starts_member) members_.Add(given_, chunk.begin);
  size_t skip = 0;
  if (given_ < skip_until_) {
    skip = static_cast<size_t>(
        std::min<uint64_t>(skip_until_ - given_, chunk.size));
  }
  given_ += chunk.size;
  return skip;
}

bool RecordCut::Feed(char* data, size_t size, size_t front, bool end) {
  const size_t carried = carry_end_ - carry_begin_;
  if (size == 0 && (carried == 0 || !end)) return false;
  const size_t spans = out_->spans.size();
  if (carried <= front && size != 0) {
    if (carried != 0) {
      std::memcpy(data - carried, carry_.data() + carry_begin_, carried);
    }
    carry_begin_ = carry_end_ = 0;
    const std::string_view view(data - carried, size + carried);
    AppendToCarry(view.substr(Cut(view, end)));
    return out_->spans.size() != spans;
  }
  AppendToCarry({data, size});
  const std::string_view view(carry_.data() + carry_begin_,
                              carry_end_ - carry_begin_);
  const size_t cut = Cut(view, end);
  carry_begin_ += cut;
  if (out_->spans.size() != spans) {
    out_->buffers.push_back(std::move(carry_));
    carry_begin_ = carry_end_ = 0;
    AppendToCarry(view.substr(cut));
  }
  return false;
}

void RecordCut::AppendToCarry(std::string_view bytes) {
  if (bytes.empty()) return;
  const size_t kept = carry_end_ - carry_begin_;
  const size_t need = kept + bytes.size() + kSpanPadding;
  if (carry_.capacity() < need) {
    // The pool rounds up to a power of two: growth is geometric.
    Buffer grown = pool_->Get(need);
    if (kept != 0) {
      std::memcpy(grown.data(), carry_.data() + carry_begin_, kept);
    }
    carry_ = std::move(grown);
    carry_begin_ = 0;
  } else if (carry_.capacity() < carry_end_ + bytes.size() + kSpanPadding) {
    std::memmove(carry_.data(), carry_.data() + carry_begin_, kept);
    carry_begin_ = 0;
  }
  std::memcpy(carry_.data() + carry_begin_ + kept, bytes.data(), bytes.size());
  carry_end_ = carry_begin_ + kept + bytes.size();
}

// Returns how many bytes of `data` are done with: with `end`, all.
size_t RecordCut::Cut(std::string_view data, bool end) {
  size_t at = 0;
  while (at < data.size()) {
    const std::string_view rest = data.substr(at);
    if (!detected_) {
      if (rest.size() < kHead && !end) break;
      format_ =
          functions_.detect(rest.substr(0, kHead), end && rest.size() <= kHead);
      detected_ = true;
    }
    if (format_ == Format::kUnknown || too_large_) {
      Unreadable(
          too_large_ ? ReadReason::kRecordTooLarge : ReadReason::kUnknownFormat,
          rest.size(), true);
      return data.size();
    }
    if (splitter_ == nullptr) {
      splitter_ = functions_.splitter(format_, options_);
      if (header_ != nullptr) splitter_->Begin(*header_);
    }
    // A longer view is cut off, so that what is too large is told at the same
    // byte whatever the runs.
    const std::string_view shown = rest.substr(0, most_shown_);
    const bool shown_end = end && shown.size() == rest.size();
    if (!shown_end &&
        shown.size() < std::min<uint64_t>(splitter_->wanted(), most_shown_)) {
      break;
    }
    pieces_.clear();
    splitter_->Split(shown, shown_end, &pieces_);
    if (header_ == nullptr && !splitter_->header().empty()) {
      header_ = std::make_shared<const std::string>(splitter_->header());
    }
    const size_t n = Apply(shown);
    at += n;
    if (n == 0 && shown.size() < rest.size()) {
      too_large_ = true;
      FlushUnreadable();
    } else if (n == 0 && shown_end) {
      WINNOW_DCHECK(false);  // the splitter must take all
      Unreadable(ReadReason::kUnknownFormat, rest.size(), false);
      return data.size();
    } else if (!shown_end && shown.size() == rest.size()) {
      break;
    }
  }
  return at;
}

// Takes what the splitter said of the front of `data`; returns its length.
size_t RecordCut::Apply(std::string_view data) {
  size_t at = 0;
  for (const Piece& piece : pieces_) {
    WINNOW_CHECK(piece.length <= data.size() - at);
    const size_t n = static_cast<size_t>(piece.length);
    if (n == 0) continue;
    switch (piece.kind) {
      case Piece::Kind::kRecords:
        Records(data.substr(at, n));
        break;
      case Piece::Kind::kFraming:
        FlushUnreadable();
        out_->framing_bytes += n;
        out_->decoded_bytes += n;
        cut_ += n;
        total_ += n;
        break;
      case Piece::Kind::kUnreadable:
        Unreadable(piece.reason, n, piece.continues);
        break;
    }
    at += n;
  }
  members_.Forget(cut_);
  return at;
}

// Whole records: parted where a mark falls among them.
void RecordCut::Records(std::string_view bytes) {
  FlushUnreadable();
  while (next_mark_ <= total_ + bytes.size()) {
    // The byte that the record must hold; one before us stands for our first.
    const uint64_t at = next_mark_ > total_ ? next_mark_ - 1 - total_ : 0;
    const uint64_t end = splitter_->RecordEnd(bytes, at);
    WINNOW_CHECK(at < end && end <= bytes.size());
    Span(bytes.substr(0, static_cast<size_t>(end)));
    bytes.remove_prefix(static_cast<size_t>(end));
    Mark(Here());
  }
  if (!bytes.empty()) Span(bytes);
}

void RecordCut::Span(std::string_view bytes) {
  RecordSpan span;
  span.file = &files_[file_];
  span.format = format_;
  span.bytes = bytes;
  span.decoded_offset = cut_;
  span.member_offset = cut_;
  span.header = header_;
  if (!plain_) {
    const Member& member = members_.Find(cut_);
    span.member_offset = member.offset;
    span.offset_in_member = cut_ - member.decoded;
  }
  out_->spans.push_back(span);
  out_->places.push_back({out_->unreadable.size(), out_->framing_bytes});
  out_->decoded_bytes += bytes.size();
  cut_ += bytes.size();
  total_ += bytes.size();
}

// What comes in parts is one event: how many parts depends on the runs.
void RecordCut::Unreadable(ReadReason reason, uint64_t bytes, bool continues) {
  if (pending_.bytes == 0 || !continues) {
    FlushUnreadable();
    pending_.reason = reason;
    pending_.file = &files_[file_];
    pending_.decoded_offset = cut_;
  }
  pending_.bytes += bytes;
  cut_ += bytes;
  total_ += bytes;
}

void RecordCut::FlushUnreadable() {
  if (pending_.bytes == 0) return;
  out_->unreadable.push_back(pending_);
  out_->decoded_bytes += pending_.bytes;
  pending_ = {};
}

void RecordCut::Gap(const Chunk& chunk) {
  FlushUnreadable();
  UnreadableSpan span;
  span.reason = chunk.reason;
  span.file = &files_[file_];
  span.decoded_offset = given_;
  span.bytes = chunk.end - chunk.begin;
  span.undecoded = true;
  out_->unreadable.push_back(span);
  lost_ = true;
  Restart();
}

// Nothing before this point is joined with anything behind it.
void RecordCut::Restart() {
  splitter_.reset();
  too_large_ = false;
  if (format_ == Format::kUnknown) detected_ = false;
}

void RecordCut::EndFile() {
  FlushUnreadable();
  if (given_ == 0 && !lost_) {
    UnreadableSpan span;
    span.reason = ReadReason::kEmptyFile;
    span.file = &files_[file_];
    out_->unreadable.push_back(span);
  }
  ++file_;
  format_ = Format::kUnknown;
  plain_ = true;
  lost_ = false;
  members_.Clear();
  header_.reset();
  given_ = 0;
  skip_until_ = 0;
  cut_ = 0;
  Restart();
  if (next_mark_ <= total_) Mark(Here());
}

void RecordCut::Mark(const Cursor& cursor) {
  MarkPoint mark;
  mark.after_span = out_->spans.size();
  mark.after_unreadable = out_->unreadable.size();
  mark.framing_bytes = out_->framing_bytes;
  mark.decoded_bytes = out_->decoded_bytes;
  mark.cursor = cursor;
  out_->marks.push_back(std::move(mark));
  next_mark_ = (total_ / checkpoint_bytes_ + 1) * checkpoint_bytes_;
}

Cursor RecordCut::Here() const {
  Cursor cursor;
  cursor.file = file_;
  if (file_ < files_.size()) cursor.path = FileIdentity(files_[file_]);
  cursor.decoded_offset = cut_;
  cursor.member_offset = cut_;
  cursor.member_decoded = cut_;
  if (!plain_ && cut_ != 0) {
    const Member& member = members_.Find(cut_ - 1);
    cursor.member_offset = member.offset;
    cursor.member_decoded = member.decoded;
  }
  cursor.format = format_;
  cursor.decoded_total = total_;
  if (header_ != nullptr) cursor.header = *header_;
  return cursor;
}

}  // namespace winnow
