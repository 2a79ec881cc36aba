// SPDX-License-Identifier: Apache-2.0
// Random text for the language model's tests.
#ifndef WINNOW_TESTS_UNIT_FILTERS_LID_TEST_TEXT_H_
#define WINNOW_TESTS_UNIT_FILTERS_LID_TEST_TEXT_H_

#include <iterator>
#include <random>
#include <string>
#include <string_view>

namespace winnow::testing {

// Tokens of many kinds, glued at random: words of several scripts, bytes that
// are no UTF-8, labels, long runs.
inline std::string RandomText(std::mt19937& random, size_t tokens) {
  constexpr std::string_view kPieces[] = {"the",
                                          "and",
                                          "Stra\xC3\x9F"
                                          "e",
                                          "\xEC\x95\x88\xEB\x85\x95",
                                          "\xE4\xBD\xA0\xE5\xA5\xBD",
                                          "\xD0\xBC\xD0\xB8\xD1\x80",
                                          "\xF0\x9F\x98\x80",
                                          "e\xCC\x81",
                                          "__label__en",
                                          "__label__",
                                          "\x80\x80\x80",
                                          "\xFF\xFE",
                                          "\xC3",
                                          "<",
                                          ">",
                                          "12",
                                          "x"};
  std::string text;
  for (size_t i = 0; i < tokens; ++i) {
    const size_t pieces = 1 + random() % (random() % 20 == 0 ? 60 : 3);
    for (size_t j = 0; j < pieces; ++j) {
      text += kPieces[random() % std::size(kPieces)];
    }
    constexpr std::string_view kSeparators = " \t\r\v\f \n";
    text += random() % 50 == 0 ? '\0' : kSeparators[random() % 7];
  }
  return text;
}

}  // namespace winnow::testing

#endif  // WINNOW_TESTS_UNIT_FILTERS_LID_TEST_TEXT_H_
