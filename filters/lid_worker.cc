// SPDX-License-Identifier: Apache-2.0
// The memo is direct-mapped: an entry is two cache lines, the sum in the first
// and the token in the second, and a new token takes the place of the old.
#include "filters/lid_worker.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

#include "filters/lid_separator.h"

namespace winnow {
namespace {

constexpr size_t kKeyBytes = 56;
// Tokens looked up together, so that their entries arrive from memory at the
// same time.
constexpr size_t kPending = 32;

// Reads `n` <= 8 bytes into the low end of a word, zeros above. Up to
// `readable_end` bytes may be read.
inline uint64_t LoadPadded(const char* p, size_t n, const char* readable_end) {
  uint64_t word = 0;
  if (readable_end - p >= 8) [[likely]] {
    std::memcpy(&word, p, 8);
    return n == 8 ? word : word & ((uint64_t{1} << (8 * n)) - 1);
  }
  std::memcpy(&word, p, n);
  return word;
}

inline uint64_t Mix(uint64_t hash, uint64_t word) {
  hash = (hash ^ word) * 0x9E3779B97F4A7C15ULL;
  return hash ^ (hash >> 32);
}

inline void AddFloats(float* __restrict to, const float* __restrict from) {
  for (size_t i = 0; i < kLidDim; ++i) to[i] += from[i];
}

}  // namespace

struct alignas(64) LidWorker::Entry {
  float sum[kLidDim];
  char key[kKeyBytes];  // the token, zeros behind it
  uint32_t size;        // of the token; 0 where the entry is empty
  uint32_t rows;
};

// A token that waits for its entry. `low` and `high` are its first 16 bytes,
// padded with zeros.
struct LidWorker::Pending {
  std::string_view token;
  Entry* entry;  // null if the token is too long for the memo
  uint64_t low;
  uint64_t high;
};

LidWorker::LidWorker(std::shared_ptr<const LidModel> model, size_t memo_bytes)
    : model_(std::move(model)) {
  static_assert(sizeof(Entry) == 128);
  const size_t entries =
      std::bit_floor(std::max<size_t>(memo_bytes / sizeof(Entry), 1));
  memo_.resize(entries);
  mask_ = entries - 1;
  model_->SumToken("</s>", &end_of_line_);
  Clear();
}

LidWorker::~LidWorker() = default;

void LidWorker::Clear() {
  std::fill(std::begin(hidden_), std::end(hidden_), 0.0F);
  rows_ = 0;
}

inline void LidWorker::Prepare(std::string_view token, const char* readable_end,
                               Pending* out) {
  out->token = token;
  out->entry = nullptr;
  if (token.size() > kKeyBytes) [[unlikely]]
    return;
  const char* p = token.data();
  out->low = LoadPadded(p, std::min<size_t>(token.size(), 8), readable_end);
  out->high = 0;
  uint64_t hash = Mix(token.size(), out->low);
  if (token.size() > 8) {
    out->high =
        LoadPadded(p + 8, std::min<size_t>(token.size() - 8, 8), readable_end);
    hash = Mix(hash, out->high);
    for (size_t i = 16; i < token.size(); i += 8) {
      hash = Mix(hash, LoadPadded(p + i, std::min<size_t>(token.size() - i, 8),
                                  readable_end));
    }
  }
  Entry* entry = &memo_[hash & mask_];
  __builtin_prefetch(entry, 0);
  __builtin_prefetch(&entry->key, 0);
  out->entry = entry;
}

void LidWorker::AddPending(const Pending* pending, size_t count) {
  for (size_t i = 0; i < count; ++i) {
    const Pending& p = pending[i];
    if (p.entry == nullptr) [[unlikely]] {
      LidTokenSum sum;
      model_->SumToken(p.token, &sum);
      AddFloats(hidden_, sum.sum);
      rows_ += sum.rows;
      continue;
    }
    Entry& entry = *p.entry;
    uint64_t low;
    uint64_t high;
    std::memcpy(&low, entry.key, 8);
    std::memcpy(&high, entry.key + 8, 8);
    const bool same =
        entry.size == p.token.size() && low == p.low && high == p.high &&
        (entry.size <= 16 || std::memcmp(entry.key + 16, p.token.data() + 16,
                                         entry.size - 16) == 0);
    if (!same) {
      LidTokenSum sum;
      model_->SumToken(p.token, &sum);
      std::memcpy(entry.sum, sum.sum, sizeof entry.sum);
      std::memset(entry.key, 0, 16);
      std::memcpy(entry.key, p.token.data(), p.token.size());
      entry.size = static_cast<uint32_t>(p.token.size());
      entry.rows = sum.rows;
    }
    AddFloats(hidden_, entry.sum);
    rows_ += entry.rows;
  }
}

bool LidWorker::Add(std::string_view text) {
  Pending pending[kPending];
  size_t count = 0;
  bool whole = true;
  const char* p = text.data();
  const char* const end = p + text.size();
  while (true) {
    while (p != end && IsLidSeparator(*p)) ++p;
    if (p == end) break;
    const char* const begin = p;
    while (p != end && !IsLidSeparator(*p)) ++p;
    const std::string_view token(begin, static_cast<size_t>(p - begin));
    if (token == "</s>") [[unlikely]] {
      whole = false;
      break;
    }
    Prepare(token, end, &pending[count]);
    if (++count == kPending) {
      AddPending(pending, count);
      count = 0;
    }
  }
  AddPending(pending, count);
  return whole;
}

LidResult LidWorker::Finish() {
  AddFloats(hidden_, end_of_line_.sum);
  rows_ += end_of_line_.rows;
  const auto scale = static_cast<float>(1.0 / static_cast<double>(rows_));
  for (float& value : hidden_) value *= scale;
  return model_->tree().Best(hidden_);
}

LidResult LidWorker::Predict(std::string_view text) {
  Clear();
  Add(text);
  return Finish();
}

LidResult LidWorker::Predict(const LidSample& sample) {
  Clear();
  for (size_t i = 0; i < sample.count; ++i) {
    if (!Add(sample.windows[i])) break;
  }
  return Finish();
}

float LidWorker::Score(uint16_t label) const {
  return model_->tree().Score(hidden_, label);
}

}  // namespace winnow
