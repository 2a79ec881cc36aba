// SPDX-License-Identifier: Apache-2.0
// Cuts JSONL behind a line feed. What it is shown is rarely longer than the
// cap, and then one backward search finds the last line end; only a longer
// stretch without one can hold a line that is too long. A byte-order mark is
// left to the reader, which knows where in the file a line stands: a splitter
// may begin anywhere, behind a mark or a gap.
#include <algorithm>

#include "pipeline/read/splitters.h"

namespace winnow {
namespace {

class JsonlSplitter : public RecordSplitter {
 public:
  explicit JsonlSplitter(uint64_t max_record_bytes)
      : max_bytes_(max_record_bytes) {}

  void Split(std::string_view data, bool end,
             std::vector<Piece>* pieces) override {
    size_t at = 0;
    while (at < data.size()) {
      const std::string_view rest = data.substr(at);
      const uint64_t took =
          in_long_line_ ? PassLongLine(rest, pieces) : Take(rest, end, pieces);
      if (took == 0) return;
      at += took;
    }
  }

  uint64_t RecordEnd(std::string_view piece, uint64_t at) const override {
    const size_t feed = piece.find('\n', at);
    return feed == std::string_view::npos ? piece.size() : feed + 1;
  }

 private:
  // Whole lines, as many as surely have no long one among them; 0 if more
  // bytes are needed.
  uint64_t Take(std::string_view data, bool end, std::vector<Piece>* pieces) {
    const size_t window =
        static_cast<size_t>(std::min<uint64_t>(data.size(), max_bytes_ + 1));
    const size_t feed = data.substr(0, window).rfind('\n');
    uint64_t length = 0;
    if (feed != std::string_view::npos) {
      length = feed + 1;
    } else if (data.size() > max_bytes_) {
      pieces->push_back(
          {window, Piece::Kind::kUnreadable, ReadReason::kJsonTooLarge});
      in_long_line_ = true;
      return window;
    } else if (end) {
      length = data.size();
    } else {
      return 0;
    }
    pieces->push_back({length, Piece::Kind::kRecords});
    return length;
  }

  uint64_t PassLongLine(std::string_view data, std::vector<Piece>* pieces) {
    const size_t feed = data.find('\n');
    const bool ends = feed != std::string_view::npos;
    const uint64_t length = ends ? feed + 1 : data.size();
    pieces->push_back({length, Piece::Kind::kUnreadable,
                       ReadReason::kJsonTooLarge, /*continues=*/true});
    in_long_line_ = !ends;
    return length;
  }

  const uint64_t max_bytes_;
  bool in_long_line_ = false;
};

}  // namespace

std::unique_ptr<RecordSplitter> NewJsonlSplitter(uint64_t max_record_bytes) {
  return std::make_unique<JsonlSplitter>(max_record_bytes);
}

}  // namespace winnow
