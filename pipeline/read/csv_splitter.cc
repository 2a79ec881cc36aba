// SPDX-License-Identifier: Apache-2.0
// Cuts CSV behind rows. Serial by nature: whether a line feed ends a row shows
// only from the front.
#include <algorithm>

#include "pipeline/read/csv.h"
#include "pipeline/read/splitters.h"

namespace winnow {
namespace {

constexpr std::string_view kBom = "\xEF\xBB\xBF";

class CsvSplitter : public RecordSplitter {
 public:
  explicit CsvSplitter(uint64_t max_record_bytes)
      : max_bytes_(max_record_bytes) {}

  void Begin(std::string_view header) override { TakeHeader(header); }
  std::string_view header() const override { return header_; }
  uint64_t wanted() const override { return wanted_; }

  void Split(std::string_view data, bool end,
             std::vector<Piece>* pieces) override {
    size_t at = 0;
    if (in_long_row_) at = PassLongRow(data, pieces);
    if (header_.empty() && !ReadHeader(data, end, &at, pieces)) return;
    size_t rows = at;  // whole rows up to here
    wanted_ = 0;
    while (rows < data.size()) {
      const std::string_view rest = data.substr(rows);
      const size_t length = CsvRowLength(rest, delimiter_, end);
      const bool whole = length != rest.npos;
      if (whole && length <= max_bytes_) {
        rows += length;
        continue;
      }
      if (!whole && rest.size() <= max_bytes_) break;
      // Too long: given up at the first line end behind the cap.
      if (rows != at) pieces->push_back({rows - at, Piece::Kind::kRecords});
      const size_t window =
          static_cast<size_t>(std::min<uint64_t>(rest.size(), max_bytes_ + 1));
      pieces->push_back(
          {window, Piece::Kind::kUnreadable, ReadReason::kCsvTooLarge});
      in_long_row_ = true;
      at = rows + window;
      at += PassLongRow(data.substr(at), pieces);
      rows = at;
    }
    if (rows != at) pieces->push_back({rows - at, Piece::Kind::kRecords});
    // What is left is not looked at again before it has doubled.
    if (rows < data.size()) wanted_ = 2 * (data.size() - rows);
  }

  uint64_t RecordEnd(std::string_view piece, uint64_t at) const override {
    size_t end = 0;
    while (end <= at && end < piece.size()) {
      end += CsvRowLength(piece.substr(end), delimiter_, true);
    }
    return end;
  }

 private:
  void TakeHeader(std::string_view header) {
    header_ = header;
    delimiter_ = CsvDelimiter(header);
  }

  // BOM and header are framing. False while they are not whole.
  bool ReadHeader(std::string_view data, bool end, size_t* at,
                  std::vector<Piece>* pieces) {
    const size_t bom = data.starts_with(kBom) ? kBom.size() : 0;
    const std::string_view rest = data.substr(bom);
    const size_t line = std::min(rest.find('\n'), rest.size());
    const size_t length =
        CsvRowLength(rest, CsvDelimiter(rest.substr(0, line)), end);
    if (length == rest.npos) return false;
    pieces->push_back({bom + length, Piece::Kind::kFraming});
    TakeHeader(rest.substr(0, length));
    *at = bom + length;
    return true;
  }

  size_t PassLongRow(std::string_view data, std::vector<Piece>* pieces) {
    if (data.empty()) return 0;
    const size_t feed = data.find('\n');
    const size_t length = feed == data.npos ? data.size() : feed + 1;
    pieces->push_back({length, Piece::Kind::kUnreadable,
                       ReadReason::kCsvTooLarge, /*continues=*/true});
    in_long_row_ = feed == data.npos;
    return length;
  }

  const uint64_t max_bytes_;
  std::string header_;
  char delimiter_ = ',';
  uint64_t wanted_ = 0;
  bool in_long_row_ = false;
};

}  // namespace

std::unique_ptr<RecordSplitter> NewCsvSplitter(uint64_t max_record_bytes) {
  return std::make_unique<CsvSplitter>(max_record_bytes);
}

}  // namespace winnow
