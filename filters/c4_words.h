// SPDX-License-Identifier: Apache-2.0
// Words of a line as C4 counts them: runs without Python white space. Both
// look at no more of the line than they must.
#ifndef WINNOW_FILTERS_C4_WORDS_H_
#define WINNOW_FILTERS_C4_WORDS_H_

#include <cstdint>
#include <string_view>

namespace winnow {

// Whether `line` has at least `n` words.
bool HasWords(std::string_view line, uint64_t n);

// Whether a word of `line` has more than `chars` characters.
bool HasLongWord(std::string_view line, uint64_t chars);

}  // namespace winnow

#endif  // WINNOW_FILTERS_C4_WORDS_H_
