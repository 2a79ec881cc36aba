// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/warc/archive_splitter.h"

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

namespace winnow {
namespace {

// How far behind a record the splitter likes to see.
constexpr uint64_t kBehind = 5;

enum class Seam { kSound, kBroken, kMoreNeeded };

class ArchiveSplitter : public RecordSplitter {
 public:
  ArchiveSplitter(std::unique_ptr<ArchiveGrammar> grammar,
                  uint64_t max_record_bytes)
      : grammar_(std::move(grammar)), max_bytes_(max_record_bytes) {}

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
    switch (grammar_->StartsRecord(data, end)) {
      case ArchiveGrammar::Start::kYes:
        return Record(data, end);
      case ArchiveGrammar::Start::kMoreNeeded:
        wanted_ = data.size() + 1;
        return 0;
      case ArchiveGrammar::Start::kNo:
        break;
    }
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
    uint64_t length = grammar_->FindRecord(data, 0);
    const bool found = length != std::string_view::npos;
    if (!found) {
      length = end ? data.size() : grammar_->Hopeless(data);
      if (length == 0) {
        wanted_ = data.size() + 1;
        return 0;
      }
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
    const ArchiveFrame frame = grammar_->Scan(data);
    switch (frame.status) {
      case ArchiveFrame::Status::kIncomplete:
        wanted_ = data.size() + 1;
        return end ? Unreadable(data.size(), ReadReason::kWarcTruncated) : 0;
      case ArchiveFrame::Status::kCut:
        return Unreadable(frame.length, ReadReason::kWarcTruncated);
      case ArchiveFrame::Status::kTooLong:
        lost_ = ReadReason::kWarcInvalid;
        return Resync(data, end);
      case ArchiveFrame::Status::kOk:
        break;
    }
    const uint64_t total = frame.length + frame.block();
    if (total > max_bytes_) {
      const uint64_t n = std::min<uint64_t>(total, data.size());
      to_pass_ = total - n;
      return Unreadable(n, ReadReason::kRecordTooLarge);
    }
    const Seam seam = SeamAt(data, total, end);
    if (seam == Seam::kSound) return Whole(total);
    if (seam == Seam::kMoreNeeded && !end) {
      wanted_ = std::max<uint64_t>(total + kBehind, data.size() + 1);
      return 0;
    }
    const size_t next =
        grammar_->FindRecord(data.substr(0, total), frame.length - 1);
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

  Seam SeamAt(std::string_view data, uint64_t at, bool end) const {
    if (at > data.size()) return Seam::kMoreNeeded;
    const std::string_view rest = data.substr(at);
    if (rest.empty() || rest == "\r") {
      return end ? Seam::kSound : Seam::kMoreNeeded;
    }
    if (rest[0] == '\n' || rest.starts_with("\r\n")) return Seam::kSound;
    switch (grammar_->StartsRecord(rest, end)) {
      case ArchiveGrammar::Start::kYes:
        return Seam::kSound;
      case ArchiveGrammar::Start::kNo:
        return Seam::kBroken;
      case ArchiveGrammar::Start::kMoreNeeded:
        break;
    }
    return Seam::kMoreNeeded;
  }

  const std::unique_ptr<ArchiveGrammar> grammar_;
  const uint64_t max_bytes_;
  std::vector<Piece>* pieces_ = nullptr;
  uint64_t wanted_ = 0;
  uint64_t to_pass_ = 0;                  // rest of a record too large
  ReadReason lost_ = ReadReason::kCount;  // why the next record is looked for
  bool lost_begun_ = false;
};

}  // namespace

int64_t ParseArchiveLength(std::string_view value) {
  int64_t n = 0;
  const char* const end = value.data() + value.size();
  const auto [ptr, error] = std::from_chars(value.data(), end, n);
  if (error != std::errc() || ptr != end || n < 0 || n > kMaxArchiveBlock) {
    return ArchiveFrame::kBadLength;
  }
  return n;
}

std::unique_ptr<RecordSplitter> NewArchiveSplitter(
    std::unique_ptr<ArchiveGrammar> grammar, uint64_t max_record_bytes) {
  return std::make_unique<ArchiveSplitter>(std::move(grammar),
                                           max_record_bytes);
}

}  // namespace winnow
