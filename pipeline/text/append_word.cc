// SPDX-License-Identifier: Apache-2.0
#include "pipeline/text/append_word.h"

#include "pipeline/text/hash.h"
#include "pipeline/text/punctuation.h"
#include "pipeline/text/unicode.h"

namespace winnow {

WordFacts DescribeWord(std::string_view word) {
  WordFacts facts;
  size_t pos = 0;
  while (pos < word.size()) {
    const char32_t c = DecodeUtf8(word, &pos);
    ++facts.chars;
    if ((CodePoint(c).flags & kCpLetter) != 0) facts.flags |= kWordHasAlpha;
    if (!IsDatatrovePunctuation(c)) facts.flags |= kWordHasNonPunct;
  }
  return facts;
}

void ClearWords(Words* words) {
  words->begin.clear();
  words->end.clear();
  words->chars.clear();
  words->flags.clear();
  words->raw.clear();
  words->folded.clear();
}

void AppendWord(std::string_view text, size_t begin, size_t end, Words* words) {
  if (begin == end) return;
  const std::string_view word = text.substr(begin, end - begin);
  const WordFacts facts = DescribeWord(word);
  words->begin.push_back(static_cast<uint32_t>(begin));
  words->end.push_back(static_cast<uint32_t>(end));
  words->chars.push_back(facts.chars);
  words->flags.push_back(facts.flags);
  words->raw.push_back(Hash64(word));
}

}  // namespace winnow
