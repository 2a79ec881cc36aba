// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/filters/filter_oracle.h"

#include <algorithm>
#include <set>

#include "pipeline/text/punctuation.h"
#include "pipeline/text/unicode.h"
#include "tests/unit/filters/python_text.h"

namespace winnow::testing {
namespace {

class Rules {
 public:
  explicit Rules(const Params& params) : params_(params) {}

  void Above(const std::string& reason, double value, const std::string& key) {
    if (const auto limit = params_.OptionalFloat(key)) {
      Tell(reason, value, value > *limit);
    }
  }
  void Below(const std::string& reason, double value, const std::string& key) {
    if (const auto limit = params_.OptionalFloat(key)) {
      Tell(reason, value, value < *limit);
    }
  }
  void Tell(const std::string& reason, double value, bool fired) {
    result.values[reason] = value;
    if (fired && result.reason.empty()) result.reason = reason;
  }

  OracleResult result;

 private:
  const Params& params_;
};

double Divide(size_t n, size_t d) {
  return static_cast<double>(n) / static_cast<double>(d);
}

size_t Length(const std::string& utf8) { return Decode(utf8).size(); }

struct Duplicates {
  size_t elements = 0;
  size_t chars = 0;
};

Duplicates FindDuplicates(const std::vector<U32>& parts) {
  std::set<U32> unique;
  Duplicates found;
  for (const U32& part : parts) {
    if (unique.insert(part).second) continue;
    ++found.elements;
    found.chars += part.size();
  }
  return found;
}

// Between words stands a byte that no text has, so that "a bc" and "ab c"
// differ.
std::string Key(const std::vector<std::string>& words, size_t at, size_t n) {
  std::string key;
  for (size_t i = at; i < at + n; ++i) key += words[i] + '\xFF';
  return key;
}

size_t CharsOf(const std::vector<std::string>& words, size_t at, size_t n) {
  size_t chars = 0;
  for (size_t i = at; i < at + n; ++i) chars += Length(words[i]);
  return chars;
}

size_t TopChars(const std::vector<std::string>& words, size_t n) {
  std::map<std::string, size_t> counts;
  for (size_t i = 0; i + n <= words.size(); ++i) ++counts[Key(words, i, n)];
  size_t best = 0;
  size_t best_count = 0;
  for (size_t i = 0; i + n <= words.size(); ++i) {
    const size_t count = counts[Key(words, i, n)];
    if (count <= best_count) continue;
    best = i;
    best_count = count;
  }
  return (CharsOf(words, best, n) + n - 1) * best_count;
}

size_t WalkChars(const std::vector<std::string>& words, size_t n) {
  std::set<std::string> unique;
  size_t chars = 0;
  size_t i = 0;
  while (i + n <= words.size()) {
    if (unique.insert(Key(words, i, n)).second) {
      i += 1;
    } else {
      chars += CharsOf(words, i, n);
      i += n;
    }
  }
  return chars;
}

}  // namespace

OracleResult GopherQualityOracle(std::string_view text,
                                 const std::vector<std::string>& words,
                                 const Params& params) {
  Rules rules(params);
  rules.result.text = text;
  const U32 decoded = Decode(text);
  size_t proper = 0;
  size_t proper_chars = 0;
  size_t alpha = 0;
  for (const std::string& word : words) {
    const U32 chars = Decode(word);
    if (!std::all_of(chars.begin(), chars.end(), IsDatatrovePunctuation)) {
      ++proper;
      proper_chars += chars.size();
    }
    alpha += std::any_of(chars.begin(), chars.end(), [](char32_t c) {
      return (CodePoint(c).flags & kCpLetter) != 0;
    });
  }
  rules.Below("short_doc", static_cast<double>(proper), "min_words");
  rules.Above("long_doc", static_cast<double>(proper), "max_words");
  if (proper > 0) {
    const double mean = Divide(proper_chars, proper);
    rules.Below("short_words", mean, "min_mean_word_length");
    rules.Above("long_words", mean, "max_mean_word_length");
  }
  if (words.empty()) {
    if (rules.result.reason.empty()) rules.result.reason = "empty";
    return rules.result;
  }
  rules.Above("hashes", Divide(PyCount(decoded, U"#"), words.size()),
              "max_hash_ratio");
  rules.Above("ellipses",
              Divide(PyCount(decoded, U"...") + PyCount(decoded, U"\u2026"),
                     words.size()),
              "max_ellipsis_ratio");
  const std::vector<U32> lines = PySplitlines(decoded);
  size_t bullets = 0;
  size_t ellipses = 0;
  for (const U32& line : lines) {
    bullets += StartsWith(PyLstrip(line), U"-") ||
               StartsWith(PyLstrip(line), U"\u2022");
    ellipses +=
        EndsWith(PyRstrip(line), U"...") || EndsWith(PyRstrip(line), U"\u2026");
  }
  rules.Above("bullet_lines", Divide(bullets, lines.size()),
              "max_bullet_lines");
  rules.Above("ellipsis_lines", Divide(ellipses, lines.size()),
              "max_ellipsis_lines");
  rules.Below("few_alpha_words", Divide(alpha, words.size()),
              "min_alpha_words");
  std::set<std::string> found;
  for (const std::string& stop : params.Strings("stop_words")) {
    if (std::count(words.begin(), words.end(), stop) > 0) found.insert(stop);
  }
  rules.Below("few_stop_words", static_cast<double>(found.size()),
              "min_stop_words");
  return rules.result;
}

OracleResult GopherRepetitionOracle(std::string_view text,
                                    const std::vector<std::string>& words,
                                    const Params& params) {
  Rules rules(params);
  rules.result.text = text;
  const U32 decoded = Decode(text);
  const size_t chars = decoded.size();
  const std::vector<U32> paragraphs = SplitAtRuns(PyStrip(decoded), 2);
  const Duplicates paragraph = FindDuplicates(paragraphs);
  rules.Above("duplicate_paragraphs",
              Divide(paragraph.elements, paragraphs.size()),
              "max_duplicate_paragraphs");
  rules.Above("duplicate_paragraph_chars", Divide(paragraph.chars, chars),
              "max_duplicate_paragraph_chars");
  const std::vector<U32> lines = SplitAtRuns(decoded, 1);
  const Duplicates line = FindDuplicates(lines);
  rules.Above("duplicate_lines", Divide(line.elements, lines.size()),
              "max_duplicate_lines");
  rules.Above("duplicate_line_chars", Divide(line.chars, chars),
              "max_duplicate_line_chars");
  for (size_t n = 2; n <= 10 && n <= words.size(); ++n) {
    const std::string gram = std::to_string(n) + "_gram";
    if (n <= 4) {
      rules.Above("top_" + gram, Divide(TopChars(words, n), chars),
                  "max_top_" + gram);
    } else {
      rules.Above("duplicate_" + gram + "s", Divide(WalkChars(words, n), chars),
                  "max_duplicate_" + gram + "s");
    }
  }
  return rules.result;
}

OracleResult FinewebQualityOracle(std::string_view text,
                                  const std::vector<std::string>& words,
                                  const Params& params) {
  Rules rules(params);
  rules.result.text = text;
  const U32 decoded = Decode(text);
  std::vector<U32> lines;
  for (const U32& line : PySplit(decoded, U'\n')) {
    if (!PyStrip(line).empty()) lines.push_back(line);
  }
  if (lines.empty()) {
    rules.result.reason = "empty";
    return rules.result;
  }
  const auto terminal = std::count_if(
      lines.begin(), lines.end(),
      [](const U32& line) { return IsTerminalPunctuation(line.back()); });
  const auto brief =
      std::count_if(lines.begin(), lines.end(), [&params](const U32& line) {
        return static_cast<int64_t>(line.size()) <=
               params.Int("short_line_chars");
      });
  if (terminal > 0 || !params.Bool("allow_no_terminal_line")) {
    rules.Below("few_terminal_lines",
                Divide(static_cast<size_t>(terminal), lines.size()),
                "min_terminal_lines");
  }
  rules.Above("short_lines", Divide(static_cast<size_t>(brief), lines.size()),
              "max_short_lines");
  const size_t feeds = PyCount(decoded, U"\n");
  rules.Above("duplicate_line_chars",
              Divide(FindDuplicates(lines).chars, decoded.size() - feeds),
              "max_duplicate_line_chars");
  rules.Above("newlines", Divide(feeds, words.size()), "max_newlines_per_word");
  return rules.result;
}

}  // namespace winnow::testing
