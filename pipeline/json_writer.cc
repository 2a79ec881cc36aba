// SPDX-License-Identifier: Apache-2.0
#include "pipeline/json_writer.h"

#include <charconv>
#include <cmath>

namespace winnow {
namespace {

constexpr char kHex[] = "0123456789abcdef";

template <typename T>
void AppendChars(T value, std::string* out) {
  char buffer[40];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
  out->append(buffer, end);
}

}  // namespace

void AppendJsonString(std::string_view text, std::string* out) {
  out->push_back('"');
  size_t start = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x20 && c != '"' && c != '\\') [[likely]] {
      continue;
    }
    out->append(text, start, i - start);
    start = i + 1;
    out->push_back('\\');
    switch (c) {
      case '"':
      case '\\':
        out->push_back(static_cast<char>(c));
        break;
      case '\n':
        out->push_back('n');
        break;
      case '\r':
        out->push_back('r');
        break;
      case '\t':
        out->push_back('t');
        break;
      default:
        out->append("u00");
        out->push_back(kHex[c >> 4]);
        out->push_back(kHex[c & 15]);
    }
  }
  out->append(text, start, text.size() - start);
  out->push_back('"');
}

void AppendJsonNumber(uint64_t value, std::string* out) {
  AppendChars(value, out);
}
void AppendJsonNumber(int64_t value, std::string* out) {
  AppendChars(value, out);
}
void AppendJsonNumber(double value, std::string* out) {
  if (std::isfinite(value)) {
    AppendChars(value, out);
  } else {
    out->append("null");
  }
}

void AppendJsonFixed(int64_t value, int decimals, std::string* out) {
  if (value < 0) {
    out->push_back('-');
    value = -value;
  }
  int64_t scale = 1;
  for (int i = 0; i < decimals; ++i) scale *= 10;
  AppendChars(value / scale, out);
  if (decimals == 0) return;
  out->push_back('.');
  for (int64_t s = scale / 10; s > 0; s /= 10) {
    out->push_back(static_cast<char>('0' + value / s % 10));
  }
}

JsonWriter& JsonWriter::Open(char bracket) {
  Separate();
  out_->push_back(bracket);
  ++depth_;
  first_ = true;
  return *this;
}

JsonWriter& JsonWriter::Close(char bracket) {
  --depth_;
  if (!first_) NewLine();
  out_->push_back(bracket);
  first_ = false;
  return *this;
}

void JsonWriter::NewLine() {
  if (!indented_) return;
  out_->push_back('\n');
  out_->append(2 * static_cast<size_t>(depth_), ' ');
}

void JsonWriter::Separate() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (depth_ == 0) return;
  if (!first_) out_->push_back(',');
  first_ = false;
  NewLine();
}

JsonWriter& JsonWriter::Key(std::string_view key) {
  Separate();
  AppendJsonString(key, out_);
  out_->push_back(':');
  if (indented_) out_->push_back(' ');
  after_key_ = true;
  return *this;
}

JsonWriter& JsonWriter::String(std::string_view value) {
  Separate();
  AppendJsonString(value, out_);
  return *this;
}
JsonWriter& JsonWriter::Number(uint64_t value) {
  Separate();
  AppendJsonNumber(value, out_);
  return *this;
}
JsonWriter& JsonWriter::Number(int64_t value) {
  Separate();
  AppendJsonNumber(value, out_);
  return *this;
}
JsonWriter& JsonWriter::Number(double value) {
  Separate();
  AppendJsonNumber(value, out_);
  return *this;
}
JsonWriter& JsonWriter::Fixed(int64_t value, int decimals) {
  Separate();
  AppendJsonFixed(value, decimals, out_);
  return *this;
}
JsonWriter& JsonWriter::Bool(bool value) {
  return Raw(value ? "true" : "false");
}
JsonWriter& JsonWriter::Null() { return Raw("null"); }
JsonWriter& JsonWriter::Raw(std::string_view json) {
  Separate();
  out_->append(json);
  return *this;
}

}  // namespace winnow
