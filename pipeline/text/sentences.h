// SPDX-License-Identifier: Apache-2.0
// Sentences as datatrove's split_into_sentences finds them in English: spaCy's
// rule-based sentencizer over the tokens of spacy_en.h, white-space tokens
// included (explosion/spaCy 3.8, spacy/pipeline/sentencizer.pyx;
// huggingface/datatrove 0.10, src/datatrove/utils/text.py).
//
// After a token that is exactly one of 128 stops, the first token that is
// neither a stop nor made of punctuation alone begins a sentence. So quotes and
// brackets behind a stop, opening ones too, stay with the sentence before, and
// "..." ends none.
#ifndef WINNOW_PIPELINE_TEXT_SENTENCES_H_
#define WINNOW_PIPELINE_TEXT_SENTENCES_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

namespace winnow {

// One for each worker; a warm one does not allocate. Thread-compatible.
class Sentencizer {
 public:
  static constexpr size_t kCacheBytes = 256 << 10;

  explicit Sentencizer(size_t cache_bytes = kCacheBytes);
  ~Sentencizer();
  Sentencizer(const Sentencizer&) = delete;
  Sentencizer& operator=(const Sentencizer&) = delete;

  // Number of sentences, at least 1, but no more than `at_most`: it stops
  // there. REQUIRES (for both): text is valid UTF-8 and shorter than 4 GiB.
  uint32_t CountSentences(std::string_view text, uint32_t at_most);

  // Replaces `spans` by the sentences' byte spans. They touch and cover the
  // text: white space behind a sentence belongs to the next one. An empty text
  // is one empty sentence.
  void Split(std::string_view text,
             std::vector<std::pair<uint32_t, uint32_t>>* spans);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_TEXT_SENTENCES_H_
