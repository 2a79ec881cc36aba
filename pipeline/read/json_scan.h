// SPDX-License-Identifier: Apache-2.0
// Finds where JSON values end, strictly (RFC 8259), in raw text that is already
// known to be valid UTF-8. It serves what is carried from input to output as it
// stands: simdjson's on-demand front end does not look inside a value that
// nobody reads, so what is copied is checked here.
#ifndef WINNOW_PIPELINE_READ_JSON_SCAN_H_
#define WINNOW_PIPELINE_READ_JSON_SCAN_H_

#include <cstddef>
#include <string_view>

namespace winnow {

enum class JsonScan {
  kOk,
  kIncomplete,  // sound so far, but the bytes ran out
  kInvalid,
};

// Objects and arrays may nest this deep.
inline constexpr size_t kJsonMaxDepth = 512;

// Scans one value that begins at text[*pos], white space before it skipped.
// With kOk *pos is its first byte behind; else it is where the scan stopped.
JsonScan ScanJsonValue(std::string_view text, size_t* pos);

// Walks the members of an object that ScanJsonValue() has accepted.
class JsonMembers {
 public:
  // `object` begins with '{' and ends with '}'.
  explicit JsonMembers(std::string_view object) : text_(object) {}
  // Moves to the next member. False behind the last.
  bool Next();
  // With its quotes, as it stands.
  std::string_view raw_key() const { return key_; }
  std::string_view raw_value() const { return value_; }

 private:
  std::string_view text_;
  size_t pos_ = 1;
  std::string_view key_;
  std::string_view value_;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_JSON_SCAN_H_
