// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/stats/tokens_reference.h"

#include <algorithm>
#include <fstream>
#include <functional>
#include <limits>

#include "pipeline/text/unicode.h"

namespace winnow::testing {
namespace {

using Text = std::u32string;
using CharSet = bool (*)(char32_t);

constexpr size_t kMany = std::numeric_limits<size_t>::max();

Category CategoryOf(char32_t c) { return CodePoint(c).category; }
bool IsL(char32_t c) { return (CodePoint(c).flags & kCpLetter) != 0; }
bool IsM(char32_t c) { return (CodePoint(c).flags & kCpMark) != 0; }
bool IsN(char32_t c) { return (CodePoint(c).flags & kCpNumber) != 0; }
bool IsS(char32_t c) { return (CodePoint(c).flags & kCpWhite) != 0; }
bool IsBreak(char32_t c) { return c == '\r' || c == '\n'; }
bool IsBreakOrSlash(char32_t c) { return IsBreak(c) || c == '/'; }
bool IsSpace(char32_t c) { return c == ' '; }
bool IsSymbol(char32_t c) { return !IsS(c) && !IsL(c) && !IsN(c); }
bool IsPrefix(char32_t c) { return !IsBreak(c) && !IsL(c) && !IsN(c); }
bool IsUpper(char32_t c) {
  const Category k = CategoryOf(c);
  return IsM(c) || k == Category::kLu || k == Category::kLt ||
         k == Category::kLm || k == Category::kLo;
}
bool IsLower(char32_t c) {
  const Category k = CategoryOf(c);
  return IsM(c) || k == Category::kLl || k == Category::kLm ||
         k == Category::kLo;
}

enum class Contraction { kNo, kMust, kMay };

// One alternative of a pattern: character sets, each `min` to `max` times and
// greedy; then perhaps a contraction; then perhaps (?!\S).
struct Repeat {
  CharSet set;
  size_t min;
  size_t max;
};
struct Alternative {
  std::vector<Repeat> repeats;
  Contraction contraction = Contraction::kNo;
  bool any_case = true;
  bool not_before_text = false;
};

constexpr size_t kFail = kMany;

size_t MatchContraction(const Text& text, size_t at, bool any_case) {
  if (at >= text.size() || text[at] != '\'') return kFail;
  for (const std::u32string suffix :
       {U"s", U"d", U"m", U"t", U"ll", U"ve", U"re"}) {
    std::u32string found = text.substr(at + 1, suffix.size());
    if (any_case) {
      for (char32_t& c : found) c = c == 0x17F ? U's' : ToLower(c);
    }
    if (found == suffix) return at + 1 + suffix.size();
  }
  return kFail;
}

size_t Match(const Text& text, size_t at, const Alternative& alternative,
             size_t index) {
  if (index == alternative.repeats.size()) {
    if (alternative.contraction != Contraction::kNo) {
      const size_t end = MatchContraction(text, at, alternative.any_case);
      if (end != kFail) return end;
      if (alternative.contraction == Contraction::kMust) return kFail;
    }
    if (alternative.not_before_text && at < text.size() && !IsS(text[at])) {
      return kFail;
    }
    return at;
  }
  const Repeat& repeat = alternative.repeats[index];
  size_t most = 0;
  while (most < repeat.max && at + most < text.size() &&
         repeat.set(text[at + most])) {
    ++most;
  }
  for (size_t n = most + 1; n-- > repeat.min;) {
    const size_t end = Match(text, at + n, alternative, index + 1);
    if (end != kFail) return end;
  }
  return kFail;
}

std::vector<Alternative> PatternOf(const std::string& encoding) {
  const Alternative symbols_before_breaks = {
      {{IsSpace, 0, 1}, {IsSymbol, 1, kMany}, {IsBreak, 0, kMany}}};
  if (encoding == "o200k_base") {
    return {
        {{{IsPrefix, 0, 1}, {IsUpper, 0, kMany}, {IsLower, 1, kMany}},
         Contraction::kMay},
        {{{IsPrefix, 0, 1}, {IsUpper, 1, kMany}, {IsLower, 0, kMany}},
         Contraction::kMay},
        {{{IsN, 1, 3}}},
        {{{IsSpace, 0, 1}, {IsSymbol, 1, kMany}, {IsBreakOrSlash, 0, kMany}}},
        {{{IsS, 0, kMany}, {IsBreak, 1, kMany}}},
        {{{IsS, 1, kMany}}, Contraction::kNo, true, true},
        {{{IsS, 1, kMany}}},
    };
  }
  if (encoding == "cl100k_base") {
    return {
        {{}, Contraction::kMust},
        {{{IsPrefix, 0, 1}, {IsL, 1, kMany}}},
        {{{IsN, 1, 3}}},
        symbols_before_breaks,
        {{{IsS, 0, kMany}, {IsBreak, 1, kMany}}},
        {{{IsS, 1, kMany}}, Contraction::kNo, true, true},
        {{{IsS, 1, kMany}}},
    };
  }
  return {
      {{}, Contraction::kMust, false},
      {{{IsSpace, 0, 1}, {IsL, 1, kMany}}},
      {{{IsSpace, 0, 1}, {IsN, 1, kMany}}},
      {{{IsSpace, 0, 1}, {IsSymbol, 1, kMany}}},
      {{{IsS, 1, kMany}}, Contraction::kNo, true, true},
      {{{IsS, 1, kMany}}},
  };
}

std::string Base64Decoded(std::string_view encoded) {
  const std::string letters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bits;
  for (const char c : encoded) {
    if (c == '=') break;
    const size_t value = letters.find(c);
    for (size_t b = 6; b-- > 0;) bits += (value >> b & 1) != 0 ? '1' : '0';
  }
  std::string bytes;
  for (size_t i = 0; i + 8 <= bits.size(); i += 8) {
    bytes += static_cast<char>(std::stoi(bits.substr(i, 8), nullptr, 2));
  }
  return bytes;
}

}  // namespace

std::vector<std::string> ReferencePieces(const std::string& encoding,
                                         std::string_view text) {
  const std::vector<Alternative> pattern = PatternOf(encoding);
  Text characters;
  std::vector<size_t> offsets;
  for (size_t pos = 0; pos < text.size();) {
    offsets.push_back(pos);
    characters += DecodeUtf8(text, &pos);
  }
  offsets.push_back(text.size());
  std::vector<std::string> pieces;
  for (size_t at = 0; at < characters.size();) {
    size_t end = kFail;
    for (const Alternative& alternative : pattern) {
      end = Match(characters, at, alternative, 0);
      if (end != kFail) break;
    }
    pieces.emplace_back(text.substr(offsets[at], offsets[end] - offsets[at]));
    at = end;
  }
  return pieces;
}

ReferenceTokenizer::ReferenceTokenizer(const std::string& encoding,
                                       const std::string& data_dir)
    : encoding_(encoding) {
  std::ifstream file(data_dir + "/vocab/" + encoding + ".tiktoken");
  std::string bytes;
  uint32_t rank = 0;
  while (file >> bytes >> rank) ranks_[Base64Decoded(bytes)] = rank;
}

std::vector<uint32_t> ReferenceTokenizer::EncodePiece(
    const std::string& piece) const {
  std::vector<std::string> parts;
  for (const char c : piece) parts.emplace_back(1, c);
  for (;;) {
    uint32_t lowest = std::numeric_limits<uint32_t>::max();
    size_t at = 0;
    for (size_t i = 0; i + 1 < parts.size(); ++i) {
      const auto found = ranks_.find(parts[i] + parts[i + 1]);
      if (found != ranks_.end() && found->second < lowest) {
        lowest = found->second;
        at = i;
      }
    }
    if (lowest == std::numeric_limits<uint32_t>::max()) break;
    parts[at] += parts[at + 1];
    parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(at) + 1);
  }
  std::vector<uint32_t> ids;
  for (const std::string& part : parts) ids.push_back(ranks_.at(part));
  return ids;
}

std::vector<uint32_t> ReferenceTokenizer::Encode(std::string_view text) const {
  std::vector<uint32_t> ids;
  for (const std::string& piece : ReferencePieces(encoding_, text)) {
    const std::vector<uint32_t> more = EncodePiece(piece);
    ids.insert(ids.end(), more.begin(), more.end());
  }
  return ids;
}

uint64_t ReferenceTokenizer::Count(std::string_view text) {
  uint64_t count = 0;
  for (const std::string& piece : ReferencePieces(encoding_, text)) {
    const auto [entry, added] = counts_.emplace(piece, 0);
    if (added) entry->second = EncodePiece(piece).size();
    count += entry->second;
  }
  return count;
}

std::string RandomClassMix(std::mt19937_64* random, size_t characters) {
  static const std::vector<std::u32string> kClasses = {
      U"'",
      U"stdmlrveSTDMLRVE\u017F",
      U"abcxyz",
      U"ABCXYZ",
      U"0123456789",
      U" ",
      U" ",
      U"\n",
      U"\r",
      U"\t\v\f",
      U"\u00A0\u0085\u3000\u2003\u2028",
      U"/",
      U"!.,-_(){}\"#",
      U"\u2019\u201C\u20AC\u2014\uFF0C\u3002",
      U"\u0301\u0308\u20DD\u0E31\u0BCD\u05B0\u0903",
      U"\u00E9\u00DF\u0153\u0444\u03C9",
      U"\u00C9\u0152\u0424\u03A9\u01C5",
      U"\u02B0\u30FC\u3005",
      U"\u3042\u30AB\u4E16\u754C",
      U"\uD55C\uAD6D\uC5B4",
      U"\u05D0\u0E01\u0B95\u0928",
      U"\u0661\u00BD\u00B2\u2167",
      U"\U0001F44D\U0001F468\u200D\uFE0F",
      U"\uFEFF\u200B\u001C\u0001\u007F",
      U"\U00020000\U0001D400\U0001D41A\U0001D7D8",
      U"\uFFFD\uE000\u0378"};
  const auto draw = [&](size_t n) {
    return std::uniform_int_distribution<size_t>(0, n - 1)(*random);
  };
  // A few classes a text: long runs and close meetings of the same two.
  std::vector<size_t> chosen(2 + draw(6));
  for (size_t& c : chosen) c = draw(kClasses.size());
  std::string text;
  char32_t last = U'a';
  for (size_t i = 0; i < characters; ++i) {
    if (draw(4) != 0) {
      const std::u32string& letters = kClasses[chosen[draw(chosen.size())]];
      last = letters[draw(letters.size())];
    }
    char bytes[4];
    text.append(bytes, EncodeUtf8(last, bytes));
  }
  return text;
}

}  // namespace winnow::testing
