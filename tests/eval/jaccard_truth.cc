// SPDX-License-Identifier: Apache-2.0
#include "tests/eval/jaccard_truth.h"

#include <algorithm>
#include <bit>
#include <string_view>

#include "pipeline/text/hash.h"

namespace winnow::testing {

std::vector<uint64_t> ShingleSet(std::span<const uint64_t> words, size_t n) {
  std::vector<uint64_t> set;
  if (words.empty()) return set;
  n = std::min(n, words.size());
  for (size_t i = 0; i + n <= words.size(); ++i) {
    set.push_back(
        Hash64({reinterpret_cast<const char*>(words.data() + i), n * 8}));
  }
  std::sort(set.begin(), set.end());
  set.erase(std::unique(set.begin(), set.end()), set.end());
  return set;
}

double Jaccard(const std::vector<uint64_t>& a, const std::vector<uint64_t>& b) {
  std::vector<uint64_t> both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(),
                        std::back_inserter(both));
  const size_t either = a.size() + b.size() - both.size();
  return either == 0
             ? 0
             : static_cast<double>(both.size()) / static_cast<double>(either);
}

BitSets::BitSets(const std::vector<const std::vector<uint64_t>*>& sets) {
  std::vector<uint64_t> members;
  for (const auto* set : sets) {
    members.insert(members.end(), set->begin(), set->end());
    sizes_.push_back(set->size());
  }
  std::sort(members.begin(), members.end());
  members.erase(std::unique(members.begin(), members.end()), members.end());
  words_ = (members.size() + 63) / 64;
  bits_.resize(words_ * sets.size());
  for (size_t i = 0; i < sets.size(); ++i) {
    size_t at = 0;
    for (const uint64_t x : *sets[i]) {
      while (members[at] != x) ++at;
      bits_[i * words_ + at / 64] |= uint64_t{1} << (at % 64);
    }
  }
}

double BitSets::Jaccard(size_t i, size_t j) const {
  size_t both = 0;
  for (size_t w = 0; w < words_; ++w) {
    both += static_cast<size_t>(
        std::popcount(bits_[i * words_ + w] & bits_[j * words_ + w]));
  }
  const size_t either = sizes_[i] + sizes_[j] - both;
  return either == 0 ? 0
                     : static_cast<double>(both) / static_cast<double>(either);
}

}  // namespace winnow::testing
