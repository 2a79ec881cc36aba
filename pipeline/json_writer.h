// SPDX-License-Identifier: Apache-2.0
// Appends JSON to a string. Numbers are written the same way on every machine
// and locale; text must be valid UTF-8.
#ifndef WINNOW_PIPELINE_JSON_WRITER_H_
#define WINNOW_PIPELINE_JSON_WRITER_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace winnow {

// Appends `text` with quotes, escaping what JSON must have escaped (quote,
// backslash, C0 controls) and nothing else.
void AppendJsonString(std::string_view text, std::string* out);
void AppendJsonNumber(uint64_t value, std::string* out);
void AppendJsonNumber(int64_t value, std::string* out);
// Shortest form that reads back; null if not finite.
void AppendJsonNumber(double value, std::string* out);
// value / 10^decimals, exact, without floating point: (1234, 3) is 1.234.
void AppendJsonFixed(int64_t value, int decimals, std::string* out);

// Writes one value with objects and arrays, commas and (if indented) line
// breaks in the right places.
class JsonWriter {
 public:
  explicit JsonWriter(std::string* out, bool indented = false)
      : out_(out), indented_(indented) {}

  JsonWriter& BeginObject() { return Open('{'); }
  JsonWriter& EndObject() { return Close('}'); }
  JsonWriter& BeginArray() { return Open('['); }
  JsonWriter& EndArray() { return Close(']'); }
  JsonWriter& Key(std::string_view key);

  JsonWriter& String(std::string_view value);
  JsonWriter& Number(uint64_t value);
  JsonWriter& Number(int64_t value);
  JsonWriter& Number(int value) { return Number(static_cast<int64_t>(value)); }
  JsonWriter& Number(double value);
  JsonWriter& Fixed(int64_t value, int decimals);
  JsonWriter& Bool(bool value);
  JsonWriter& Null();
  // `json` is a complete value.
  JsonWriter& Raw(std::string_view json);

 private:
  JsonWriter& Open(char bracket);
  JsonWriter& Close(char bracket);
  void Separate();
  void NewLine();

  std::string* out_;
  bool indented_;
  bool first_ = true;  // nothing written yet at this level
  bool after_key_ = false;
  int depth_ = 0;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_JSON_WRITER_H_
