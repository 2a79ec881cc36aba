// SPDX-License-Identifier: Apache-2.0
// The URL pattern of spaCy's tokenizer (explosion/spaCy 3.8,
// spacy/lang/tokenizer_exceptions.py URL_PATTERN, after Diego Perini), as a
// matcher in linear time: optional scheme, optional user, a public IPv4 address
// or a dotted host with a top-level domain of letters without upper case,
// optional port and path.
#ifndef WINNOW_PIPELINE_TEXT_SPACY_EN_URL_H_
#define WINNOW_PIPELINE_TEXT_SPACY_EN_URL_H_

#include <cstddef>

#include "pipeline/text/spacy_en_decode.h"

namespace winnow {

// True if all of [lo, hi) is a URL.
bool IsSpacyUrl(const SpacyChunk& chunk, size_t lo, size_t hi);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_TEXT_SPACY_EN_URL_H_
