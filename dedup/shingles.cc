// SPDX-License-Identifier: Apache-2.0
#include "dedup/shingles.h"

#include <algorithm>

#include "pipeline/error.h"

namespace winnow {
namespace {

constexpr uint64_t kBase = 0x9fb21c651e98df25ULL;  // odd, no structure
constexpr uint64_t kMix = 0xd6e8feb86659fd93ULL;

uint32_t MixDown(uint64_t h) {
  h = (h ^ (h >> 32)) * kMix;
  return static_cast<uint32_t>(h >> 32);
}

}  // namespace

ShingleStream::ShingleStream(std::span<const uint64_t> words, size_t ngram)
    : words_(words), ngram_(ngram) {
  WINNOW_CHECK(ngram > 0);
  short_ = !words_.empty() && words_.size() < ngram_;
  const size_t length = std::min(ngram_, words_.size());
  for (size_t i = 1; i < ngram_; ++i) oldest_weight_ *= kBase;
  for (size_t i = 0; i < length; ++i) rolling_ = rolling_ * kBase + words_[i];
  next_ = length;
}

size_t ShingleStream::Next(std::span<uint32_t> out) {
  if (words_.empty() || out.empty()) return 0;
  size_t made = 0;
  if (!started_) {
    started_ = true;
    first_ = rolling_;
    out[made++] = MixDown(rolling_);
  }
  const size_t count = std::min(out.size() - made, words_.size() - next_);
  if (count == 0) return made;
  const uint64_t* const newest = words_.data() + next_;
  const uint64_t* const oldest = newest - ngram_;
  uint64_t rolling = rolling_;
  uint64_t differ = differ_;
  for (size_t i = 0; i < count; ++i) {
    rolling = (rolling - oldest[i] * oldest_weight_) * kBase + newest[i];
    differ |= rolling ^ first_;
    out[made + i] = MixDown(rolling);
  }
  rolling_ = rolling;
  differ_ = differ;
  next_ += count;
  return made + count;
}

}  // namespace winnow
