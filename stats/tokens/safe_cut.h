// SPDX-License-Identifier: Apache-2.0
// Where a text may be cut so that the token counts of the parts add up to that
// of the whole, whatever stands before and after. docs/tokens.md has the
// proof; the two rules are
//
//   blank    white space but CR and LF, before a character that is not white:
//            begins a piece in every pattern
//   newline  a character that is not white and not "/", after CR or LF: begins
//            a piece in cl100k and o200k. In the patterns of kGpt2, white space
//            before it may be one piece with the newline, so there the newline
//            must follow something visible
#ifndef WINNOW_STATS_TOKENS_SAFE_CUT_H_
#define WINNOW_STATS_TOKENS_SAFE_CUT_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace winnow {

// What cuts must be safe for: cl100k and o200k alone, or every pattern.
enum class CutSafety : uint8_t { kModern, kAll };

// Whether `text` may be cut before text[pos]. The ends of a text always may.
// Looks at text[pos - 2] to text[pos + 4] alone. REQUIRES: pos <= text.size().
bool IsSafeCut(CutSafety safety, std::string_view text, size_t pos);

// Appends safe cuts inside (begin, end), ascending: about one a line, and some
// in long lines, but parts are not made shorter than some 64 bytes. The text
// may be read beyond `end`. REQUIRES: text.size() < 2^32.
void AppendSafeCuts(CutSafety safety, std::string_view text, size_t begin,
                    size_t end, std::vector<uint32_t>* cuts);

}  // namespace winnow

#endif  // WINNOW_STATS_TOKENS_SAFE_CUT_H_
