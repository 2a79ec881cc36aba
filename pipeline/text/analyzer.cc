// SPDX-License-Identifier: Apache-2.0
// The shared analysis, one character at a time.
#include <vector>

#include "pipeline/text/analysis.h"
#include "pipeline/text/append_word.h"
#include "pipeline/text/fold.h"
#include "pipeline/text/spacy_en.h"
#include "pipeline/text/hash.h"
#include "pipeline/text/unicode.h"

namespace winnow {
namespace {

constexpr AnalysisNeeds kSpaceWords = AnalysisNeeds::Words(Profile::kSpace);
constexpr AnalysisNeeds kSpacyWords = AnalysisNeeds::Words(Profile::kSpacyEn);
constexpr AnalysisNeeds kAlnumWords = AnalysisNeeds::Words(Profile::kAlnum);

bool IsOtherBreak(char32_t c) {
  return (c >= 0x0B && c <= 0x0D) || (c >= 0x1C && c <= 0x1E) || c == 0x85 ||
         c == 0x2028 || c == 0x2029;
}

TextCounts CountText(std::string_view text) {
  TextCounts counts;
  counts.bytes = text.size();
  bool in_word = false;
  unsigned dots = 0;
  for (size_t pos = 0; pos < text.size();) {
    const char32_t c = DecodeUtf8(text, &pos);
    const bool space = (CodePoint(c).flags & kCpPySpace) != 0;
    ++counts.chars;
    counts.words += !space && !in_word;
    in_word = !space;
    counts.line_feeds += c == '\n';
    counts.hashes += c == '#';
    dots = c == '.' ? dots + 1 : 0;
    if (dots == 3) {
      ++counts.ellipses;
      dots = 0;
    }
    counts.ellipses += c == 0x2026;
    if (IsOtherBreak(c)) counts.only_line_feeds = false;
  }
  return counts;
}

void FillLines(std::string_view text, std::vector<Line>* lines) {
  lines->clear();
  Line line;
  for (size_t pos = 0; pos < text.size();) {
    const auto at = static_cast<uint32_t>(pos);
    if (DecodeUtf8(text, &pos) != '\n') {
      ++line.chars;
      continue;
    }
    line.end = at;
    line.next = static_cast<uint32_t>(pos);
    lines->push_back(line);
    line = {line.next, 0, 0, 0};
  }
  line.end = line.next = static_cast<uint32_t>(text.size());
  lines->push_back(line);
}

void FillSplitLines(std::string_view text, std::vector<Line>* lines) {
  lines->clear();
  Line line;
  for (size_t pos = 0; pos < text.size();) {
    const auto at = static_cast<uint32_t>(pos);
    const char32_t c = DecodeUtf8(text, &pos);
    if (c != '\n' && !IsOtherBreak(c)) {
      ++line.chars;
      continue;
    }
    if (c == '\r' && pos < text.size() && text[pos] == '\n') ++pos;
    line.end = at;
    line.next = static_cast<uint32_t>(pos);
    lines->push_back(line);
    line = {line.next, 0, 0, 0};
  }
  line.end = line.next = static_cast<uint32_t>(text.size());
  if (line.begin < line.end) lines->push_back(line);
}

void FillSpace(std::string_view text, Words* words) {
  ClearWords(words);
  size_t begin = 0;
  for (size_t pos = 0; pos < text.size();) {
    const size_t at = pos;
    if ((CodePoint(DecodeUtf8(text, &pos)).flags & kCpPySpace) == 0) continue;
    AppendWord(text, begin, at, words);
    begin = pos;
  }
  AppendWord(text, begin, text.size(), words);
}

void FillAlnum(std::string_view text, WordFolder* folder, Words* words) {
  ClearWords(words);
  size_t begin = 0;
  bool in_word = false;
  bool single = false;
  size_t pos = 0;
  const auto finish = [&](size_t end) {
    if (!in_word) return;
    AppendWord(text, begin, end, words);
    words->folded.push_back(
        Hash64(folder->Fold(text.substr(begin, end - begin))));
  };
  while (pos < text.size()) {
    const size_t at = pos;
    const uint8_t flags = CodePoint(DecodeUtf8(text, &pos)).flags;
    if ((flags & kCpMark) != 0) continue;  // stays with what it follows
    const bool word = (flags & (kCpLetter | kCpNumber)) != 0;
    const bool now_single = (flags & kCpSingle) != 0;
    if (word && in_word && !single && !now_single) continue;
    finish(at);
    in_word = word;
    single = now_single;
    begin = at;
  }
  finish(pos);
}

}  // namespace

struct Analyzer::Scratch {
  Analysis analysis;
  WordFolder folder;
  std::unique_ptr<SpacyEnTokenizer> spacy;  // where it is asked for
};

Analyzer::Analyzer(AnalysisNeeds needs) : scratch_(new Scratch) {
  scratch_->analysis.filled = needs;
  if (needs.has(kSpacyWords)) {
    scratch_->spacy = std::make_unique<SpacyEnTokenizer>();
  }
}

Analyzer::~Analyzer() = default;

const Analysis& Analyzer::Analyze(std::string_view text) {
  Analysis& a = scratch_->analysis;
  const auto words = [&](Profile p) {
    return &a.words[static_cast<size_t>(p)];
  };
  a.text = text;
  a.counts = CountText(text);
  if (a.filled.has(AnalysisNeeds::Lines())) {
    FillLines(text, &a.lines);
    FillSplitLines(text, &a.split_lines);
  }
  if (a.filled.has(kSpaceWords)) FillSpace(text, words(Profile::kSpace));
  if (a.filled.has(kSpacyWords)) {
    scratch_->spacy->Tokenize(text, words(Profile::kSpacyEn));
  }
  if (a.filled.has(kAlnumWords)) {
    FillAlnum(text, &scratch_->folder, words(Profile::kAlnum));
  }
  return a;
}

TextCounts Analyzer::Count(std::string_view text) const {
  return CountText(text);
}

}  // namespace winnow
