// SPDX-License-Identifier: Apache-2.0
// Test-only: tokenizes documents from stdin for spacy_oracle.py. A document is
// a little-endian uint32 length and its UTF-8 bytes. The answer, each part with
// such a length before it: tokens joined by NUL, a byte of flags for each
// token, characters of each token as uint32, sentences joined by NUL, and the
// uint32 CountSentences(text, 5).
#include <cstdint>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "pipeline/text/sentences.h"
#include "pipeline/text/spacy_en.h"

namespace {

void Write(const void* data, size_t size) {
  const auto length = static_cast<uint32_t>(size);
  std::fwrite(&length, sizeof length, 1, stdout);
  std::fwrite(data, 1, size, stdout);
}

}  // namespace

int main() {
  winnow::SpacyEnTokenizer tokenizer;
  winnow::Sentencizer sentencizer;
  winnow::Words words;
  std::vector<std::pair<uint32_t, uint32_t>> spans;
  std::string text;
  std::string joined;
  uint32_t size = 0;
  while (std::fread(&size, sizeof size, 1, stdin) == 1) {
    text.resize(size);
    if (std::fread(text.data(), 1, size, stdin) != size) return 1;
    tokenizer.Tokenize(text, &words);
    joined.clear();
    for (size_t i = 0; i < words.size(); ++i) {
      if (i != 0) joined += '\0';
      joined.append(text, words.begin[i], words.end[i] - words.begin[i]);
    }
    Write(joined.data(), joined.size());
    Write(words.flags.data(), words.flags.size());
    Write(words.chars.data(), words.chars.size() * sizeof words.chars[0]);
    sentencizer.Split(text, &spans);
    joined.clear();
    for (size_t i = 0; i < spans.size(); ++i) {
      if (i != 0) joined += '\0';
      joined.append(text, spans[i].first, spans[i].second - spans[i].first);
    }
    Write(joined.data(), joined.size());
    const uint32_t count = sentencizer.CountSentences(text, 5);
    Write(&count, sizeof count);
    std::fflush(stdout);
  }
  return 0;
}
