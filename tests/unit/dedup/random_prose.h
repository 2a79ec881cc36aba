// SPDX-License-Identifier: Apache-2.0
// Documents with controlled resemblance: random words, copies with edits.
#ifndef WINNOW_TESTS_UNIT_DEDUP_RANDOM_PROSE_H_
#define WINNOW_TESTS_UNIT_DEDUP_RANDOM_PROSE_H_

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace winnow::testing {

class RandomProse {
 public:
  explicit RandomProse(uint64_t seed) : random_(seed) {}

  using Text = std::vector<std::string>;  // words

  Text Words(size_t n) {
    Text words(n);
    for (std::string& word : words) word = Word();
    return words;
  }
  // A copy with `edits` words replaced, at random places.
  Text Edited(Text text, size_t edits) {
    for (size_t i = 0; i < edits; ++i) text[random_() % text.size()] = Word();
    return text;
  }
  static std::string Join(const Text& text) {
    std::string joined;
    for (const std::string& word : text) {
      if (!joined.empty()) joined += ' ';
      joined += word;
    }
    return joined;
  }
  uint64_t Below(uint64_t n) { return random_() % n; }

 private:
  std::string Word() { return "w" + std::to_string(random_() % 20000); }

  std::mt19937_64 random_;
};

}  // namespace winnow::testing

#endif  // WINNOW_TESTS_UNIT_DEDUP_RANDOM_PROSE_H_
