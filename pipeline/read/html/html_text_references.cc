// SPDX-License-Identifier: Apache-2.0
// The names stand in one string and are put into a hash table at first use.
#include "pipeline/read/html/html_text_references.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "pipeline/text/unicode.h"

namespace winnow {
namespace {

constexpr std::string_view kNames =
#include "pipeline/read/html/html_text_references.inc"
    ;
constexpr size_t kLongestName = 32;
constexpr size_t kLongestBareName = 6;  // of those legal without semicolon

bool IsAlnum(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
         (c >= 'A' && c <= 'Z');
}

class NameTable {
 public:
  struct Entry {
    std::string_view name;
    char32_t first = 0;
    char32_t second = 0;
    bool bare = false;
  };

  NameTable() {
    for (size_t at = 0; at < kNames.size();) {
      const size_t end = kNames.find(' ', at);
      Insert(kNames.substr(at, end - at));
      at = end + 1;
    }
  }

  const Entry* Find(std::string_view name) const {
    size_t slot = Hash(name);
    for (; !slots_[slot].name.empty(); slot = (slot + 1) % kSlots) {
      if (slots_[slot].name == name) return &slots_[slot];
    }
    return nullptr;
  }

 private:
  static constexpr size_t kSlots = 4096;

  static size_t Hash(std::string_view name) {
    uint32_t h = 2166136261U;
    for (const char c : name) {
      h = (h ^ static_cast<unsigned char>(c)) * 16777619U;
    }
    return (h ^ h >> 15) % kSlots;
  }

  void Insert(std::string_view item) {
    const size_t mark = item.find_first_of("!=");
    Entry entry{item.substr(0, mark), 0, 0, item[mark] == '!'};
    char32_t code = 0;
    for (const char c : item.substr(mark + 1)) {
      if (c == '+') {
        entry.first = code;
        code = 0;
        continue;
      }
      const int digit = c <= '9' ? c - '0' : c - 'A' + 10;
      code = code << 4 | static_cast<char32_t>(digit);
    }
    (entry.first == 0 ? entry.first : entry.second) = code;
    size_t slot = Hash(entry.name);
    while (!slots_[slot].name.empty()) slot = (slot + 1) % kSlots;
    slots_[slot] = entry;
  }

  std::array<Entry, kSlots> slots_;
};

const NameTable& Names() {
  static const NameTable* const table = new NameTable;
  return *table;
}

// What the standard makes of 0x80-0x9F: the characters of windows-1252.
constexpr char32_t kC1[32] = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
    0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

char32_t FixNumber(char32_t c) {
  if (c == 0 || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) return 0xFFFD;
  return c >= 0x80 && c < 0xA0 ? kC1[c - 0x80] : c;
}

// text begins with "&#".
HtmlReference ReadNumber(std::string_view text) {
  size_t i = 2;
  const bool hex = i < text.size() && (text[i] == 'x' || text[i] == 'X');
  if (hex) ++i;
  const size_t digits = i;
  char32_t value = 0;
  for (; i < text.size(); ++i) {
    const char c = text[i];
    const char lower = static_cast<char>(c | 0x20);
    int digit = -1;
    if (c >= '0' && c <= '9') digit = c - '0';
    if (hex && lower >= 'a' && lower <= 'f') digit = lower - 'a' + 10;
    if (digit < 0) break;
    // Saturates above the last code point.
    value = std::min<char32_t>(
        value * (hex ? 16 : 10) + static_cast<char32_t>(digit), 0x110000);
  }
  if (i == digits) return {};
  if (i < text.size() && text[i] == ';') ++i;
  return {i, FixNumber(value)};
}

}  // namespace

HtmlReference ReadHtmlReference(std::string_view text, bool in_attribute) {
  if (text.size() < 2) return {};
  if (text[1] == '#') return ReadNumber(text);
  size_t end = 1;
  const size_t limit = std::min(text.size(), kLongestName + 1);
  while (end < limit && IsAlnum(text[end])) ++end;
  if (end == 1) return {};
  const std::string_view name = text.substr(1, end - 1);
  if (end < text.size() && text[end] == ';') {
    const NameTable::Entry* entry = Names().Find(name);
    if (entry != nullptr) return {end + 1, entry->first, entry->second};
  }
  // In an attribute nothing but the whole name can do, with no '=' behind it.
  if (in_attribute && end < text.size() && text[end] == '=') return {};
  const size_t shortest = in_attribute ? std::max<size_t>(name.size(), 2) : 2;
  for (size_t n = std::min(name.size(), kLongestBareName); n >= shortest; --n) {
    const NameTable::Entry* entry = Names().Find(name.substr(0, n));
    if (entry != nullptr && entry->bare) {
      return {n + 1, entry->first, entry->second};
    }
  }
  return {};
}

void AppendResolved(std::string_view text, std::string* out) {
  for (;;) {
    const size_t amp = text.find('&');
    out->append(text.substr(0, amp));
    if (amp == std::string_view::npos) return;
    text.remove_prefix(amp);
    const HtmlReference reference = ReadHtmlReference(text);
    if (reference.length == 0) {
      out->push_back('&');
      text.remove_prefix(1);
      continue;
    }
    char buffer[8];
    char* end = EncodeUtf8(reference.first, buffer);
    if (reference.second != 0) end = EncodeUtf8(reference.second, end);
    out->append(buffer, end);
    text.remove_prefix(reference.length);
  }
}

}  // namespace winnow
