// SPDX-License-Identifier: Apache-2.0
// Names are packed into two words and found in a small table made at compile
// time; attributes follow the states of the WHATWG tokenizer, since quotes mean
// something only behind an equals sign.
#include "pipeline/read/html/html_text_tags.h"

#include <array>
#include <cstring>

namespace winnow {
namespace {

struct Row {
  std::string_view name;
  HtmlTagInfo info;
};

using Tag = HtmlTag;
constexpr auto kFlow = HtmlTagInfo::kFlow;
constexpr auto kDrop = HtmlTagInfo::kDrop;
constexpr auto kRaw = HtmlTagInfo::kRawDrop;

constexpr Row kRows[] = {
    {"address", {Tag::kBlock, kFlow, 1}},
    {"article", {Tag::kArticle, kFlow, 2}},
    {"aside", {Tag::kAside, kDrop, 2}},
    {"audio", {Tag::kAudio, kDrop, 0}},
    {"blockquote", {Tag::kBlockquote, kFlow, 2}},
    {"body", {Tag::kBlock, kFlow, 1}},
    {"br", {Tag::kBr, kFlow, 0}},
    {"button", {Tag::kButton, kDrop, 0}},
    {"canvas", {Tag::kCanvas, kDrop, 0}},
    {"caption", {Tag::kBlock, kFlow, 1}},
    {"center", {Tag::kCenter, kFlow, 1}},
    {"dd", {Tag::kBlock, kFlow, 1}},
    {"details", {Tag::kDetails, kFlow, 1}},
    {"dialog", {Tag::kBlock, kFlow, 1}},
    {"dir", {Tag::kBlock, kFlow, 1}},
    {"div", {Tag::kDiv, kFlow, 1}},
    {"dl", {Tag::kBlock, kFlow, 1}},
    {"dt", {Tag::kBlock, kFlow, 1}},
    {"fieldset", {Tag::kFieldset, kFlow, 1}},
    {"figcaption", {Tag::kBlock, kFlow, 1}},
    {"figure", {Tag::kFigure, kFlow, 2}},
    {"footer", {Tag::kFooter, kDrop, 2}},
    {"form", {Tag::kForm, HtmlTagInfo::kUndrop, 2}},
    {"frameset", {Tag::kBlock, kFlow, 1}},
    {"h1", {Tag::kBlock, kFlow, 2}},
    {"h2", {Tag::kBlock, kFlow, 2}},
    {"h3", {Tag::kBlock, kFlow, 2}},
    {"h4", {Tag::kBlock, kFlow, 2}},
    {"h5", {Tag::kBlock, kFlow, 2}},
    {"h6", {Tag::kBlock, kFlow, 2}},
    {"head", {Tag::kBlock, kFlow, 1}},
    {"header", {Tag::kHeader, kFlow, 1}},
    {"hgroup", {Tag::kBlock, kFlow, 1}},
    {"hr", {Tag::kBlock, kFlow, 2}},
    {"html", {Tag::kHtml, kFlow, 1}},
    {"iframe", {Tag::kIframe, kRaw, 0}},
    {"legend", {Tag::kBlock, kFlow, 1}},
    {"li", {Tag::kBlock, kFlow, 1}},
    {"link", {Tag::kLink, kFlow, 0}},
    {"listing", {Tag::kPre, kFlow, 2}},
    {"main", {Tag::kMain, kFlow, 1}},
    {"menu", {Tag::kBlock, kFlow, 1}},
    {"nav", {Tag::kNav, kDrop, 2}},
    {"noembed", {Tag::kNoembed, kRaw, 0}},
    {"noframes", {Tag::kNoframes, kRaw, 0}},
    {"noscript", {Tag::kNoscript, HtmlTagInfo::kUndrop, 0}},
    {"object", {Tag::kObject, kDrop, 0}},
    {"ol", {Tag::kOl, kFlow, 1}},
    {"optgroup", {Tag::kBlock, kFlow, 1}},
    {"option", {Tag::kBlock, kFlow, 1}},
    {"p", {Tag::kBlock, kFlow, 2}},
    {"pre", {Tag::kPre, kFlow, 2}},
    {"script", {Tag::kScript, kRaw, 0}},
    {"section", {Tag::kSection, kFlow, 2}},
    {"select", {Tag::kSelect, kDrop, 0}},
    {"style", {Tag::kStyle, kRaw, 0}},
    {"summary", {Tag::kBlock, kFlow, 1}},
    {"svg", {Tag::kSvg, kDrop, 0}},
    {"table", {Tag::kTable, kFlow, 2}},
    {"tbody", {Tag::kBlock, kFlow, 1}},
    {"td", {Tag::kCell, kFlow, 0}},
    {"template", {Tag::kTemplate, kDrop, 0}},
    {"textarea", {Tag::kTextarea, kRaw, 0}},
    {"tfoot", {Tag::kBlock, kFlow, 1}},
    {"th", {Tag::kCell, kFlow, 0}},
    {"thead", {Tag::kBlock, kFlow, 1}},
    {"title", {Tag::kTitle, HtmlTagInfo::kRawTitle, 0}},
    {"tr", {Tag::kBlock, kFlow, 1}},
    {"ul", {Tag::kUl, kFlow, 1}},
    {"video", {Tag::kVideo, kDrop, 0}},
};

constexpr size_t kSlots = 256;
constexpr size_t kLongest = 10;

// Up to 10 bytes, in lower case.
struct PackedName {
  uint64_t low = 0;
  uint64_t high = 0;
  constexpr bool operator==(const PackedName&) const = default;
  constexpr void Put(size_t i, char c) {
    const auto byte = static_cast<uint64_t>(static_cast<unsigned char>(c));
    (i < 8 ? low : high) |= byte << (i % 8 * 8);
  }
  constexpr size_t Slot() const {
    return (low ^ high << 5) * 0x9E3779B97F4A7C15U >> 56;
  }
};

struct Slot {
  PackedName name;
  HtmlTagInfo info;
};

constexpr std::array<Slot, kSlots> kTable = [] {
  std::array<Slot, kSlots> table{};
  for (const Row& row : kRows) {
    PackedName name;
    for (size_t i = 0; i < row.name.size(); ++i) name.Put(i, row.name[i]);
    size_t slot = name.Slot();
    while (table[slot].name.low != 0) slot = (slot + 1) % kSlots;
    table[slot] = {name, row.info};
  }
  return table;
}();

bool IsSpace(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

}  // namespace

HtmlTagInfo ReadHtmlTagName(const char** p, const char* end) {
  PackedName name;
  const char* q = *p;
  size_t n = 0;
  for (; q != end; ++q, ++n) {
    char c = *q;
    if (IsSpace(c) || c == '/' || c == '>') break;
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    if (n < kLongest) name.Put(n, c);
  }
  *p = q;
  if (n > kLongest) return {};
  for (size_t slot = name.Slot(); kTable[slot].name.low != 0;
       slot = (slot + 1) % kSlots) {
    if (kTable[slot].name == name) return kTable[slot].info;
  }
  return {};
}

bool HtmlAttributes::Next(HtmlAttribute* attribute) {
  const char* p = p_;
  const auto done = [&](bool cut) {
    cut_ = cut;
    p_ = p;
    return false;
  };
  while (p != end_ && (IsSpace(*p) || *p == '/')) {
    self_closing_ = *p == '/';
    ++p;
  }
  if (p == end_) return done(true);
  if (*p == '>') {
    ++p;
    return done(false);
  }
  self_closing_ = false;
  const char* const name = p++;  // an '=' here is part of the name
  while (p != end_ && !IsSpace(*p) && *p != '/' && *p != '>' && *p != '=') ++p;
  attribute->name = {name, static_cast<size_t>(p - name)};
  attribute->value = {};
  while (p != end_ && IsSpace(*p)) ++p;
  if (p == end_) return done(true);
  if (*p != '=') {
    p_ = p;
    return true;
  }
  ++p;
  while (p != end_ && IsSpace(*p)) ++p;
  if (p == end_) return done(true);
  const char* value = p;
  if (*p == '"' || *p == '\'') {
    ++value;
    const auto room = static_cast<size_t>(end_ - value);
    p = static_cast<const char*>(std::memchr(value, *p, room));
    if (p == nullptr) {
      p = end_;
      return done(true);
    }
    attribute->value = {value, static_cast<size_t>(p - value)};
    ++p;
  } else {
    while (p != end_ && !IsSpace(*p) && *p != '>') ++p;
    attribute->value = {value, static_cast<size_t>(p - value)};
  }
  p_ = p;
  return true;
}

}  // namespace winnow
