// SPDX-License-Identifier: Apache-2.0
// The second pass of spaCy's tokenizer: token sequences that equal the plain
// cut of a special case (366 of the keys) become that special case again.
// Source: explosion/spaCy 3.8, spacy/tokenizer.pyx (_apply_special_cases),
// spacy/matcher/phrasematcher.pyx.
#ifndef WINNOW_PIPELINE_TEXT_SPACY_EN_MERGE_H_
#define WINNOW_PIPELINE_TEXT_SPACY_EN_MERGE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "pipeline/text/spacy_en_rules.h"

namespace winnow {

// Tokens [first, last) equal a key's plain cut.
struct SpacyMatch {
  uint32_t first;
  uint32_t last;
  const SpacyRule* rule;
  bool changes;  // the special case has other tokens than the plain cut
};

class SpacyMatcher {
 public:
  // Most tokens of a plain cut.
  static constexpr size_t kLongest = 11;

  // Made once for the process.
  static const SpacyMatcher& Get();

  // Appends all matches of two or more tokens that begin at `first`. Shorter
  // ones change nothing and hide nothing.
  void Find(const std::vector<std::string_view>& tokens, uint32_t first,
            std::vector<SpacyMatch>* matches) const;

  // False if no match that begins with this token changes anything.
  bool MayChange(std::string_view token) const {
    return token.size() <= SpacyRules::kLongest &&
           (changing_[static_cast<unsigned char>(token[0])] >> token.size() &
            1) != 0;
  }

  // Number of keys, for tests.
  size_t size() const { return size_; }

 private:
  struct Edge {
    uint64_t key = 0;  // parent and token, 0 if empty
    uint32_t node = 0;
  };
  struct Node {
    const SpacyRule* rule = nullptr;
    bool changes = false;
  };

  SpacyMatcher();
  // The node after `token` from `node`, 0 if there is none.
  uint32_t Step(uint32_t node, std::string_view token) const;
  void Add(const SpacyRule& rule, const std::vector<uint32_t>& ends);

  size_t size_ = 0;
  // By first byte of a first token, its lengths: bit n for n bytes.
  std::array<uint32_t, 256> first_{};
  std::array<uint32_t, 256> changing_{};  // likewise, where changes is set
  std::vector<Edge> edges_;               // open addressing
  std::vector<Node> nodes_;               // 0 is the root
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_TEXT_SPACY_EN_MERGE_H_
