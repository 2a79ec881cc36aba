// SPDX-License-Identifier: Apache-2.0
// Real text for tests and benchmarks, where the machine has the corpora.
#ifndef WINNOW_TESTS_UNIT_TEXT_CORPUS_TEXT_H_
#define WINNOW_TESTS_UNIT_TEXT_CORPUS_TEXT_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::testing {

// Files of corpus `part` whose name ends in `extension` (".jsonl": the field
// `text` of each line), in the order of their paths, until `max_bytes` are
// reached. What is not UTF-8 is left out.
// Empty where the machine does not have the part.
std::vector<std::string> CorpusText(std::string_view part,
                                    std::string_view extension,
                                    size_t max_bytes);

}  // namespace winnow::testing

#endif  // WINNOW_TESTS_UNIT_TEXT_CORPUS_TEXT_H_
