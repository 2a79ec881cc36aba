// SPDX-License-Identifier: Apache-2.0
// Stand-in until the spaCy tokenizer is there: runs without white space, cut
// before and after every punctuation character (category P*).
#include "pipeline/text/fill_spacy_en.h"

#include "pipeline/text/append_word.h"
#include "pipeline/text/unicode.h"

namespace winnow {

void FillSpacyEn(std::string_view text, Words* words) {
  ClearWords(words);
  size_t begin = 0;
  size_t pos = 0;
  while (pos < text.size()) {
    const size_t at = pos;
    const uint8_t flags = CodePoint(DecodeUtf8(text, &pos)).flags;
    if ((flags & (kCpPySpace | kCpPunct)) == 0) continue;
    AppendWord(text, begin, at, words);
    if ((flags & kCpPySpace) == 0) AppendWord(text, at, pos, words);
    begin = pos;
  }
  AppendWord(text, begin, pos, words);
}

}  // namespace winnow
