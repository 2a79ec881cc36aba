// SPDX-License-Identifier: Apache-2.0
// One loop without recursion: a bit for each open container says whether it is
// an object, so a nesting bomb costs its length and 64 bytes.
#include "pipeline/read/json_scan.h"

#include <array>
#include <cstdint>
#include <cstring>

namespace winnow {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsHex(char c) {
  return IsDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

size_t SkipSpace(std::string_view s, size_t i) {
  while (i < s.size() &&
         (s[i] == ' ' || s[i] == '\n' || s[i] == '\r' || s[i] == '\t')) {
    ++i;
  }
  return i;
}

// Bytes that end a run of plain string content: quote, backslash, control.
constexpr std::array<bool, 256> kStringStop = [] {
  std::array<bool, 256> t{};
  for (size_t c = 0; c < 0x20; ++c) t[c] = true;
  t['"'] = t['\\'] = true;
  return t;
}();

// s[*pos] is the opening quote.
JsonScan ScanString(std::string_view s, size_t* pos) {
  size_t i = *pos + 1;
  for (;;) {
    while (i < s.size() && !kStringStop[static_cast<unsigned char>(s[i])]) ++i;
    *pos = i;
    if (i >= s.size()) return JsonScan::kIncomplete;
    if (s[i] == '"') {
      *pos = i + 1;
      return JsonScan::kOk;
    }
    if (s[i] != '\\') return JsonScan::kInvalid;
    if (i + 1 >= s.size()) return JsonScan::kIncomplete;
    const char c = s[i + 1];
    if (c == 'u') {
      for (size_t k = i + 2; k < i + 6; ++k) {
        if (k >= s.size()) return JsonScan::kIncomplete;
        if (!IsHex(s[k])) return JsonScan::kInvalid;
      }
      i += 6;
    } else if (c != '\0' && std::strchr("\"\\/bfnrt", c) != nullptr) {
      i += 2;
    } else {
      return JsonScan::kInvalid;
    }
  }
}

// True behind at least one digit.
bool SkipDigits(std::string_view s, size_t* i) {
  const size_t begin = *i;
  while (*i < s.size() && IsDigit(s[*i])) ++*i;
  return *i > begin;
}

JsonScan ScanNumber(std::string_view s, size_t* pos) {
  size_t i = *pos;
  const auto missing = [&] {
    *pos = i;
    return i >= s.size() ? JsonScan::kIncomplete : JsonScan::kInvalid;
  };
  if (s[i] == '-') ++i;
  if (i < s.size() && s[i] == '0') {
    ++i;
  } else if (!SkipDigits(s, &i)) {
    return missing();
  }
  if (i < s.size() && s[i] == '.') {
    ++i;
    if (!SkipDigits(s, &i)) return missing();
  }
  if (i < s.size() && (s[i] == 'e' || s[i] == 'E')) {
    ++i;
    if (i < s.size() && (s[i] == '+' || s[i] == '-')) ++i;
    if (!SkipDigits(s, &i)) return missing();
  }
  *pos = i;
  return JsonScan::kOk;
}

JsonScan ScanWord(std::string_view s, std::string_view word, size_t* pos) {
  const std::string_view have = s.substr(*pos, word.size());
  if (have == word) {
    *pos += word.size();
    return JsonScan::kOk;
  }
  const bool prefix = word.substr(0, have.size()) == have;
  return prefix ? JsonScan::kIncomplete : JsonScan::kInvalid;
}

JsonScan ScanScalar(std::string_view s, size_t* pos) {
  switch (s[*pos]) {
    case '"':
      return ScanString(s, pos);
    case 't':
      return ScanWord(s, "true", pos);
    case 'f':
      return ScanWord(s, "false", pos);
    case 'n':
      return ScanWord(s, "null", pos);
    default:
      if (s[*pos] != '-' && !IsDigit(s[*pos])) return JsonScan::kInvalid;
      return ScanNumber(s, pos);
  }
}

// Reads `"key" :` and the white space behind.
JsonScan ScanKey(std::string_view s, size_t* pos) {
  if (*pos >= s.size()) return JsonScan::kIncomplete;
  if (s[*pos] != '"') return JsonScan::kInvalid;
  if (const JsonScan r = ScanString(s, pos); r != JsonScan::kOk) return r;
  *pos = SkipSpace(s, *pos);
  if (*pos >= s.size()) return JsonScan::kIncomplete;
  if (s[*pos] != ':') return JsonScan::kInvalid;
  *pos = SkipSpace(s, *pos + 1);
  return JsonScan::kOk;
}

}  // namespace

JsonScan ScanJsonValue(std::string_view s, size_t* pos) {
  std::array<uint64_t, kJsonMaxDepth / 64> objects{};
  size_t depth = 0;
  const auto in_object = [&] {
    return (objects[(depth - 1) / 64] >> ((depth - 1) % 64) & 1) != 0;
  };
  for (;;) {
    // A value begins here.
    *pos = SkipSpace(s, *pos);
    if (*pos >= s.size()) return JsonScan::kIncomplete;
    const char c = s[*pos];
    if (c == '{' || c == '[') {
      if (depth == kJsonMaxDepth) return JsonScan::kInvalid;
      const uint64_t bit = uint64_t{1} << (depth % 64);
      objects[depth / 64] &= ~bit;
      if (c == '{') objects[depth / 64] |= bit;
      ++depth;
      *pos = SkipSpace(s, *pos + 1);
      if (*pos >= s.size()) return JsonScan::kIncomplete;
      if (s[*pos] != (c == '{' ? '}' : ']')) {
        if (c == '[') continue;
        const JsonScan r = ScanKey(s, pos);
        if (r != JsonScan::kOk) return r;
        continue;
      }
      ++*pos;
      --depth;
    } else if (const JsonScan r = ScanScalar(s, pos); r != JsonScan::kOk) {
      return r;
    }
    // A value has ended: close containers, up to the comma before the next.
    for (;;) {
      if (depth == 0) return JsonScan::kOk;
      *pos = SkipSpace(s, *pos);
      if (*pos >= s.size()) return JsonScan::kIncomplete;
      const bool object = in_object();
      if (s[*pos] == (object ? '}' : ']')) {
        ++*pos;
        --depth;
        continue;
      }
      if (s[*pos] != ',') return JsonScan::kInvalid;
      *pos = SkipSpace(s, *pos + 1);
      if (object) {
        const JsonScan r = ScanKey(s, pos);
        if (r != JsonScan::kOk) return r;
      }
      break;
    }
  }
}

bool JsonMembers::Next() {
  pos_ = SkipSpace(text_, pos_);
  if (pos_ < text_.size() && text_[pos_] == ',') {
    pos_ = SkipSpace(text_, pos_ + 1);
  }
  if (pos_ >= text_.size() || text_[pos_] != '"') return false;
  const size_t key = pos_;
  if (ScanString(text_, &pos_) != JsonScan::kOk) return false;
  key_ = text_.substr(key, pos_ - key);
  pos_ = SkipSpace(text_, SkipSpace(text_, pos_) + 1);
  const size_t value = pos_;
  if (ScanJsonValue(text_, &pos_) != JsonScan::kOk) return false;
  value_ = text_.substr(value, pos_ - value);
  return true;
}

}  // namespace winnow
