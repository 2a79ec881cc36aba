// SPDX-License-Identifier: Apache-2.0
// Whether any of a list of words occurs inside a text: the automaton of Aho and
// Corasick (CACM 18, 1975) over small letters and digits, as a table with a
// row for each prefix, so that a byte costs one look-up.
#ifndef WINNOW_FILTERS_SUBWORDS_H_
#define WINNOW_FILTERS_SUBWORDS_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace winnow {

class Subwords {
 public:
  // Letters count in lower case; what is no ASCII letter or digit is left out
  // of the words, and words of which nothing is left are too.
  explicit Subwords(const std::vector<std::string>& words);

  bool empty() const { return next_.size() <= 1; }
  // The same is done to `text` as it is read.
  bool FoundIn(std::string_view text) const;

 private:
  static constexpr int kSymbols = 36;
  static int Symbol(char c);
  std::vector<std::array<uint32_t, kSymbols>> next_;
  std::vector<uint8_t> ends_;  // a word ends here, or at a suffix
};

}  // namespace winnow

#endif  // WINNOW_FILTERS_SUBWORDS_H_
