// SPDX-License-Identifier: Apache-2.0
#include "stats/tokens/token_trie.h"

#include <algorithm>
#include <numeric>

namespace winnow {

// Places nodes breadth first, so that what is near the root, and hot, stands
// together. Slots 0-255 belong to base 0, the base of nodes without children:
// none of them ever matches.
class TokenTrieBuilder {
 public:
  TokenTrieBuilder(const TokenList& tokens, TokenTrie* trie)
      : tokens_(tokens), trie_(*trie) {}

  void Build() {
    std::vector<uint32_t> order;
    order.reserve(tokens_.size());
    for (uint32_t id = 0; id < tokens_.size(); ++id) {
      if (!tokens_[id].empty()) order.push_back(id);
    }
    std::sort(order.begin(), order.end(),
              [&](uint32_t a, uint32_t b) { return tokens_[a] < tokens_[b]; });
    AddBlock();
    for (uint32_t slot = 0; slot < kBlock; ++slot) {
      trie_.nodes_[slot] = ~slot & 255;
      used_[slot] = true;
      if (slot != 0) Unlink(slot);
    }
    trie_.next_prefix_.assign(tokens_.size(), kNoToken);
    std::vector<Pending> level = {
        {0, static_cast<uint32_t>(order.size()), 0, kRoot, kNoToken}};
    std::vector<Pending> below;
    for (; !level.empty(); level.swap(below), below.clear()) {
      for (const Pending& node : level) Place(order, node, &below);
    }
    LabelEmptySlots();
  }

 private:
  static constexpr uint32_t kBlock = 256;
  static constexpr uint32_t kOpenBlocks = 16;
  static constexpr uint32_t kRoot = ~0U;

  // Tokens order[begin, end) pass through the node at `slot`, `depth` bytes
  // below the root; `token` is the last one on the way.
  struct Pending {
    uint32_t begin;
    uint32_t end;
    uint32_t depth;
    uint32_t slot;
    uint32_t token;
  };

  unsigned char Byte(uint32_t id, uint32_t depth) const {
    return static_cast<unsigned char>(tokens_.bytes[tokens_.begin[id] + depth]);
  }

  // Adds a block of free slots and closes the one kOpenBlocks before it: its
  // free slots are given up, so that a search for room stays short.
  void AddBlock() {
    const auto begin = static_cast<uint32_t>(trie_.nodes_.size());
    const uint32_t end = begin + kBlock;
    trie_.nodes_.resize(end, 0);
    used_.resize(end, false);
    base_used_.resize(end, false);
    next_free_.resize(end);
    previous_free_.resize(end);
    for (uint32_t slot = begin; slot < end; ++slot) Link(slot);
    if (begin < kOpenBlocks * kBlock) return;
    const uint32_t closed = begin - kOpenBlocks * kBlock;
    for (uint32_t slot = closed; slot < closed + kBlock; ++slot) {
      if (!used_[slot]) Unlink(slot);
    }
  }

  // Free slots of open blocks are a ring; slot 0, never free, is its handle.
  void Link(uint32_t slot) {
    const uint32_t last = slot == 0 ? 0 : previous_free_[0];
    previous_free_[slot] = last;
    next_free_[slot] = 0;
    next_free_[last] = slot;
    previous_free_[0] = slot;
  }
  void Unlink(uint32_t slot) {
    next_free_[previous_free_[slot]] = next_free_[slot];
    previous_free_[next_free_[slot]] = previous_free_[slot];
  }

  // An empty slot must not look like a child: its label is a byte that would
  // lead here only from a base without a node. There is one: a slot shares its
  // 256 bases with 255 others, and each base in use fills one of them.
  void LabelEmptySlots() {
    for (size_t slot = kBlock; slot < used_.size(); ++slot) {
      if (used_[slot]) continue;
      size_t label = 0;
      while (base_used_[slot ^ label]) ++label;
      trie_.nodes_[slot] = label;
    }
  }

  // A base that no node has, where the slots of all `bytes` are free.
  uint32_t FindBase(const std::vector<unsigned char>& bytes) {
    uint32_t slot = next_free_[0];
    for (;;) {
      if (slot == 0) {
        slot = static_cast<uint32_t>(used_.size());
        AddBlock();
      }
      const uint32_t base = slot ^ bytes.front();
      const bool fits =
          !base_used_[base] &&
          std::all_of(bytes.begin(), bytes.end(),
                      [&](unsigned char c) { return !used_[base ^ c]; });
      if (fits) return base;
      slot = next_free_[slot];
    }
  }

  void Place(const std::vector<uint32_t>& order, const Pending& node,
             std::vector<Pending>* below) {
    uint32_t begin = node.begin;
    uint32_t token = node.token;
    if (tokens_[order[begin]].size() == node.depth) {
      trie_.next_prefix_[order[begin]] = token;
      token = order[begin++];
    }
    bytes_.clear();
    starts_.clear();
    for (uint32_t i = begin; i < node.end; ++i) {
      const unsigned char c = Byte(order[i], node.depth);
      if (bytes_.empty() || bytes_.back() != c) {
        bytes_.push_back(c);
        starts_.push_back(i);
      }
    }
    starts_.push_back(node.end);
    uint64_t base = 0;
    if (!bytes_.empty()) {
      base = FindBase(bytes_);
      base_used_[base] = true;
    }
    if (node.slot == kRoot) {
      trie_.root_ = base << 32;
    } else {
      const bool own = token != node.token;
      trie_.nodes_[node.slot] |= base << 32 | uint64_t{own ? token : kNoToken}
                                                  << 8;
    }
    for (size_t i = 0; i < bytes_.size(); ++i) {
      const auto slot = static_cast<uint32_t>(base ^ bytes_[i]);
      used_[slot] = true;
      Unlink(slot);
      trie_.nodes_[slot] = bytes_[i];
      below->push_back(
          {starts_[i], starts_[i + 1], node.depth + 1, slot, token});
    }
  }

  const TokenList& tokens_;
  TokenTrie& trie_;
  std::vector<bool> used_;
  std::vector<bool> base_used_;
  std::vector<uint32_t> next_free_;
  std::vector<uint32_t> previous_free_;
  std::vector<unsigned char> bytes_;
  std::vector<uint32_t> starts_;
};

TokenTrie::TokenTrie(const TokenList& tokens) {
  TokenTrieBuilder(tokens, this).Build();
}

}  // namespace winnow
