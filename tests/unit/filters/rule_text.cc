// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/filters/rule_text.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace winnow::testing {
namespace {

constexpr std::string_view kSeparators[] = {
    " ",     " ",      " ",      " ",      " ",      " ",        "\n",   "\n",
    "\n\n",  "\n\n\n", ". ",     ".\n",    ", ",     "!\n",      "\r\n", "\t",
    "...\n", " \n",    "\u00A0", "\u3000", "\u2028", "\u0085\n", "\f",   "? "};

constexpr std::string_view kNamed[] = {"the",
                                       "and",
                                       "of",
                                       "to",
                                       "with",
                                       "that",
                                       "#",
                                       "...",
                                       "\u2026",
                                       "-",
                                       "\u2022",
                                       "lorem ipsum",
                                       "LOREM Ipsum",
                                       "javascript",
                                       "JavaScript",
                                       "{",
                                       "}",
                                       "[1]",
                                       "[]",
                                       "[edit]",
                                       "[citation needed]",
                                       "[x]",
                                       "[",
                                       "]",
                                       "\u0661",
                                       "[\u0661]",
                                       "privacy policy",
                                       "Terms of Use",
                                       "use cookies",
                                       "uses cookies",
                                       "use of cookies",
                                       "cookie policy",
                                       "coo\u212Aies",
                                       "use",
                                       "cookies",
                                       "java[2]script",
                                       "\"",
                                       "'",
                                       "\u201D",
                                       "\u3002",
                                       "don't",
                                       "U.S.",
                                       "Mr.",
                                       "1999",
                                       "3.14",
                                       "\U0001F600",
                                       "e\u0301",
                                       "\uD55C\uAD6D\uC5B4",
                                       "\u6F22\u5B57"};

std::string RandomWord(Random* random) {
  std::string word;
  const size_t letters = 1 + random->Below(random->Below(20) == 0 ? 1200 : 9);
  for (size_t i = 0; i < letters; ++i) {
    word.push_back(static_cast<char>('a' + random->Below(4)));
  }
  return word;
}

}  // namespace

std::string RuleText(Random* random, size_t pieces) {
  const size_t words = 1 + random->Below(40);
  std::vector<std::string> vocabulary;
  for (size_t i = 0; i < words; ++i) vocabulary.push_back(RandomWord(random));
  // How often something named, and how often a repeat of what came before.
  const uint64_t named = 2 + random->Below(60);
  const uint64_t repeats = 2 + random->Below(60);
  const uint64_t separators = 1 + random->Below(std::size(kSeparators));
  std::string text;
  for (size_t i = 0; i < pieces; ++i) {
    if (random->Below(repeats) == 0 && !text.empty()) {
      // From a line feed or space on, so that UTF-8 stays whole.
      size_t at = text.find_first_of(" \n", random->Below(text.size()));
      if (at != std::string::npos) {
        size_t end = text.find_first_of(" \n", at + 1 + random->Below(200));
        end = std::min(end, text.size());
        text += text.substr(at, end - at);
      }
    }
    text += random->Below(named) == 0
                ? std::string(kNamed[random->Below(std::size(kNamed))])
                : vocabulary[random->Below(words)];
    text += kSeparators[random->Below(separators)];
  }
  return text;
}

}  // namespace winnow::testing
