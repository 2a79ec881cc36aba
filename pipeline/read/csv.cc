// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/csv.h"

#include <algorithm>

#include "pipeline/error.h"
#include "pipeline/read/html/html_text_page.h"
#include "pipeline/read/plain_text.h"
#include "pipeline/read/warc/http_url.h"
#include "pipeline/text/utf8.h"

namespace winnow {
namespace {

constexpr std::string_view kBom = "\xEF\xBB\xBF";
constexpr size_t kRowsLookedAt = 64;
constexpr size_t kMostColumns = 4096;

std::string_view WithoutLineEnd(std::string_view row) {
  if (row.ends_with('\n')) row.remove_suffix(1);
  if (row.ends_with('\r')) row.remove_suffix(1);
  return row;
}

// The end of the field at row[at]: of its delimiter or line end, or the end.
size_t FieldEnd(std::string_view row, size_t at, char delimiter) {
  if (at < row.size() && row[at] == '"') {
    for (size_t i = at + 1;;) {
      i = row.find('"', i);
      if (i == row.npos) return row.npos;
      if (i + 1 == row.size() || row[i + 1] != '"') {
        at = i + 1;
        break;
      }
      i += 2;
    }
  }
  while (at < row.size() && row[at] != delimiter && row[at] != '\n') ++at;
  return at;
}

}  // namespace

char CsvDelimiter(std::string_view header) {
  char best = ',';
  size_t most = 0;
  for (const char delimiter : {'\t', ',', ';'}) {
    size_t count = 0;
    for (size_t at = 0; at < header.size(); ++count) {
      const size_t end = FieldEnd(header, at, delimiter);
      if (end == header.npos || end >= header.size() || header[end] == '\n') {
        break;
      }
      at = end + 1;
    }
    if (count > most) {
      most = count;
      best = delimiter;
    }
  }
  return best;
}

size_t CsvRowLength(std::string_view data, char delimiter, bool end) {
  for (size_t at = 0; at < data.size();) {
    at = FieldEnd(data, at, delimiter);
    if (at == data.npos || at == data.size()) break;
    if (data[at] == '\n') return at + 1;
    ++at;
  }
  return end && !data.empty() ? data.size() : std::string_view::npos;
}

void SplitCsvRow(std::string_view row, char delimiter,
                 std::vector<std::string_view>* fields) {
  fields->clear();
  row = WithoutLineEnd(row);
  for (size_t at = 0; fields->size() <= kMostColumns;) {
    const size_t end = std::min(FieldEnd(row, at, delimiter), row.size());
    fields->push_back(row.substr(at, end - at));
    if (end == row.size()) return;
    at = end + 1;
  }
}

std::string_view CsvValue(std::string_view field, std::string* scratch) {
  if (field.empty() || field.front() != '"') return field;
  field.remove_prefix(1);
  size_t quote = field.find('"');
  if (quote == field.npos) return field;
  if (quote + 1 == field.size()) return field.substr(0, quote);
  scratch->clear();
  bool open = true;
  for (size_t at = 0; at < field.size();) {
    quote = open ? field.find('"', at) : field.npos;
    scratch->append(field, at, quote - at);
    if (quote == field.npos) break;
    at = quote + 1;
    if (at < field.size() && field[at] == '"') {
      scratch->push_back('"');
      ++at;
    } else {
      // Behind its end a field has no business; what stands there is kept.
      open = false;
    }
  }
  return *scratch;
}

bool LooksLikeCsv(std::string_view head, bool end,
                  std::string_view text_field) {
  if (head.starts_with(kBom)) head.remove_prefix(kBom.size());
  const size_t line = std::min(head.find('\n'), head.size());
  // Cheap first: most heads have nothing of the kind.
  if (text_field.empty() ||
      head.substr(0, line).find(text_field) == head.npos) {
    return false;
  }
  const char delimiter = CsvDelimiter(head.substr(0, line));
  const size_t header = CsvRowLength(head, delimiter, end);
  if (header == head.npos || !IsValidUtf8(head.substr(0, header))) return false;
  std::vector<std::string_view> fields;
  SplitCsvRow(head.substr(0, header), delimiter, &fields);
  const size_t columns = fields.size();
  std::string scratch;
  const bool named =
      std::any_of(fields.begin(), fields.end(), [&](std::string_view field) {
        return CsvValue(field, &scratch) == text_field;
      });
  if (!named || columns < 2 || columns > kMostColumns) return false;
  head.remove_prefix(header);
  size_t rows = 0;
  size_t alike = 0;
  while (rows < kRowsLookedAt) {
    const size_t length = CsvRowLength(head, delimiter, end);
    if (length == head.npos) break;
    if (!WithoutLineEnd(head.substr(0, length)).empty()) {
      SplitCsvRow(head.substr(0, length), delimiter, &fields);
      ++rows;
      alike += fields.size() == columns;
    }
    head.remove_prefix(length);
  }
  return alike * 2 >= rows;
}

void CsvReader::TakeHeader(const std::shared_ptr<const std::string>& header) {
  if (header == header_) return;
  header_ = header;
  delimiter_ = CsvDelimiter(*header);
  SplitCsvRow(*header, delimiter_, &fields_);
  names_.clear();
  roles_.clear();
  for (const std::string_view field : fields_) {
    const std::string& name = names_.emplace_back(CsvValue(field, &value_));
    const Role role = name == options_.text_field      ? Role::kText
                      : name == options_.id_field      ? Role::kId
                      : name == options_.url_field     ? Role::kUrl
                      : name == options_.added_field   ? Role::kAdded
                      : name == options_.created_field ? Role::kCreated
                                                       : Role::kOther;
    // The first of equal names has the role.
    const bool taken =
        role != Role::kOther &&
        std::find(roles_.begin(), roles_.end(), role) != roles_.end();
    roles_.push_back(taken ? Role::kOther : role);
  }
}

// A value that views the row lives as long as the batch.
std::string_view CsvReader::Keep(std::string_view value, std::string_view row,
                                 Arena* arena) const {
  const bool in_row = value.data() >= row.data() &&
                      value.data() + value.size() <= row.data() + row.size();
  return in_row ? value : arena->Copy(value);
}

void CsvReader::ReadRow(std::string_view row, uint64_t offset,
                        const RecordSpan& span, ReadSink* sink) {
  SplitCsvRow(row, delimiter_, &fields_);
  if (fields_.size() != names_.size()) {
    sink->Unreadable(ReadReason::kCsvInvalid, offset, row.size());
    return;
  }
  if (!IsValidUtf8(row)) {
    sink->Unreadable(ReadReason::kCharsetUndecodable, offset, row.size());
    return;
  }
  Arena& arena = sink->arena();
  Document found;
  metadata_.clear();
  for (size_t i = 0; i < fields_.size(); ++i) {
    const std::string_view value = CsvValue(fields_[i], &value_);
    switch (roles_[i]) {
      case Role::kText:
        found.text = Keep(value, row, &arena);
        break;
      case Role::kId:
        found.native_id = Keep(value, row, &arena);
        break;
      case Role::kUrl:
        found.url = Keep(value, row, &arena);
        break;
      case Role::kAdded:
        found.added = Keep(value, row, &arena);
        break;
      case Role::kCreated:
        found.created = Keep(value, row, &arena);
        break;
      case Role::kOther:
        if (!value.empty()) AppendMetadata(names_[i], value, &metadata_);
        break;
    }
  }
  if (IsBlankText(found.text)) {
    sink->Unreadable(ReadReason::kTextEmpty, offset, row.size());
    return;
  }
  const std::string_view metadata = arena.Copy(metadata_);
  Document& document = sink->Add(row.size());
  document.text = found.text;
  document.file = span.file;
  document.offset = offset;
  document.native_id = found.native_id;
  document.url = found.url;
  document.host = UrlHost(found.url, &arena);
  document.added = found.added;
  document.created = found.created;
  document.metadata = metadata;
}

void CsvReader::Read(const RecordSpan& span, ReadSink* sink) {
  if (span.header == nullptr) {
    sink->Unreadable(ReadReason::kCsvInvalid, span.decoded_offset,
                     span.bytes.size());
    return;
  }
  TakeHeader(span.header);
  for (size_t at = 0; at < span.bytes.size();) {
    const std::string_view rest = span.bytes.substr(at);
    const size_t length = CsvRowLength(rest, delimiter_, true);
    const std::string_view row = rest.substr(0, length);
    if (WithoutLineEnd(row).empty()) {
      sink->Framing(length);
    } else {
      ReadRow(row, span.decoded_offset + at, span, sink);
    }
    at += length;
  }
}

}  // namespace winnow
