// SPDX-License-Identifier: Apache-2.0
#include "pipeline/text/spacy_en_merge.h"

#include "pipeline/text/hash.h"
#include "pipeline/text/spacy_en_affixes.h"
#include "pipeline/text/spacy_en_split.h"

namespace winnow {
namespace {

constexpr size_t kEdges = 2048;  // a power of two, load below a third

uint64_t EdgeKey(uint32_t node, std::string_view token) {
  return HashCombine(node, Hash64(token)) | 1;  // 0 marks an empty slot
}

bool HasAffix(const SpacyChunk& chunk) {
  const size_t n = chunk.size();
  if (SpacyPrefix(chunk, 0, n) != 0 || SpacySuffix(chunk, 0, n) != 0) {
    return true;
  }
  for (size_t i = 0; i < n; ++i) {
    if (SpacyInfix(chunk, 0, n, i) != 0) return true;
  }
  return false;
}

bool SameCut(const SpacyRule& rule, const std::vector<uint32_t>& ends) {
  if (rule.tokens != ends.size()) return false;
  uint32_t end = 0;
  for (size_t i = 0; i < ends.size(); ++i) {
    end += rule.length[i];
    if (end != ends[i]) return false;
  }
  return true;
}

}  // namespace

const SpacyMatcher& SpacyMatcher::Get() {
  static const SpacyMatcher matcher;
  return matcher;
}

SpacyMatcher::SpacyMatcher() : edges_(kEdges), nodes_(1) {
  SpacySplitter splitter;
  SpacyChunk chunk;
  for (const SpacyRule& rule : SpacyRules::Get().all()) {
    chunk.Decode(rule.key);
    if (!HasAffix(chunk) && rule.key != " ") continue;
    ++size_;
    const std::vector<uint32_t>& ends = splitter.SplitWithoutRules(rule.key);
    if (ends.size() >= 2) Add(rule, ends);
  }
}

void SpacyMatcher::Add(const SpacyRule& rule,
                       const std::vector<uint32_t>& ends) {
  first_[static_cast<unsigned char>(rule.key[0])] |= 1U << ends[0];
  uint32_t node = 0;
  uint32_t begin = 0;
  for (uint32_t end : ends) {
    const uint64_t key =
        EdgeKey(node, std::string_view(rule.key).substr(begin, end - begin));
    size_t slot = key & (kEdges - 1);
    while (edges_[slot].key != 0 && edges_[slot].key != key) {
      slot = (slot + 1) & (kEdges - 1);
    }
    if (edges_[slot].key == 0) {
      edges_[slot] = {key, static_cast<uint32_t>(nodes_.size())};
      nodes_.emplace_back();
    }
    node = edges_[slot].node;
    begin = end;
  }
  nodes_[node].rule = &rule;
  nodes_[node].changes = !SameCut(rule, ends);
  if (nodes_[node].changes) {
    changing_[static_cast<unsigned char>(rule.key[0])] |= 1U << ends[0];
  }
}

uint32_t SpacyMatcher::Step(uint32_t node, std::string_view token) const {
  if (token.size() > SpacyRules::kLongest) return 0;
  const uint64_t key = EdgeKey(node, token);
  for (size_t slot = key & (kEdges - 1); edges_[slot].key != 0;
       slot = (slot + 1) & (kEdges - 1)) {
    if (edges_[slot].key == key) return edges_[slot].node;
  }
  return 0;
}

void SpacyMatcher::Find(const std::vector<std::string_view>& tokens,
                        uint32_t first,
                        std::vector<SpacyMatch>* matches) const {
  const std::string_view token = tokens[first];
  if (token.size() > SpacyRules::kLongest) return;
  const uint32_t lengths = first_[static_cast<unsigned char>(token[0])];
  if ((lengths >> token.size() & 1) == 0) return;
  uint32_t node = 0;
  for (uint32_t i = first; i < tokens.size(); ++i) {
    node = Step(node, tokens[i]);
    if (node == 0) return;
    if (nodes_[node].rule != nullptr) {
      matches->push_back(
          {first, i + 1, nodes_[node].rule, nodes_[node].changes});
    }
  }
}

}  // namespace winnow
