// SPDX-License-Identifier: Apache-2.0
#include "pipeline/json_reader.h"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wold-style-cast"
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wshadow"
#include <simdjson.h>
#pragma GCC diagnostic pop

#include "pipeline/error.h"
#include "pipeline/json_writer.h"

namespace winnow {

class JsonTreeBuilder {
 public:
  static void Write(const JsonValue& v, JsonWriter* w);
  static JsonValue Build(simdjson::dom::element element) {
    JsonValue v;
    using simdjson::dom::element_type;
    switch (element.type()) {
      case element_type::ARRAY: {
        v.kind_ = JsonValue::Kind::kArray;
        const simdjson::dom::array array = element;
        for (const simdjson::dom::element e : array) {
          v.elements_.push_back(Build(e));
        }
        break;
      }
      case element_type::OBJECT: {
        v.kind_ = JsonValue::Kind::kObject;
        const simdjson::dom::object object = element;
        for (const auto field : object) {
          v.members_.emplace_back(std::string(field.key), Build(field.value));
        }
        break;
      }
      case element_type::INT64:
      case element_type::UINT64:
        v.kind_ = JsonValue::Kind::kNumber;
        v.number_ = double(element);
        v.is_integer_ =
            element.get_uint64().get(v.integer_) == simdjson::SUCCESS;
        break;
      case element_type::DOUBLE:
        v.kind_ = JsonValue::Kind::kNumber;
        v.number_ = double(element);
        break;
      case element_type::STRING:
        v.kind_ = JsonValue::Kind::kString;
        v.string_ = std::string(std::string_view(element));
        break;
      case element_type::BOOL:
        v.kind_ = JsonValue::Kind::kBool;
        v.boolean_ = bool(element);
        break;
      case element_type::NULL_VALUE:
        break;
    }
    return v;
  }
};

namespace {

[[noreturn]] void Wrong(const std::string& what) {
  throw Error(ErrorKind::kCorruption, "JSON of our own: " + what);
}

}  // namespace

JsonValue JsonValue::Parse(std::string_view text, std::string_view file) {
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  const simdjson::padded_string padded(text);
  if (const auto error = parser.parse(padded).get(root)) {
    throw Error(ErrorKind::kCorruption, std::string(file) + ": not JSON: " +
                                            simdjson::error_message(error));
  }
  return JsonTreeBuilder::Build(root);
}

bool JsonValue::Bool() const {
  if (kind_ != Kind::kBool) Wrong("expected true or false");
  return boolean_;
}
uint64_t JsonValue::Uint() const {
  if (kind_ != Kind::kNumber || !is_integer_) Wrong("expected a whole number");
  return integer_;
}
double JsonValue::Double() const {
  if (kind_ != Kind::kNumber) Wrong("expected a number");
  return number_;
}
const std::string& JsonValue::String() const {
  if (kind_ != Kind::kString) Wrong("expected a string");
  return string_;
}
const JsonValue& JsonValue::at(size_t index) const {
  if (kind_ != Kind::kArray || index >= elements_.size()) {
    Wrong("array is too short");
  }
  return elements_[index];
}
const JsonValue& JsonValue::at(std::string_view key) const {
  const JsonValue* found = Find(key);
  if (found == nullptr) Wrong("no member '" + std::string(key) + "'");
  return *found;
}
const JsonValue* JsonValue::Find(std::string_view key) const {
  for (const auto& [name, value] : members_) {
    if (name == key) return &value;
  }
  return nullptr;
}
void JsonTreeBuilder::Write(const JsonValue& v, JsonWriter* w) {
  switch (v.kind_) {
    case JsonValue::Kind::kNull:
      w->Null();
      break;
    case JsonValue::Kind::kBool:
      w->Bool(v.boolean_);
      break;
    case JsonValue::Kind::kNumber:
      if (v.is_integer_) {
        w->Number(v.integer_);
      } else {
        w->Number(v.number_);
      }
      break;
    case JsonValue::Kind::kString:
      w->String(v.string_);
      break;
    case JsonValue::Kind::kArray:
      w->BeginArray();
      for (const JsonValue& e : v.elements_) Write(e, w);
      w->EndArray();
      break;
    case JsonValue::Kind::kObject:
      w->BeginObject();
      for (const auto& [key, value] : v.members_) {
        w->Key(key);
        Write(value, w);
      }
      w->EndObject();
      break;
  }
}

std::string JsonValue::ToJson() const {
  std::string out;
  JsonWriter writer(&out);
  JsonTreeBuilder::Write(*this, &writer);
  return out;
}

size_t JsonValue::size() const {
  return kind_ == Kind::kArray ? elements_.size() : members_.size();
}

}  // namespace winnow
