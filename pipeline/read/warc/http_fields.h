// SPDX-License-Identifier: Apache-2.0
// Walks `Name: value` lines of WARC and HTTP header blocks as they occur: LF
// or CRLF, folded lines, lines without a colon passed over.
#ifndef WINNOW_PIPELINE_READ_WARC_HTTP_FIELDS_H_
#define WINNOW_PIPELINE_READ_WARC_HTTP_FIELDS_H_

#include <string>
#include <string_view>

namespace winnow {

class HttpFields {
 public:
  // `block` begins behind the first (status or version) line. Lines up to the
  // first blank one are fields.
  explicit HttpFields(std::string_view block) : text_(block) {}

  // Moves to the next field. False at the blank line or the end.
  bool Next();
  std::string_view name() const { return name_; }
  // Without white space around it; a folded value as it stands, line ends
  // included.
  std::string_view value() const { return value_; }
  bool folded() const { return folded_; }
  // Bytes read so far; behind the last field this is behind the blank line.
  size_t position() const { return pos_; }

 private:
  std::string_view text_;
  size_t pos_ = 0;
  std::string_view name_;
  std::string_view value_;
  bool folded_ = false;
};

// ASCII letters in either case.
bool EqualsIgnoreCase(std::string_view a, std::string_view b);
std::string_view TrimHttpSpace(std::string_view s);

// The line that begins at text[*pos], without its end; *pos moves behind it.
std::string_view NextHttpLine(std::string_view text, size_t* pos);

// Appends a folded value with each fold as one space.
void AppendUnfolded(std::string_view value, std::string* out);

// The media type of a Content-Type value: up to the first ';', ',' or space,
// and one of its parameters, without quotes; empty if it has none.
std::string_view MediaType(std::string_view content_type);
std::string_view MediaParameter(std::string_view content_type,
                                std::string_view name);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_WARC_HTTP_FIELDS_H_
