// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/text/analysis_oracle.h"

#include <gtest/gtest.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <utf8proc.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "pipeline/text/hash.h"
#include "pipeline/text/punctuation.h"

namespace winnow::testing {
namespace {

// A code point with the bytes it came from.
struct Point {
  char32_t c;
  uint32_t begin;
  uint32_t end;
};

std::vector<Point> Points(std::string_view text) {
  std::vector<Point> points;
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  for (size_t i = 0; i < text.size();) {
    utf8proc_int32_t c = -1;
    const auto n = utf8proc_iterate(
        bytes + i, static_cast<utf8proc_ssize_t>(text.size() - i), &c);
    if (n <= 0 || c < 0) {
      ADD_FAILURE() << "the oracle wants valid UTF-8";
      return points;
    }
    points.push_back({static_cast<char32_t>(c), static_cast<uint32_t>(i),
                      static_cast<uint32_t>(i + static_cast<size_t>(n))});
    i += static_cast<size_t>(n);
  }
  return points;
}

bool Between(char32_t c, char32_t a, char32_t b) { return c >= a && c <= b; }

char Major(char32_t c) {
  return utf8proc_category_string(static_cast<utf8proc_int32_t>(c))[0];
}

bool PySpace(char32_t c) {
  return Between(c, 0x09, 0x0D) || Between(c, 0x1C, 0x20) || c == 0x85 ||
         c == 0xA0 || c == 0x1680 || Between(c, 0x2000, 0x200A) ||
         c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000;
}

bool PyBreak(char32_t c) {
  return Between(c, 0x0A, 0x0D) || Between(c, 0x1C, 0x1E) || c == 0x85 ||
         c == 0x2028 || c == 0x2029;
}

bool Single(char32_t c) {
  // Marks of length and iteration that Unicode shares between scripts.
  if (c == 0x3006 || Between(c, 0x3031, 0x3035) || c == 0x30FC || c == 0xFF70 ||
      c == 0xFF9E || c == 0xFF9F) {
    return true;
  }
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(static_cast<UChar32>(c), &status)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR:
      return true;
    default:
      return false;
  }
}

void Add(std::string_view text, const std::vector<Point>& points, size_t from,
         size_t to, Words* words) {
  if (from == to) return;
  const uint32_t begin = points[from].begin;
  const uint32_t end = points[to - 1].end;
  bool alpha = false;
  bool other = false;
  for (size_t i = from; i < to; ++i) {
    alpha |= Major(points[i].c) == 'L';
    other |= !IsDatatrovePunctuation(points[i].c);
  }
  words->begin.push_back(begin);
  words->end.push_back(end);
  words->chars.push_back(static_cast<uint32_t>(to - from));
  words->flags.push_back(static_cast<uint8_t>((alpha ? kWordHasAlpha : 0) |
                                              (other ? kWordHasNonPunct : 0)));
  words->raw.push_back(Hash64(text.substr(begin, end - begin)));
}

std::u32string Normalize(std::u32string_view text, int options) {
  // utf8proc 2.8 composes a syllable with U+11A7, the vowel before the first
  // final consonant, and loses it. It combines with nothing: cut there.
  if (const size_t at = text.find(U'\u11A7'); at != text.npos) {
    return Normalize(text.substr(0, at), options) + U'\u11A7' +
           Normalize(text.substr(at + 1), options);
  }
  const std::string utf8 = Encode(text);
  utf8proc_uint8_t* mapped = nullptr;
  const auto size =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(utf8.data()),
                   static_cast<utf8proc_ssize_t>(utf8.size()), &mapped,
                   static_cast<utf8proc_option_t>(UTF8PROC_STABLE | options));
  if (size < 0) {
    ADD_FAILURE() << "utf8proc_map failed";
    return {};
  }
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(
      mapped, std::free);
  return Decode(
      {reinterpret_cast<const char*>(mapped), static_cast<size_t>(size)});
}

template <typename T>
void ExpectSame(const char* what, const std::vector<T>& got,
                const std::vector<T>& want) {
  if (got == want) return;
  size_t i = 0;
  while (i < got.size() && i < want.size() && got[i] == want[i]) ++i;
  ADD_FAILURE() << what << ": " << got.size() << " for " << want.size()
                << ", first difference at " << i;
}

void ExpectSameLines(const char* what, const std::vector<Line>& got,
                     const std::vector<Line>& want) {
  EXPECT_EQ(got.size(), want.size()) << what;
  for (size_t i = 0; i < got.size() && i < want.size(); ++i) {
    const bool same =
        got[i].begin == want[i].begin && got[i].end == want[i].end &&
        got[i].next == want[i].next && got[i].chars == want[i].chars;
    if (same) continue;
    ADD_FAILURE() << what << " " << i << ": got " << got[i].begin << " "
                  << got[i].end << " " << got[i].next << " " << got[i].chars
                  << ", want " << want[i].begin << " " << want[i].end << " "
                  << want[i].next << " " << want[i].chars;
    return;
  }
}

void ExpectSameWords(const Words& got, const Words& want) {
  ExpectSame("begin", got.begin, want.begin);
  ExpectSame("end", got.end, want.end);
  ExpectSame("chars", got.chars, want.chars);
  ExpectSame("flags", got.flags, want.flags);
  ExpectSame("raw", got.raw, want.raw);
  ExpectSame("folded", got.folded, want.folded);
}

}  // namespace

std::u32string Decode(std::string_view utf8) {
  std::u32string text;
  for (const Point& p : Points(utf8)) text += p.c;
  return text;
}

std::string Encode(std::u32string_view text) {
  std::string utf8;
  for (const char32_t c : text) {
    utf8proc_uint8_t bytes[4];
    const auto n =
        utf8proc_encode_char(static_cast<utf8proc_int32_t>(c), bytes);
    utf8.append(reinterpret_cast<const char*>(bytes), static_cast<size_t>(n));
  }
  return utf8;
}

std::string FoldOracle(std::string_view word) {
  std::u32string kept;
  size_t run = 0;
  for (const char32_t c : Normalize(Decode(word), UTF8PROC_DECOMPOSE)) {
    const auto* property =
        utf8proc_get_property(static_cast<utf8proc_int32_t>(c));
    run = property->combining_class == 0 ? 0 : run + 1;
    if (run <= 30) kept += c;
  }
  std::u32string folded = Normalize(kept, UTF8PROC_COMPOSE);
  for (char32_t& c : folded) {
    c = static_cast<char32_t>(
        utf8proc_tolower(static_cast<utf8proc_int32_t>(c)));
  }
  return Encode(folded);
}

TextCounts CountOracle(std::string_view text) {
  const std::u32string points = Decode(text);
  TextCounts counts;
  counts.bytes = text.size();
  counts.chars = points.size();
  counts.words = SpaceOracle(text).size();
  for (const char32_t c : points) {
    counts.line_feeds += c == U'\n';
    counts.hashes += c == U'#';
    counts.ellipses += c == U'\u2026';
    counts.only_line_feeds &= c == U'\n' || !PyBreak(c);
  }
  for (size_t at = text.find("..."); at != std::string_view::npos;
       at = text.find("...", at + 3)) {
    ++counts.ellipses;
  }
  return counts;
}

std::vector<Line> LinesOracle(std::string_view text) {
  std::vector<Line> lines;
  size_t begin = 0;
  while (true) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    const size_t next = std::min(end + 1, text.size());
    lines.push_back({static_cast<uint32_t>(begin), static_cast<uint32_t>(end),
                     static_cast<uint32_t>(next),
                     static_cast<uint32_t>(
                         Points(text.substr(begin, end - begin)).size())});
    if (end == text.size()) return lines;
    begin = next;
  }
}

std::vector<Line> SplitLinesOracle(std::string_view text) {
  const std::vector<Point> points = Points(text);
  std::vector<Line> lines;
  for (size_t i = 0; i < points.size();) {
    const size_t first = i;
    while (i < points.size() && !PyBreak(points[i].c)) ++i;
    Line line;
    line.begin = points[first].begin;
    line.chars = static_cast<uint32_t>(i - first);
    line.end = i < points.size() ? points[i].begin
                                 : static_cast<uint32_t>(text.size());
    if (i + 1 < points.size() && points[i].c == U'\r' &&
        points[i + 1].c == U'\n') {
      ++i;
    }
    if (i < points.size()) ++i;
    line.next = i < points.size() ? points[i].begin
                                  : static_cast<uint32_t>(text.size());
    lines.push_back(line);
  }
  return lines;
}

Words SpaceOracle(std::string_view text) {
  const std::vector<Point> points = Points(text);
  Words words;
  for (size_t i = 0; i < points.size(); ++i) {
    const size_t first = i;
    while (i < points.size() && !PySpace(points[i].c)) ++i;
    Add(text, points, first, i, &words);
  }
  return words;
}

Words AlnumOracle(std::string_view text) {
  const std::vector<Point> points = Points(text);
  const auto is = [&](size_t i, char major) {
    return i < points.size() && Major(points[i].c) == major;
  };
  const auto base = [&](size_t i) { return is(i, 'L') || is(i, 'N'); };
  Words words;
  for (size_t i = 0; i < points.size();) {
    const size_t first = i;
    if (!base(i)) {
      ++i;
      continue;
    }
    if (Single(points[i].c)) {
      ++i;
      while (is(i, 'M')) ++i;
    } else {
      while (is(i, 'M') || (base(i) && !Single(points[i].c))) ++i;
    }
    Add(text, points, first, i, &words);
    words.folded.push_back(Hash64(FoldOracle(text.substr(
        words.begin.back(), words.end.back() - words.begin.back()))));
  }
  return words;
}

void ExpectSameAsOracle(const Analysis& got) {
  SCOPED_TRACE(Escape(got.text));
  const TextCounts counts = CountOracle(got.text);
  EXPECT_EQ(got.counts.bytes, counts.bytes);
  EXPECT_EQ(got.counts.chars, counts.chars);
  EXPECT_EQ(got.counts.words, counts.words);
  EXPECT_EQ(got.counts.line_feeds, counts.line_feeds);
  EXPECT_EQ(got.counts.hashes, counts.hashes);
  EXPECT_EQ(got.counts.ellipses, counts.ellipses);
  EXPECT_EQ(got.counts.only_line_feeds, counts.only_line_feeds);
  if (got.filled.has(AnalysisNeeds::Lines())) {
    ExpectSameLines("line", got.lines, LinesOracle(got.text));
    ExpectSameLines("split line", got.split_lines, SplitLinesOracle(got.text));
  }
  if (got.filled.has(AnalysisNeeds::Words(Profile::kSpace))) {
    SCOPED_TRACE("kSpace");
    ExpectSameWords(got.word(Profile::kSpace), SpaceOracle(got.text));
  }
  if (got.filled.has(AnalysisNeeds::Words(Profile::kAlnum))) {
    SCOPED_TRACE("kAlnum");
    ExpectSameWords(got.word(Profile::kAlnum), AlnumOracle(got.text));
  }
}

std::string Escape(std::string_view text) {
  std::string out;
  size_t chars = 0;
  for (const Point& p : Points(text)) {
    if (++chars > 400) return out + " (cut)";
    char buffer[16];
    if (p.c >= 0x20 && p.c < 0x7F && p.c != '\\') {
      out += static_cast<char>(p.c);
    } else {
      std::snprintf(buffer, sizeof(buffer), "\\u{%X}",
                    static_cast<unsigned>(p.c));
      out += buffer;
    }
  }
  return out;
}

}  // namespace winnow::testing
