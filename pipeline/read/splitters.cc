// SPDX-License-Identifier: Apache-2.0
// Splitters of formats whose record is the whole file, and the choice among
// all of them.
#include "pipeline/read/splitters.h"

namespace winnow {
namespace {

// The file is one record; above the cap it is unreadable as a whole.
class WholeFileSplitter : public RecordSplitter {
 public:
  explicit WholeFileSplitter(uint64_t max_record_bytes)
      : max_bytes_(max_record_bytes) {}

  void Split(std::string_view data, bool end,
             std::vector<Piece>* pieces) override {
    if (data.empty()) return;
    if (too_large_ || data.size() > max_bytes_) {
      pieces->push_back({data.size(), Piece::Kind::kUnreadable,
                         ReadReason::kRecordTooLarge, too_large_});
      too_large_ = true;
    } else if (end) {
      pieces->push_back({data.size(), Piece::Kind::kRecords});
    }
  }

  uint64_t wanted() const override { return too_large_ ? 0 : max_bytes_ + 1; }

 private:
  const uint64_t max_bytes_;
  bool too_large_ = false;
};

class UnknownSplitter : public RecordSplitter {
 public:
  void Split(std::string_view data, bool, std::vector<Piece>* pieces) override {
    if (data.empty()) return;
    pieces->push_back({data.size(), Piece::Kind::kUnreadable,
                       ReadReason::kUnknownFormat, begun_});
    begun_ = true;
  }

 private:
  bool begun_ = false;
};

}  // namespace

std::unique_ptr<RecordSplitter> NewSplitter(Format format,
                                            const ReadOptions& options) {
  switch (format) {
    case Format::kJsonl:
    case Format::kParquet:
      return NewJsonlSplitter(options.max_record_bytes);
    case Format::kCsv:
      return NewCsvSplitter(options.max_record_bytes);
    case Format::kWiki:
      return NewWikiSplitter(options.max_record_bytes);
    case Format::kWarc:
      return NewWarcSplitter(options.max_record_bytes);
    case Format::kArc:
      return NewArcSplitter(options.max_record_bytes);
    case Format::kHtml:
    case Format::kVtt:
    case Format::kSrt:
    case Format::kMarkdown:
    case Format::kText:
      return std::make_unique<WholeFileSplitter>(options.max_record_bytes);
    case Format::kUnknown:
      break;
  }
  return std::make_unique<UnknownSplitter>();
}

}  // namespace winnow
