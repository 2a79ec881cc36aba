// SPDX-License-Identifier: Apache-2.0
// Finds in one pass everything that C4's line rules look for: brackets and the
// phrases, upper and lower case alike. A vector kernel proposes places by rare
// pairs of bytes, plain code decides.
#ifndef WINNOW_FILTERS_C4_MARKS_H_
#define WINNOW_FILTERS_C4_MARKS_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace winnow {

enum C4MarkKind : uint8_t {
  kMarkBracket = 1,  // '[': may begin a citation
  kMarkCurly = 2,    // '{'
  kMarkLorem = 4,    // "lorem ipsum"
  kMarkJavascript = 8,
  kMarkPolicy = 16,  // one of six phrases about terms, privacy and cookies
  // KELVIN SIGN, the only character beyond ASCII that Python's lower() turns
  // into an ASCII letter of a phrase: 'k'.
  kMarkKelvin = 32,
};

struct C4Mark {
  uint32_t at;  // byte offset of a character in it
  C4MarkKind kind;
};

// Replaces *marks by the marks of `text`, in order.
void FindC4Marks(std::string_view text, std::vector<C4Mark>* marks);

// Bytes of the citation that begins at text[at], a '[', or 0: brackets around
// decimal digits (none, or of any script), "edit" or "citation needed".
size_t CitationLength(std::string_view text, size_t at);

}  // namespace winnow

#endif  // WINNOW_FILTERS_C4_MARKS_H_
