// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/html/block_measure.h"

#include "pipeline/text/hash.h"

#include <array>
#include <cstddef>
#include <cstdint>

#include "pipeline/read/html/words.h"

namespace winnow::html {
namespace {

// Two Han or Kana characters count as a word, five Thai ones.
constexpr uint32_t kCjkUnit = 5;
constexpr uint32_t kThaiUnit = 2;
constexpr uint32_t kUnitsPerWord = 10;
constexpr uint32_t kHintedWords = 24;  // longer blocks are told by others

enum Class : uint8_t {
  kOther,
  kSpaceClass,
  kLowerClass,
  kUpperClass,
  kDigitClass,
  kCommaClass,
  kStopClass,  // . ! ?
  kMarkClass,  // | / > < = { } and the like
  kLeadClass,  // of a character that is not ASCII
};

constexpr std::array<uint8_t, 256> kClasses = [] {
  std::array<uint8_t, 256> t{};
  const auto set = [&](std::string_view chars, Class c) {
    for (const char ch : chars) t[static_cast<unsigned char>(ch)] = c;
  };
  set(" \t\n", kSpaceClass);
  set("abcdefghijklmnopqrstuvwxyz", kLowerClass);
  set("ABCDEFGHIJKLMNOPQRSTUVWXYZ", kUpperClass);
  set("0123456789", kDigitClass);
  set(",;", kCommaClass);
  set(".!?", kStopClass);
  set("|/><={}[]#*+\\", kMarkClass);
  for (size_t i = 0xC0; i < 256; ++i) t[i] = kLeadClass;
  return t;
}();

// What a character beyond ASCII is, by its first three bytes.
struct Wide {
  uint32_t units = 0;  // of a word
  bool letter = true;
  bool stop = false;
  bool comma = false;
};

Wide ClassifyWide(const unsigned char* p, size_t left) {
  Wide wide;
  const unsigned char a = p[0];
  if (left < 2) return wide;
  if (a == 0xC2 || a == 0xE2) {
    // Latin-1 signs, general punctuation, symbols: no letters as a rule.
    wide.letter = a == 0xC2 && (p[1] == 0xAA || p[1] == 0xB5 || p[1] == 0xBA);
    return wide;
  }
  if (a == 0xD8 && p[1] == 0x8C) {  // Arabic comma
    wide.comma = true;
    wide.letter = false;
  }
  if ((a == 0xD8 && p[1] == 0x9F) || (a == 0xDB && p[1] == 0x94)) {
    wide.stop = true;
    wide.letter = false;
  }
  if (left < 3) return wide;
  if (a == 0xE0 && p[1] == 0xA5 && (p[2] == 0xA4 || p[2] == 0xA5)) {
    wide.stop = true;
    wide.letter = false;
  }
  if (a == 0xE0 && (p[1] == 0xB8 || p[1] == 0xB9 || p[1] == 0xBA)) {
    wide.units = kThaiUnit;
  }
  if (a == 0xE3) {
    if (p[1] == 0x80) {
      wide.letter = p[2] >= 0x85 && p[2] <= 0x87;
      wide.comma = p[2] == 0x81;
      wide.stop = p[2] == 0x82;
    } else {
      wide.units = kCjkUnit;
    }
  } else if (a >= 0xE4 && a <= 0xE9) {
    wide.units = kCjkUnit;
  } else if (a == 0xEF && p[1] == 0xBC) {
    wide.comma = p[2] == 0x8C;
    wide.stop = p[2] == 0x81 || p[2] == 0x9F;
    wide.letter = !wide.comma && !wide.stop;
  } else if (a == 0xF0) {
    if (p[1] == 0xA0) {
      wide.units = kCjkUnit;
    } else {
      wide.letter = p[1] != 0x9F;  // emoji
    }
  }
  return wide;
}

// A word's place while it is read.
struct Word {
  size_t begin = 0;
  bool open = false;
  bool letter = false;  // has a letter or a digit
  uint8_t first = kOther;
};

}  // namespace

void MeasureBlock(std::string_view text, Block* block) {
  const auto* const p = reinterpret_cast<const unsigned char*>(text.data());
  const size_t size = text.size();
  block->hash = XXH3_64bits(text.data(), size);
  uint32_t words = 0;
  uint32_t units = 0;
  bool stopped = false;  // a stop, and nothing but signs since
  bool colon = false;
  Word word;
  char lower[32];
  const auto finish = [&](size_t end) {
    if (word.open && word.letter) {
      ++words;
      if (word.first == kDigitClass) ++block->digit_words;
      if (word.first != kDigitClass && word.first != kUpperClass) {
        ++block->lower_words;
      }
      if (words <= kHintedWords) {
        size_t from = word.begin;
        size_t to = end;
        while (from < to && kClasses[p[from]] != kLowerClass &&
               kClasses[p[from]] != kUpperClass && p[from] < 0x80) {
          ++from;
        }
        while (to > from && kClasses[p[to - 1]] != kLowerClass &&
               kClasses[p[to - 1]] != kUpperClass && p[to - 1] < 0x80) {
          --to;
        }
        if (to > from && to - from <= 16) {
          for (size_t i = from; i < to; ++i) {
            const bool upper = kClasses[p[i]] == kUpperClass;
            lower[i - from] = static_cast<char>(upper ? p[i] | 0x20 : p[i]);
          }
          const uint8_t hints = TextHints({lower, to - from});
          block->hints = static_cast<uint8_t>(block->hints | hints);
          if (hints != 0) ++block->hint_words;
        }
      }
    }
    word.open = false;
  };
  for (size_t i = 0; i < size; ++i) {
    const unsigned char c = p[i];
    const uint8_t kind = kClasses[c];
    if (kind == kSpaceClass) {
      if (stopped) ++block->sentences;
      stopped = false;
      finish(i);
      continue;
    }
    if (!word.open) word = {i, true, false, kOther};
    switch (kind) {
      case kLowerClass:
      case kUpperClass:
      case kDigitClass:
        if (!word.letter) word.first = kind;
        word.letter = true;
        stopped = false;
        colon = false;
        break;
      case kCommaClass:
        ++block->commas;
        break;
      case kStopClass:
        stopped = word.letter;
        colon = false;
        break;
      case kMarkClass:
        ++block->marks;
        stopped = false;
        break;
      case kLeadClass: {
        const Wide wide = ClassifyWide(p + i, size - i);
        units += wide.units;
        if (wide.comma) ++block->commas;
        if (wide.stop) {
          ++block->sentences;
          stopped = false;
        }
        if (wide.letter) {
          if (!word.letter) word.first = kLeadClass;
          word.letter = true;
          stopped = false;
          colon = false;
          block->ends_sentence = false;
        }
        if (wide.stop) block->ends_sentence = true;
        break;
      }
      default:
        if (c == ':') colon = true;
        break;
    }
  }
  finish(size);
  if (stopped) {
    ++block->sentences;
    block->ends_sentence = true;
  } else if (size > 0 && p[size - 1] < 0x80) {
    block->ends_sentence = false;
  }
  block->ends_colon = colon;
  block->words = words + units / kUnitsPerWord;
}

}  // namespace winnow::html
