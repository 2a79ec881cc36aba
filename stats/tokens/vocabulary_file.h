// SPDX-License-Identifier: Apache-2.0
// The vocabulary files that winnow knows: where they are found, the SHA-256
// they must have, and their format. A `.tiktoken` file has one line a token:
// base64 of its bytes, a space, its rank, a line feed. The rank is the id.
//
// The expected hashes are those of openai/tiktoken :
// tiktoken_ext/openai_public.py.
#ifndef WINNOW_STATS_TOKENS_VOCABULARY_FILE_H_
#define WINNOW_STATS_TOKENS_VOCABULARY_FILE_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "stats/tokens/piece_scanner.h"

namespace winnow {

struct VocabularySpec {
  std::string_view name;
  TokenPattern pattern;
  std::string_view sha256;
};

// Every vocabulary that can be counted.
std::span<const VocabularySpec> KnownVocabularies();

// Throws Error(kUsage) for a name that is not known.
const VocabularySpec& FindVocabularySpec(std::string_view name);

// Tokens by id, their bytes end to end. An id that the file skips is empty.
struct TokenList {
  std::string bytes;
  std::vector<uint32_t> begin = {0};  // one more than there are ids

  size_t size() const { return begin.size() - 1; }
  uint32_t LengthOf(size_t id) const { return begin[id + 1] - begin[id]; }
  std::string_view operator[](size_t id) const {
    return std::string_view(bytes).substr(begin[id], begin[id + 1] - begin[id]);
  }
};

// Reads DATA_DIR/vocab/NAME.tiktoken. Throws Error(kNotFound) if it is not
// there, Error(kCorruption) if its hash is another one.
std::string ReadVocabularyFile(const VocabularySpec& spec,
                               const std::string& data_dir);

// Throws Error(kCorruption), naming `name`, for anything else than the format.
TokenList ParseTiktoken(std::string_view name, std::string_view file);

}  // namespace winnow

#endif  // WINNOW_STATS_TOKENS_VOCABULARY_FILE_H_
