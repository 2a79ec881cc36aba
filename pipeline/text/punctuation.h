// SPDX-License-Identifier: Apache-2.0
// The punctuation sets of huggingface/datatrove (src/datatrove/utils/text.py,
// 0.4.0 and later) and of explosion/spaCy's sentencizer
// (spacy/pipeline/sentencizer.pyx), as facts: sets of code points.
#ifndef WINNOW_PIPELINE_TEXT_PUNCTUATION_H_
#define WINNOW_PIPELINE_TEXT_PUNCTUATION_H_

namespace winnow {

// PUNCTUATION_SET: 281 code points, the union of the two below. What a word
// must have something outside of to be more than punctuation.
bool IsDatatrovePunctuation(char32_t c);

// PUNCTUATION: 129 code points, what datatrove's text normalisation turns into
// spaces. Control characters are in it, TAB and LF are not.
bool IsSimplifyPunctuation(char32_t c);

// TERMINAL_PUNCTUATION: 159 code points, where FineWeb's lines may end.
bool IsTerminalPunctuation(char32_t c);

// The 128 of the terminal ones that spaCy's sentencizer stops at.
bool IsSentencizerStop(char32_t c);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_TEXT_PUNCTUATION_H_
