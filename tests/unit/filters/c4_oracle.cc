// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "pipeline/text/unicode.h"
#include "tests/unit/filters/filter_oracle.h"
#include "tests/unit/filters/python_text.h"

namespace winnow::testing {
namespace {

const std::vector<U32> kPolicies = {U"terms of use",   U"privacy policy",
                                    U"cookie policy",  U"uses cookies",
                                    U"use of cookies", U"use cookies"};

// The length of a citation at the begin of `s`, or 0.
size_t CitationAt(const U32& s) {
  for (const U32& fixed : {U32(U"[edit]"), U32(U"[citation needed]")}) {
    if (StartsWith(s, fixed)) return fixed.size();
  }
  size_t at = 1;
  while (at < s.size() && CodePoint(s[at]).category == Category::kNd) ++at;
  return at < s.size() && s[0] == U'[' && s[at] == U']' ? at + 1 : 0;
}

U32 WithoutCitations(const U32& line) {
  U32 out;
  for (size_t i = 0; i < line.size();) {
    const size_t length = CitationAt(line.substr(i));
    if (length == 0) out.push_back(line[i]);
    i += std::max<size_t>(length, 1);
  }
  return out;
}

bool EndsLikeASentence(const U32& line) {
  const U32 marks = U".?!\"'";
  return !line.empty() && marks.find(line.back()) != U32::npos &&
         !EndsWith(line, U"...");
}

}  // namespace

OracleResult C4Oracle(
    std::string_view text,
    const std::function<uint32_t(const std::string&)>& sentences,
    const Params& params) {
  OracleResult result;
  const auto min_words = params.OptionalInt("min_words_per_line");
  const auto max_length = params.OptionalInt("max_word_length");
  const auto min_sentences = params.OptionalInt("min_sentences");
  int64_t counted = 0;
  std::vector<U32> kept;
  for (U32 line : PySplitlines(Decode(text))) {
    line = PyStrip(line);
    const std::vector<U32> words = PySplit(line);
    if (max_length &&
        std::any_of(words.begin(), words.end(), [&](const U32& word) {
          return static_cast<int64_t>(word.size()) > *max_length;
        })) {
      continue;
    }
    if (params.Bool("citations")) line = WithoutCitations(line);
    if (params.Bool("terminal_punct") && !EndsLikeASentence(line)) continue;
    if (min_words && static_cast<int64_t>(words.size()) < *min_words) continue;
    const U32 lower = PyLower(line);
    if (params.Bool("lorem_ipsum") && Contains(lower, U"lorem ipsum")) {
      result.reason = "lorem_ipsum";
      return result;
    }
    if (params.Bool("javascript") && Contains(lower, U"javascript")) continue;
    if (params.Bool("curly_bracket") && Contains(line, U"{")) {
      result.reason = "curly_bracket";
      return result;
    }
    if (params.Bool("policy") &&
        std::any_of(kPolicies.begin(), kPolicies.end(), [&](const U32& phrase) {
          return Contains(lower, phrase);
        })) {
      continue;
    }
    if (min_sentences) counted += sentences(Encode(line));
    kept.push_back(line);
  }
  if (min_sentences && counted < *min_sentences) {
    result.reason = "few_sentences";
    return result;
  }
  result.text = Encode(PyStrip(PyJoin(kept, U"\n")));
  if (result.text.empty()) result.reason = "empty";
  return result;
}

}  // namespace winnow::testing
