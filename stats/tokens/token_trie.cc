// SPDX-License-Identifier: Apache-2.0
#include "stats/tokens/token_trie.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "pipeline/error.h"

namespace winnow {

// Places nodes breadth first, so that what is near the root, and hot, stands
// together. Slots 0-255 belong to base 0, the base of nodes without children:
// none of them ever matches.
class TokenTrieBuilder {
 public:
  using Node = TokenTrie::Node;

  TokenTrieBuilder(std::span<const TokenList* const> lists, TokenTrie* trie)
      : lists_(lists), trie_(*trie) {}

  void Build() {
    SortEntries();
    AddBlock();
    for (uint32_t slot = 0; slot < kBlock; ++slot) {
      nodes_[slot] = ~slot & 255;
      used_[slot] = true;
      if (slot != 0) Unlink(slot);
    }
    for (size_t v = 0; v < lists_.size(); ++v) {
      trie_.next_prefix_[v].assign(lists_[v]->size(), kNoToken);
    }
    std::vector<Pending> level = {{0,
                                   static_cast<uint32_t>(entries_.size()),
                                   0,
                                   kRoot,
                                   {kNoToken, kNoToken}}};
    std::vector<Pending> below;
    for (; !level.empty(); level.swap(below), below.clear()) {
      for (const Pending& node : level) Place(node, &below);
    }
    LabelEmptySlots();
    trie_.nodes_ = HugeArray<Node>(nodes_.size());
    std::copy(nodes_.begin(), nodes_.end(), &trie_.nodes_[0]);
    FillTwo();
  }

 private:
  static constexpr uint32_t kBlock = 256;
  static constexpr uint32_t kOpenBlocks = 16;
  static constexpr uint32_t kRoot = ~0U;
  static constexpr uint32_t kMaxSlots = (1U << 20) - kBlock;

  // A token with its first bytes as a number that sorts as they do.
  struct Entry {
    uint64_t head;
    uint32_t list;
    uint32_t id;
  };

  // Entries [begin, end) pass through the node at `slot`, `depth` bytes below
  // the root; `tokens` are the last ones on the way.
  struct Pending {
    uint32_t begin;
    uint32_t end;
    uint32_t depth;
    uint32_t slot;
    std::array<uint32_t, 2> tokens;
  };

  std::string_view Text(const Entry& entry) const {
    return (*lists_[entry.list])[entry.id];
  }

  void SortEntries() {
    for (uint32_t list = 0; list < lists_.size(); ++list) {
      for (uint32_t id = 0; id < lists_[list]->size(); ++id) {
        const std::string_view text = (*lists_[list])[id];
        if (text.empty()) continue;
        uint64_t head = 0;
        for (size_t i = 0; i < 8; ++i) {
          head = head << 8 |
                 (i < text.size() ? static_cast<unsigned char>(text[i]) : 0U);
        }
        entries_.push_back({head, list, id});
      }
    }
    std::sort(entries_.begin(), entries_.end(),
              [&](const Entry& a, const Entry& b) {
                if (a.head != b.head) return a.head < b.head;
                const int order = Text(a).compare(Text(b));
                return order != 0 ? order < 0 : a.list < b.list;
              });
  }

  // Adds a block of free slots and closes the one kOpenBlocks before it: its
  // free slots are given up, so that a search for room stays short.
  void AddBlock() {
    const auto begin = static_cast<uint32_t>(nodes_.size());
    const uint32_t end = begin + kBlock;
    if (end > kMaxSlots) {
      throw Error(ErrorKind::kCorruption,
                  "vocabulary: too many tokens to count: use a known one");
    }
    nodes_.resize(end, 0);
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
    for (uint32_t slot = kBlock; slot < nodes_.size(); ++slot) {
      if (used_[slot]) continue;
      uint32_t label = 0;
      while (base_used_[slot ^ label]) ++label;
      nodes_[slot] = label;
    }
  }

  // A base that no node has, where the slots of all bytes_ are free.
  uint32_t FindBase() {
    uint32_t slot = next_free_[0];
    for (;;) {
      if (slot == 0) {
        slot = static_cast<uint32_t>(nodes_.size());
        AddBlock();
      }
      const uint32_t base = slot ^ bytes_.front();
      const bool fits =
          !base_used_[base] &&
          std::all_of(bytes_.begin(), bytes_.end(),
                      [&](unsigned char c) { return !used_[base ^ c]; });
      if (fits) return base;
      slot = next_free_[slot];
    }
  }

  void Place(const Pending& node, std::vector<Pending>* below) {
    uint32_t begin = node.begin;
    std::array<uint32_t, 2> tokens = node.tokens;
    std::array<uint32_t, 2> own = {kNoToken, kNoToken};
    while (begin < node.end && Text(entries_[begin]).size() == node.depth) {
      const Entry& entry = entries_[begin++];
      trie_.next_prefix_[entry.list][entry.id] = node.tokens[entry.list];
      tokens[entry.list] = own[entry.list] = entry.id;
    }
    bytes_.clear();
    starts_.clear();
    for (uint32_t i = begin; i < node.end; ++i) {
      const auto c = static_cast<unsigned char>(Text(entries_[i])[node.depth]);
      if (bytes_.empty() || bytes_.back() != c) {
        bytes_.push_back(c);
        starts_.push_back(i);
      }
    }
    starts_.push_back(node.end);
    uint32_t base = 0;
    if (!bytes_.empty()) {
      base = FindBase();
      base_used_[base] = true;
    }
    const Node bits = Node{base} << 44 | Node{own[1]} << 26 | Node{own[0]} << 8;
    if (node.slot == kRoot) {
      trie_.root_ = bits;
    } else {
      nodes_[node.slot] |= bits;
    }
    for (size_t i = 0; i < bytes_.size(); ++i) {
      const uint32_t slot = base ^ bytes_[i];
      used_[slot] = true;
      Unlink(slot);
      nodes_[slot] = bytes_[i];
      below->push_back(
          {starts_[i], starts_[i + 1], node.depth + 1, slot, tokens});
    }
  }

  void FillTwo() {
    trie_.two_ = HugeArray<Node>(1 << 16);
    for (unsigned c = 0; c < 1 << 16; ++c) {
      const Node first = trie_.AfterByte(static_cast<unsigned char>(c >> 8));
      trie_.two_[c] =
          first == TokenTrie::kNoNode
              ? TokenTrie::kNoNode
              : trie_.Child(first, static_cast<unsigned char>(c & 255));
    }
  }

  std::span<const TokenList* const> lists_;
  TokenTrie& trie_;
  std::vector<Entry> entries_;
  std::vector<Node> nodes_;
  std::vector<bool> used_;
  std::vector<bool> base_used_;
  std::vector<uint32_t> next_free_;
  std::vector<uint32_t> previous_free_;
  std::vector<unsigned char> bytes_;
  std::vector<uint32_t> starts_;
};

TokenTrie::TokenTrie(std::span<const TokenList* const> lists) {
  TokenTrieBuilder(lists, this).Build();
}

uint32_t TokenTrie::Longest(unsigned v, std::string_view text) const {
  uint32_t found = kNoToken;
  Node node = root_;
  for (const char c : text) {
    node = Child(node, static_cast<unsigned char>(c));
    if (node == kNoNode) break;
    if (const uint32_t token = Token(node, v); token != kNoToken) {
      found = token;
    }
  }
  return found;
}

}  // namespace winnow
