// SPDX-License-Identifier: Apache-2.0
// Cuts WARC files by their Content-Length, and mistrusts it: behind a block
// there must be a blank line, another record, or the end. Where there is not,
// a record that begins inside the block ends it (it was cut short); else the
// length was too small and the bytes up to the next `WARC/` line are lost.
// Source of the rule: warcio's archive iterator, extended by the look inside.
#include <algorithm>

#include "pipeline/read/splitters.h"
#include "pipeline/read/warc/warc_header.h"

namespace winnow {
namespace {

constexpr std::string_view kMagic = "WARC/";
// What may be the beginning of "\nWARC/1" at the end of the bytes shown.
constexpr size_t kLineMagic = 7;

enum class Seam { kSound, kBroken, kMoreNeeded };

class WarcSplitter : public RecordSplitter {
 public:
  explicit WarcSplitter(uint64_t max_record_bytes)
      : max_bytes_(max_record_bytes) {}

  void Split(std::string_view data, bool end,
             std::vector<Piece>* pieces) override {
    pieces_ = pieces;
    wanted_ = 0;
    while (!data.empty()) {
      const uint64_t took = Take(data, end);
      if (took == 0) return;
      data.remove_prefix(took);
    }
  }

  uint64_t wanted() const override { return wanted_; }

 private:
  uint64_t Take(std::string_view data, bool end) {
    if (to_pass_ > 0) {
      const uint64_t n = std::min<uint64_t>(to_pass_, data.size());
      to_pass_ -= n;
      return Unreadable(n, ReadReason::kRecordTooLarge, /*continues=*/true);
    }
    if (lost_ != ReadReason::kCount) return Resync(data, end);
    const size_t blank = data.find_first_not_of("\r\n");
    if (blank != 0) {
      const uint64_t n = std::min<uint64_t>(blank, data.size());
      pieces_->push_back({n, Piece::Kind::kFraming});
      return n;
    }
    if (data.substr(0, kMagic.size()) == kMagic) return Record(data, end);
    if (!end && kMagic.substr(0, data.size()) == data) return 0;
    lost_ = ReadReason::kWarcResync;
    return Resync(data, end);
  }

  uint64_t Unreadable(uint64_t length, ReadReason reason,
                      bool continues = false) {
    pieces_->push_back({length, Piece::Kind::kUnreadable, reason, continues});
    return length;
  }

  // Passes over bytes up to the next line that begins a record.
  uint64_t Resync(std::string_view data, bool end) {
    uint64_t length = FindWarcLine(data, 0);
    const bool found = length != std::string_view::npos;
    if (!found) {
      if (!end && data.size() < kLineMagic) return 0;
      length = end ? data.size() : data.size() - kLineMagic + 1;
    }
    Unreadable(length, lost_, lost_begun_);
    lost_begun_ = true;
    if (found) {
      lost_ = ReadReason::kCount;
      lost_begun_ = false;
    }
    return length;
  }

  uint64_t Record(std::string_view data, bool end) {
    const WarcFrame frame = ScanWarcFrame(data);
    switch (frame.status) {
      case WarcFrame::Status::kIncomplete:
        wanted_ = data.size() + 1;
        return end ? Unreadable(data.size(), ReadReason::kWarcTruncated) : 0;
      case WarcFrame::Status::kCut:
        return Unreadable(frame.length, ReadReason::kWarcTruncated);
      case WarcFrame::Status::kTooLong:
        lost_ = ReadReason::kWarcInvalid;
        return Resync(data, end);
      case WarcFrame::Status::kOk:
        break;
    }
    // Without a sound length the record is its header, for the reader to
    // judge, and the block is lost.
    const uint64_t block =
        static_cast<uint64_t>(std::max<int64_t>(frame.block_length, 0));
    const uint64_t total = frame.length + block;
    if (total > max_bytes_) {
      const uint64_t n = std::min<uint64_t>(total, data.size());
      to_pass_ = total - n;
      return Unreadable(n, ReadReason::kRecordTooLarge);
    }
    const Seam seam = SeamAt(data, total, end);
    if (seam == Seam::kSound) return Whole(total);
    if (seam == Seam::kMoreNeeded && !end) {
      wanted_ = total + kMagic.size();
      return 0;
    }
    const size_t next = FindWarcLine(data.substr(0, total), frame.length - 1);
    if (next != std::string_view::npos) {
      return Unreadable(next, ReadReason::kWarcTruncated);
    }
    if (seam == Seam::kMoreNeeded) {
      return Unreadable(data.size(), ReadReason::kWarcTruncated);
    }
    lost_ = ReadReason::kWarcResync;
    return Whole(total);
  }

  uint64_t Whole(uint64_t length) {
    pieces_->push_back({length, Piece::Kind::kRecords});
    return length;
  }

  static Seam SeamAt(std::string_view data, uint64_t at, bool end) {
    if (at > data.size()) return Seam::kMoreNeeded;
    const std::string_view rest = data.substr(at, kMagic.size());
    if (end && (rest.empty() || rest == "\r")) return Seam::kSound;
    if (rest == kMagic || rest.substr(0, 1) == "\n" ||
        rest.substr(0, 2) == "\r\n") {
      return Seam::kSound;
    }
    if (end) return Seam::kBroken;
    const bool open = rest == "\r" || kMagic.substr(0, rest.size()) == rest;
    return open ? Seam::kMoreNeeded : Seam::kBroken;
  }

  const uint64_t max_bytes_;
  std::vector<Piece>* pieces_ = nullptr;
  uint64_t wanted_ = 0;
  uint64_t to_pass_ = 0;                  // rest of a record too large
  ReadReason lost_ = ReadReason::kCount;  // why the next record is looked for
  bool lost_begun_ = false;
};

}  // namespace

std::unique_ptr<RecordSplitter> NewWarcSplitter(uint64_t max_record_bytes) {
  return std::make_unique<WarcSplitter>(max_record_bytes);
}

}  // namespace winnow
