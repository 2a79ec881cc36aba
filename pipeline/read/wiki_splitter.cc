// SPDX-License-Identifier: Apache-2.0
// Cuts a wiki dump at <page> and </page>. Inside text a `<` is escaped, so both
// are found by looking for their bytes.
#include <algorithm>

#include "pipeline/read/splitters.h"
#include "pipeline/read/wiki_reader.h"

namespace winnow {
namespace {

constexpr std::string_view kOpen = "<page>";
constexpr std::string_view kClose = "</page>";
// <siteinfo> ends long before.
constexpr size_t kMostHead = size_t{256} << 10;

class WikiSplitter : public RecordSplitter {
 public:
  explicit WikiSplitter(uint64_t max_record_bytes)
      : max_bytes_(max_record_bytes) {}

  void Begin(std::string_view header) override { header_ = header; }
  std::string_view header() const override { return header_; }
  uint64_t wanted() const override { return wanted_; }

  void Split(std::string_view data, bool end,
             std::vector<Piece>* pieces) override {
    wanted_ = 0;
    size_t at = 0;
    while (at < data.size()) {
      const std::string_view rest = data.substr(at);
      const size_t took = in_long_page_ ? PassLongPage(rest, end, pieces)
                          : in_page_    ? Page(rest, end, pieces)
                                        : Between(rest, end, pieces);
      if (took == 0) return;
      at += took;
    }
  }

 private:
  // Framing up to the next page.
  size_t Between(std::string_view data, bool end, std::vector<Piece>* pieces) {
    size_t length = data.find(kOpen);
    const bool found = length != data.npos;
    if (!found) {
      if (header_.empty() && !end && data.size() < kMostHead) {
        wanted_ = 2 * data.size();
        return 0;
      }
      // What may be the beginning of the mark is seen again.
      const size_t kept = end ? 0 : std::min(kOpen.size() - 1, data.size());
      length = data.size() - kept;
    }
    if (header_.empty()) header_ = WikiHeader(data.substr(0, length));
    in_page_ = found;
    if (length != 0) pieces->push_back({length, Piece::Kind::kFraming});
    if (found && length == 0) return Page(data, end, pieces);
    return length;
  }

  size_t Page(std::string_view data, bool end, std::vector<Piece>* pieces) {
    const size_t close = data.substr(0, static_cast<size_t>(std::min<uint64_t>(
                                            data.size(), max_bytes_)))
                             .find(kClose);
    if (close != data.npos) {
      in_page_ = false;
      pieces->push_back({close + kClose.size(), Piece::Kind::kRecords});
      return close + kClose.size();
    }
    if (data.size() > max_bytes_) {
      // Given up, at the same byte however much was shown.
      const auto length = static_cast<size_t>(max_bytes_ + 1);
      pieces->push_back(
          {length, Piece::Kind::kUnreadable, ReadReason::kRecordTooLarge});
      in_page_ = false;
      in_long_page_ = true;
      return length;
    }
    if (end) {
      in_page_ = false;
      const size_t next = std::min(data.find(kOpen, 1), data.size());
      pieces->push_back(
          {next, Piece::Kind::kUnreadable, ReadReason::kWikiTruncated});
      return next;
    }
    wanted_ = 2 * data.size();
    return 0;
  }

  // Up to the next page.
  size_t PassLongPage(std::string_view data, bool end,
                      std::vector<Piece>* pieces) {
    size_t length = data.find(kOpen);
    if (length != data.npos) {
      in_long_page_ = false;
      in_page_ = true;
    } else {
      const size_t kept = end ? 0 : std::min(kOpen.size() - 1, data.size());
      length = data.size() - kept;
    }
    if (length != 0) {
      pieces->push_back({length, Piece::Kind::kUnreadable,
                         ReadReason::kRecordTooLarge, /*continues=*/true});
    }
    return length == 0 && in_page_ ? Page(data, end, pieces) : length;
  }

  const uint64_t max_bytes_;
  std::string header_;
  uint64_t wanted_ = 0;
  bool in_page_ = false;
  bool in_long_page_ = false;
};

}  // namespace

std::unique_ptr<RecordSplitter> NewWikiSplitter(uint64_t max_record_bytes) {
  return std::make_unique<WikiSplitter>(max_record_bytes);
}

}  // namespace winnow
