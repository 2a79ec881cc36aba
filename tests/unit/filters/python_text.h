// SPDX-License-Identifier: Apache-2.0
// Python's text methods over code points, as slowly and plainly as can be, for
// the oracles of this folder.
#ifndef WINNOW_TESTS_UNIT_FILTERS_PYTHON_TEXT_H_
#define WINNOW_TESTS_UNIT_FILTERS_PYTHON_TEXT_H_

#include <string>
#include <string_view>
#include <vector>

namespace winnow::testing {

using U32 = std::u32string;

U32 Decode(std::string_view utf8);
std::string Encode(const U32& text);

U32 PyStrip(const U32& s);
U32 PyLstrip(const U32& s);
U32 PyRstrip(const U32& s);
std::vector<U32> PySplit(const U32& s);                   // s.split()
std::vector<U32> PySplit(const U32& s, char32_t break_);  // s.split(break_)
std::vector<U32> PySplitlines(const U32& s);
// re.split of runs of at least `least` line feeds.
std::vector<U32> SplitAtRuns(const U32& s, size_t least);
size_t PyCount(const U32& s, const U32& what);
U32 PyJoin(const std::vector<U32>& parts, const U32& between);
// s.lower(), as far as it can make ASCII letters.
U32 PyLower(const U32& s);
bool StartsWith(const U32& s, const U32& what);
bool EndsWith(const U32& s, const U32& what);
bool Contains(const U32& s, const U32& what);

}  // namespace winnow::testing

#endif  // WINNOW_TESTS_UNIT_FILTERS_PYTHON_TEXT_H_
