// SPDX-License-Identifier: Apache-2.0
// A small JSON tree for winnow's own files (manifest, report). Not for dumps:
// those go through simdjson line by line.
#ifndef WINNOW_PIPELINE_JSON_READER_H_
#define WINNOW_PIPELINE_JSON_READER_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace winnow {

class JsonValue {
 public:
  enum class Kind : uint8_t { kNull, kBool, kNumber, kString, kArray, kObject };

  // Throws Error(kCorruption) naming `file` if `text` is not JSON.
  static JsonValue Parse(std::string_view text, std::string_view file);

  Kind kind() const { return kind_; }
  bool is_null() const { return kind_ == Kind::kNull; }

  // These throw Error(kCorruption) where the value is of another kind, or has
  // no such member.
  bool Bool() const;
  uint64_t Uint() const;
  double Double() const;
  const std::string& String() const;
  const JsonValue& at(size_t index) const;
  const JsonValue& at(std::string_view key) const;

  // Null if there is no such member.
  const JsonValue* Find(std::string_view key) const;
  size_t size() const;  // elements or members
  // As JSON again: the same value, without white space.
  std::string ToJson() const;
  const std::vector<JsonValue>& elements() const { return elements_; }
  const std::vector<std::pair<std::string, JsonValue>>& members() const {
    return members_;
  }

 private:
  friend class JsonTreeBuilder;
  Kind kind_ = Kind::kNull;
  bool boolean_ = false;
  double number_ = 0;
  uint64_t integer_ = 0;
  bool is_integer_ = false;
  std::string string_;
  std::vector<JsonValue> elements_;
  std::vector<std::pair<std::string, JsonValue>> members_;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_JSON_READER_H_
