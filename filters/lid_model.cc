// SPDX-License-Identifier: Apache-2.0
// N-gram rows are laid out in the order of their buckets, so that a bitmap
// with one running count for each 64 buckets (500 kB) finds a row; the file's
// table of pairs would be a hash map look-up for each n-gram, and nearly all
// of them miss.
//
// Source: facebookresearch/fastText : src/dictionary.cc (computeSubwords,
// hash, pushHash).
#include "filters/lid_model.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdio>
#include <cstring>

#include "pipeline/error.h"
#include "pipeline/text/hash.h"
#include "pipeline/text/sha256.h"

namespace winnow {
namespace {

constexpr uint16_t kNoWord = 0xFFFF;
constexpr uint32_t kFnvStart = 2166136261U;
constexpr uint32_t kFnvPrime = 16777619U;
constexpr int kMinChars = 2;
constexpr int kMaxChars = 4;
constexpr size_t kShortToken = 62;
constexpr size_t kMaxModelBytes = size_t{64} << 20;

// 32-bit FNV-1a over bytes taken as signed: 0xE9 enters as 0xFFFFFFE9. A slip
// in the first fastText that every model since depends on.
uint32_t HashByte(uint32_t hash, char byte) {
  return (hash ^ static_cast<uint32_t>(static_cast<signed char>(byte))) *
         kFnvPrime;
}

bool IsContinuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

bool IsAscii(std::string_view token) {
  char bits = 0;
  for (const char c : token) bits = static_cast<char>(bits | c);
  return static_cast<signed char>(bits) >= 0;
}

std::string ReadModelFile(const std::string& path) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(
      std::fopen(path.c_str(), "rb"), &std::fclose);
  if (file == nullptr) {
    throw Error(ErrorKind::kNotFound,
                "cannot open the language model: " + path +
                    ": install it with `./dev setup`, or set WINNOW_DATA to "
                    "the folder that holds models/lid.176.ftz");
  }
  std::string bytes;
  char buffer[1 << 16];
  size_t n = 0;
  while (bytes.size() <= kMaxModelBytes &&
         (n = std::fread(buffer, 1, sizeof buffer, file.get())) > 0) {
    bytes.append(buffer, n);
  }
  return bytes;
}

}  // namespace

std::string LidModel::PathIn(const std::string& data_dir) {
  return data_dir + "/models/lid.176.ftz";
}

std::shared_ptr<const LidModel> LidModel::Load(const std::string& path) {
  const std::string bytes = ReadModelFile(path);
  if (Sha256Hex(bytes) != kLidModelSha256) {
    throw Error(
        ErrorKind::kCorruption,
        "the language model is not the known lid.176.ftz: " + path + " (" +
            std::to_string(bytes.size()) +
            " bytes, SHA-256 differs): delete it and run `./dev setup`");
  }
  return std::make_shared<const LidModel>(ParseLidFile(bytes));
}

LidModel::LidModel(const LidFile& file)
    : words_(file.words.begin(), file.words.end()),
      labels_(file.labels.begin(), file.labels.end()),
      word_slots_(std::bit_ceil(2 * words_.size()), kNoWord),
      kept_((kLidBuckets + 63) / 64),
      first_row_(kept_.size()),
      rows_(file.rows.begin(),
            file.rows.begin() +
                static_cast<std::ptrdiff_t>(file.words.size() * kLidDim)),
      tree_(file.label_counts, file.output) {
  for (size_t i = 0; i < words_.size(); ++i) {
    size_t slot = Hash64(words_[i]) & (word_slots_.size() - 1);
    while (word_slots_[slot] != kNoWord)
      slot = (slot + 1) & (word_slots_.size() - 1);
    word_slots_[slot] = static_cast<uint16_t>(i);
  }
  std::vector<LidFile::Ngram> ngrams = file.ngrams;
  std::sort(ngrams.begin(), ngrams.end(),
            [](const LidFile::Ngram& a, const LidFile::Ngram& b) {
              return a.bucket < b.bucket;
            });
  for (const LidFile::Ngram& ngram : ngrams) {
    const size_t block = ngram.bucket / 64;
    if (kept_[block] == 0) {
      first_row_[block] = static_cast<uint16_t>(rows_.size() / kLidDim);
    }
    kept_[block] |= uint64_t{1} << (ngram.bucket % 64);
    const float* row = &file.rows[(words_.size() + ngram.rank) * kLidDim];
    rows_.insert(rows_.end(), row, row + kLidDim);
  }
}

std::optional<uint16_t> LidModel::Find(std::string_view code) const {
  for (size_t i = 0; i < labels_.size(); ++i) {
    if (labels_[i] == code) return static_cast<uint16_t>(i);
  }
  return std::nullopt;
}

int LidModel::FindWord(std::string_view token) const {
  size_t slot = Hash64(token) & (word_slots_.size() - 1);
  while (word_slots_[slot] != kNoWord) {
    if (words_[word_slots_[slot]] == token) return word_slots_[slot];
    slot = (slot + 1) & (word_slots_.size() - 1);
  }
  return -1;
}

namespace {

// Without the popcnt instruction std::popcount is a call into libgcc.
inline unsigned CountBits(uint64_t x) {
  x -= (x >> 1) & 0x5555555555555555ULL;
  x = (x & 0x3333333333333333ULL) + ((x >> 2) & 0x3333333333333333ULL);
  x = (x + (x >> 4)) & 0x0F0F0F0F0F0F0F0FULL;
  return static_cast<unsigned>((x * 0x0101010101010101ULL) >> 56);
}

inline void AddFloats(float* __restrict to, const float* __restrict from) {
  for (size_t i = 0; i < kLidDim; ++i) to[i] += from[i];
}

}  // namespace

inline void LidModel::AddRow(size_t row, LidTokenSum* out) const {
  AddFloats(out->sum, &rows_[row * kLidDim]);
  ++out->rows;
}

inline void LidModel::AddBuckets(const uint32_t* buckets, size_t count,
                                 LidTokenSum* out) const {
  for (size_t i = 0; i < count; ++i) {
    const uint32_t bucket = buckets[i];
    const uint64_t below = (uint64_t{1} << (bucket % 64)) - 1;
    AddRow(first_row_[bucket / 64] + CountBits(kept_[bucket / 64] & below),
           out);
  }
}

// Collects the buckets of n-grams that have a row, without a branch, for
// nobody can predict which do; then adds their rows together, so that they
// arrive from memory at the same time.
class LidModel::Collector {
 public:
  Collector(const LidModel& model, LidTokenSum* out)
      : model_(model), out_(out) {}
  ~Collector() { Flush(); }

  void Take(uint32_t hash) {
    const uint32_t bucket = hash % kLidBuckets;
    buckets_[count_] = bucket;
    count_ += (model_.kept_[bucket / 64] >> (bucket % 64)) & 1;
  }
  // To be called at least once every kRoom n-grams.
  void FlushIfFull() {
    if (count_ >= kBatch) Flush();
  }

  static constexpr size_t kRoom = 8;

 private:
  static constexpr size_t kBatch = 64;

  void Flush() {
    model_.AddBuckets(buckets_, count_, out_);
    count_ = 0;
  }

  const LidModel& model_;
  LidTokenSum* out_;
  size_t count_ = 0;
  uint32_t buckets_[kBatch + kRoom];
};

void LidModel::SumToken(std::string_view token, LidTokenSum* out) const {
  std::memset(out, 0, sizeof *out);
  if (token.empty() || token.starts_with("__label__")) return;
  const int word = FindWord(token);
  if (word >= 0) AddRow(static_cast<size_t>(word), out);
  if (token == "</s>") return;  // the end of a line has no n-grams
  if (token.size() <= kShortToken && IsAscii(token)) {
    SumShortAscii(token, out);
  } else {
    SumAnyBytes(token, out);
  }
}

// N-grams of `<token>` that begin at every character, shortest first. A
// character is a byte and the continuation bytes that follow it, valid UTF-8
// or not.
void LidModel::SumAnyBytes(std::string_view token, LidTokenSum* out) const {
  Collector collector(*this, out);
  const size_t size = token.size() + 2;
  const auto at = [&](size_t i) {
    return i == 0 ? '<' : i + 1 == size ? '>' : token[i - 1];
  };
  for (size_t begin = 0; begin < size; ++begin) {
    if (IsContinuation(at(begin))) continue;
    uint32_t hash = kFnvStart;
    size_t i = begin;
    for (int chars = 1; chars <= kMaxChars && i < size; ++chars) {
      hash = HashByte(hash, at(i++));
      while (i < size && IsContinuation(at(i))) hash = HashByte(hash, at(i++));
      if (chars >= kMinChars) collector.Take(hash);
    }
    collector.FlushIfFull();
  }
}

// The same for one byte a character, unrolled.
void LidModel::SumShortAscii(std::string_view token, LidTokenSum* out) const {
  char text[kShortToken + 2];
  text[0] = '<';
  std::memcpy(text + 1, token.data(), token.size());
  text[token.size() + 1] = '>';
  const size_t size = token.size() + 2;

  Collector collector(*this, out);
  size_t i = 0;
  for (; i + 4 <= size; ++i) {
    const uint32_t two = HashByte(HashByte(kFnvStart, text[i]), text[i + 1]);
    const uint32_t three = HashByte(two, text[i + 2]);
    collector.Take(two);
    collector.Take(three);
    collector.Take(HashByte(three, text[i + 3]));
    collector.FlushIfFull();
  }
  const uint32_t two = HashByte(HashByte(kFnvStart, text[i]), text[i + 1]);
  collector.Take(two);
  collector.Take(HashByte(two, text[i + 2]));
  collector.Take(HashByte(HashByte(kFnvStart, text[i + 1]), text[i + 2]));
}

}  // namespace winnow
