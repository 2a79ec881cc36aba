// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/html/words.h"

#include <array>
#include <cstddef>

namespace winnow::html {
namespace {

// A word of up to 16 bytes.
struct Packed {
  uint64_t low = 0;
  uint64_t high = 0;
  constexpr void Put(size_t i, char c) {
    const auto byte = static_cast<uint64_t>(static_cast<unsigned char>(c));
    if (i < 8) {
      low |= byte << i * 8;
    } else {
      high |= byte << (i - 8) * 8;
    }
  }
  constexpr bool operator==(const Packed&) const = default;
  constexpr uint64_t Hash() const {
    return (low ^ (high << 7 | high >> 57)) * 0x9E3779B97F4A7C15U >> 48;
  }
};
constexpr size_t kMaxWord = 16;

constexpr Packed Pack(std::string_view word) {
  Packed packed;
  for (size_t i = 0; i < word.size() && i < kMaxWord; ++i) {
    packed.Put(i, word[i]);
  }
  return packed;
}

template <typename Bits>
struct Row {
  std::string_view word;
  Bits bits;
};

// Open addressing, no more than a quarter full.
template <typename Bits, size_t kSlots>
class WordTable {
 public:
  template <size_t kRows>
  constexpr explicit WordTable(const Row<Bits> (&rows)[kRows]) {
    static_assert(kRows * 4 <= kSlots && (kSlots & (kSlots - 1)) == 0);
    for (const Row<Bits>& row : rows) {
      const Packed packed = Pack(row.word);
      size_t at = packed.Hash() & (kSlots - 1);
      while (bits_[at] != 0 && !(words_[at] == packed)) {
        at = (at + 1) & (kSlots - 1);
      }
      words_[at] = packed;
      bits_[at] = static_cast<Bits>(bits_[at] | row.bits);
    }
  }
  Bits Find(const Packed& packed) const {
    size_t at = packed.Hash() & (kSlots - 1);
    while (bits_[at] != 0) {
      if (words_[at] == packed) return bits_[at];
      at = (at + 1) & (kSlots - 1);
    }
    return 0;
  }

 private:
  std::array<Packed, kSlots> words_{};
  std::array<Bits, kSlots> bits_{};
};

#define X(word, bits) {word, bits},
constexpr Row<uint32_t> kNameRows[] = {
#include "pipeline/read/html/name_words.inc"
};
constexpr Row<uint8_t> kTextRows[] = {
#include "pipeline/read/html/text_words.inc"
};
#undef X
constexpr WordTable<uint32_t, 2048> kNames(kNameRows);
constexpr WordTable<uint8_t, 2048> kTexts(kTextRows);

constexpr bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }

}  // namespace

uint32_t NameHints(std::string_view names) {
  names = names.substr(0, 256);
  uint32_t hints = 0;
  Packed word;
  size_t size = 0;
  bool after_lower = false;
  const auto finish = [&] {
    if (size > 1 && size <= kMaxWord) hints |= kNames.Find(word);
    word = {};
    size = 0;
  };
  for (const char c : names) {
    const bool upper = IsUpper(c);
    if (!upper && !IsLower(c)) {
      if (size > 0) finish();
      after_lower = false;
      continue;
    }
    if (upper && after_lower) finish();
    after_lower = !upper;
    if (size < kMaxWord) word.Put(size, static_cast<char>(c | 0x20));
    ++size;
  }
  if (size > 0) finish();
  return hints;
}

bool NamesBody(std::string_view names) {
  names = names.substr(0, 256);
  size_t at = 0;
  while (at < names.size()) {
    size_t stop = at;
    while (stop < names.size() && names[stop] != ' ' && names[stop] != '\n') {
      ++stop;
    }
    const std::string_view name = names.substr(at, stop - at);
    at = stop + 1;
    if (name.size() < 8 || name.size() > 40) continue;
    const uint32_t hints = NameHints(name);
    if (hints == (kArticleName | kContentName)) return true;
  }
  return false;
}

uint8_t TextHints(std::string_view word) {
  if (word.size() > kMaxWord) return 0;
  return kTexts.Find(Pack(word));
}

}  // namespace winnow::html
