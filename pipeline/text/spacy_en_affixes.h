// SPDX-License-Identifier: Apache-2.0
// spaCy's prefix, suffix and infix patterns for English, written as matchers.
// Source of the patterns: explosion/spaCy 3.8, spacy/lang/punctuation.py,
// spacy/lang/en/punctuation.py, spacy/lang/char_classes.py. Positions and
// lengths count characters of the chunk; [lo, hi) is the string that spaCy
// would hand to the pattern, so nothing outside is looked at.
#ifndef WINNOW_PIPELINE_TEXT_SPACY_EN_AFFIXES_H_
#define WINNOW_PIPELINE_TEXT_SPACY_EN_AFFIXES_H_

#include <cstddef>

#include "pipeline/text/spacy_en_decode.h"

namespace winnow {

// Length of the prefix of [lo, hi), 0 if there is none.
size_t SpacyPrefix(const SpacyChunk& chunk, size_t lo, size_t hi);

// Length of the suffix, 0 if there is none. Time is linear in that length.
size_t SpacySuffix(const SpacyChunk& chunk, size_t lo, size_t hi);

// Length of the infix that begins at i, 0 if there is none.
size_t SpacyInfix(const SpacyChunk& chunk, size_t lo, size_t hi, size_t i);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_TEXT_SPACY_EN_AFFIXES_H_
