// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/text/spacy_twin.h"

#include <array>
#include <iterator>

#include "pipeline/text/hash.h"
#include "pipeline/text/punctuation.h"
#include "pipeline/text/spacy_en_exact.h"
#include "pipeline/text/spacy_en_rules.h"
#include "pipeline/text/unicode.h"

namespace winnow::testing {
namespace {

struct Token {
  size_t begin;
  size_t end;
  bool white;
};

bool IsSpaceAt(std::string_view text, size_t pos, size_t* next) {
  *next = pos;
  return (CodePoint(DecodeUtf8(text, next)).flags & kCpPySpace) != 0;
}

// As spaCy's document: runs of white space are tokens but for one space behind
// a chunk.
std::vector<Token> AllTokens(std::string_view text) {
  SpacyExact exact;
  std::vector<Token> tokens;
  size_t begin = 0;
  while (begin < text.size()) {
    size_t end = begin;
    size_t next = 0;
    const bool white = IsSpaceAt(text, begin, &next);
    while (end < text.size() && IsSpaceAt(text, end, &next) == white) {
      end = next;
    }
    if (white) {
      const bool drop = begin > 0 && text[begin] == ' ';
      if (begin + (drop ? 1 : 0) < end) {
        tokens.push_back({begin + (drop ? 1 : 0), end, true});
      }
    } else {
      size_t from = begin;
      for (const uint32_t to : exact.Tokens(text, begin, end)) {
        tokens.push_back({from, begin + to, false});
        from = begin + to;
      }
    }
    begin = end;
  }
  return tokens;
}

}  // namespace

Words SlowSpacyWords(std::string_view text) {
  Words words;
  for (const Token& token : AllTokens(text)) {
    if (token.white) continue;
    unsigned flags = 0;
    uint32_t chars = 0;
    for (size_t pos = token.begin; pos < token.end; ++chars) {
      const char32_t c = DecodeUtf8(text, &pos);
      if ((CodePoint(c).flags & kCpLetter) != 0) flags |= kWordHasAlpha;
      if (!IsDatatrovePunctuation(c)) flags |= kWordHasNonPunct;
    }
    words.begin.push_back(static_cast<uint32_t>(token.begin));
    words.end.push_back(static_cast<uint32_t>(token.end));
    words.chars.push_back(chars);
    words.flags.push_back(static_cast<uint8_t>(flags));
    words.raw.push_back(
        Hash64(text.substr(token.begin, token.end - token.begin)));
  }
  return words;
}

std::vector<std::pair<uint32_t, uint32_t>> SlowSentences(
    std::string_view text) {
  std::vector<uint32_t> cuts;
  bool seen = false;
  size_t before = 0;
  for (const Token& token : AllTokens(text)) {
    size_t chars = 0;
    bool all_punct = true;
    bool stop = false;
    for (size_t pos = token.begin; pos < token.end; ++chars) {
      const char32_t c = DecodeUtf8(text, &pos);
      all_punct = all_punct && (CodePoint(c).flags & kCpPunct) != 0;
      stop = IsSentencizerStop(c);
    }
    stop = stop && chars == 1;
    if (seen && !stop && !all_punct) {
      cuts.push_back(static_cast<uint32_t>(before));
      seen = false;
    }
    if (stop) seen = true;
    before = token.end;
  }
  std::vector<std::pair<uint32_t, uint32_t>> spans;
  uint32_t begin = 0;
  for (const uint32_t cut : cuts) {
    spans.emplace_back(begin, cut);
    begin = cut;
  }
  spans.emplace_back(begin, static_cast<uint32_t>(text.size()));
  return spans;
}

std::string HostileText(Random* random, size_t parts, uint64_t gap) {
  static constexpr std::string_view kSpaces[] = {
      " ",  " ",        " ",      " ",      " ",      " ",      " ",
      "  ", "\n",       " \n",    "\n\n",   "\t",     "\r\n",   "\x1C",
      " ",  "\xC2\xA0", "\u2009", "\u3000", "\u2028", "\u1680", " \xC2\x85"};
  static constexpr std::string_view kParts[] = {
      "a",           "word",       "Word",   "WORD",   "x",      "s",
      "km",          "US",         "C",      "I",      "10",     "5",
      "1999",        ".",          "..",     "...",    ",",      ";",
      ":",           "!",          "?",      "'",      "\"",     "''",
      "`",           "(",          ")",      "[",      "]",      "{",
      "}",           "<",          ">",      "_",      "#",      "*",
      "&",           "%",          "$",      "+",      "-",      "--",
      "---",         "=",          "/",      "\\",     "|",      "@",
      "~",           "^",          ")",      ":)",     "'s",     "\x7F",
      "www.a.org",   "http://",    "a.b",    ".com",   ":80",    "1.2.3.4",
      "\u2019",      "\u2019s",    "\u201C", "\u201D", "\u2014", "\u2013",
      "\u2026",      "\u00B0",     "\u20AC", "\u00E9", "\u00C9", "\u0301",
      "\u4E2D",      "\u3002",     "\uD55C", "\u0645", "\u0939", "\u0964",
      "\U0001F600",  "\U00020000", "\u200B", "\u0660", "\uFF0E", "\u0CA0",
      "antidisestab"};
  const std::vector<SpacyRule>& rules = SpacyRules::Get().all();
  std::string text;
  for (size_t i = 0; i < parts; ++i) {
    if (random->Below(gap) == 0) {
      text += kSpaces[random->Below(std::size(kSpaces))];
    } else if (random->Below(8) == 0) {
      text += rules[random->Below(rules.size())].key;
    } else {
      text += kParts[random->Below(std::size(kParts))];
    }
  }
  return text;
}

std::vector<std::string> Tokens(std::string_view text, const Words& words) {
  std::vector<std::string> tokens;
  for (size_t i = 0; i < words.size(); ++i) {
    tokens.emplace_back(
        text.substr(words.begin[i], words.end[i] - words.begin[i]));
  }
  return tokens;
}

}  // namespace winnow::testing
