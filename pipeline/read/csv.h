// SPDX-License-Identifier: Apache-2.0
// CSV with a header (RFC 4180): fields between commas, semicolons or tabs,
// whichever the header has most of; a field that begins with a quote ends at
// the next single one, doubled quotes stand for one, and line ends inside it
// are its own. A quote inside an unquoted field is a character like any other.
//
// Told by content: the first row has two fields or more, one of which is named
// as the recipe's text field, and at least half of the rows behind it have as
// many fields.
#ifndef WINNOW_PIPELINE_READ_CSV_H_
#define WINNOW_PIPELINE_READ_CSV_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/read/record.h"

namespace winnow {

// The delimiter of a file with this header.
char CsvDelimiter(std::string_view header);

// The length of the first row of `data`, its line end included; npos if it
// does not end here (`end`: data ends it).
size_t CsvRowLength(std::string_view data, char delimiter, bool end);

// The fields of one row, as they stand: quotes are theirs. Its line end, if
// any, is left out.
void SplitCsvRow(std::string_view row, char delimiter,
                 std::vector<std::string_view>* fields);
// A field's value, a view into it or into *scratch.
std::string_view CsvValue(std::string_view field, std::string* scratch);

bool LooksLikeCsv(std::string_view head, bool end, std::string_view text_field);

// Rows to documents. One for each worker.
class CsvReader {
 public:
  explicit CsvReader(const ReadOptions& options) : options_(options) {}
  // Accounts for every byte of `span`, whose header is there.
  void Read(const RecordSpan& span, ReadSink* sink);

 private:
  enum class Role : uint8_t { kOther, kText, kId, kUrl, kAdded, kCreated };

  void TakeHeader(const std::shared_ptr<const std::string>& header);
  void ReadRow(std::string_view row, uint64_t offset, const RecordSpan& span,
               ReadSink* sink);
  std::string_view Keep(std::string_view value, std::string_view row,
                        Arena* arena) const;

  const ReadOptions options_;
  std::shared_ptr<const std::string> header_;
  char delimiter_ = ',';
  std::vector<std::string> names_;
  std::vector<Role> roles_;
  std::vector<std::string_view> fields_;
  std::string value_;
  std::string metadata_;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_CSV_H_
