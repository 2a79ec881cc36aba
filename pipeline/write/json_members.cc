// SPDX-License-Identifier: Apache-2.0
#include "pipeline/write/json_members.h"

#include <algorithm>

#include "pipeline/read/json_string.h"

namespace winnow {
namespace {

constexpr size_t kFewKeys = 64;
constexpr size_t kManyKeys = size_t{1} << 14;

bool IsBlank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ',';
}

// Index behind the string that starts at s[at] == '"'.
size_t SkipString(std::string_view s, size_t at) {
  for (++at; at < s.size() && s[at] != '"'; ++at) {
    if (s[at] == '\\') ++at;
  }
  return at < s.size() ? at + 1 : s.size();
}

// The code unit of \uXXXX at the front of `s`; 0 where there is none.
unsigned EscapedUnit(std::string_view s) {
  if (s.size() < 6 || s[0] != '\\' || s[1] != 'u') return 0;
  unsigned unit = 0;
  for (size_t i = 2; i < 6; ++i) {
    const char c = s[i];
    const auto digit = static_cast<unsigned>(
        c >= '0' && c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
    if (digit > 15) return 0;
    unit = unit << 4 | digit;
  }
  return unit;
}

bool IsHigh(unsigned unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool IsLow(unsigned unit) { return unit >= 0xDC00 && unit < 0xE000; }

}  // namespace

bool NextJsonMember(std::string_view* rest, JsonMember* member) {
  std::string_view s = *rest;
  size_t start = 0;
  while (start < s.size() && IsBlank(s[start])) ++start;
  if (start == s.size()) return false;
  const size_t key_end = SkipString(s, start);
  member->key = s.substr(start + 1, key_end - start - 2);
  int depth = 0;
  size_t at = key_end;
  while (at < s.size()) {
    const char c = s[at];
    if (c == '"') {
      at = SkipString(s, at);
      continue;
    }
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
    if (c == ',' && depth == 0) break;
    ++at;
  }
  member->whole = s.substr(start, at - start);
  rest->remove_prefix(at < s.size() ? at + 1 : s.size());
  return true;
}

bool KeySpells(const JsonMember& member, std::string_view name) {
  if (member.key == name) return true;
  return member.key.find('\\') != std::string_view::npos &&
         JsonKeyIs({member.key.data() - 1, member.key.size() + 2}, name);
}

void AppendWithoutLoneSurrogates(std::string_view raw, std::string* out) {
  size_t at = raw.find('\\');
  while (at != std::string_view::npos) {
    out->append(raw.substr(0, at));
    raw.remove_prefix(at);
    const unsigned unit = EscapedUnit(raw);
    size_t length = unit == 0 ? 2 : 6;
    if (IsHigh(unit) && IsLow(EscapedUnit(raw.substr(6)))) length = 12;
    if (length == 6 && (IsHigh(unit) || IsLow(unit))) {
      out->append("\\ufffd");
    } else {
      out->append(raw.substr(0, length));
    }
    raw.remove_prefix(std::min(length, raw.size()));
    at = raw.find('\\');
  }
  out->append(raw);
}

JsonKeySet::JsonKeySet() : slots_(kFewKeys) {}

void JsonKeySet::Clear() {
  if (slots_.size() > kManyKeys) slots_.assign(kFewKeys, {});
  size_ = 0;
  if (++generation_ != 0) return;
  slots_.assign(slots_.size(), {});
  generation_ = 1;
}

bool JsonKeySet::Insert(const JsonMember& member) {
  std::string_view key = member.key;
  if (key.find('\\') != std::string_view::npos) {
    scratch_.resize(key.size());
    bool mended = false;
    const char* end = UnescapeJson(key, scratch_.data(), &mended);
    if (end != nullptr) {
      key = {scratch_.data(), static_cast<size_t>(end - scratch_.data())};
    }
  }
  if (2 * (size_ + 1) > slots_.size()) Grow();
  return Enter(HashBytes128(key));
}

bool JsonKeySet::Enter(const Hash128& hash) {
  const size_t mask = slots_.size() - 1;
  for (size_t i = static_cast<size_t>(hash.lo) & mask;; i = (i + 1) & mask) {
    Slot& slot = slots_[i];
    if (slot.generation != generation_) {
      slot = {hash, generation_};
      ++size_;
      return true;
    }
    if (slot.hash == hash) return false;
  }
}

void JsonKeySet::Grow() {
  std::vector<Slot> old(2 * slots_.size());
  old.swap(slots_);
  size_ = 0;
  for (const Slot& slot : old) {
    if (slot.generation == generation_) Enter(slot.hash);
  }
}

}  // namespace winnow
