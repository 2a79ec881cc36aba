// SPDX-License-Identifier: Apache-2.0
// The rules behind PieceEnd. With L, N, white space and O (none of them) as
// classes and "run" for a maximal run, in the order in which they are tried:
//
//   r50k     '[sdmt] 'll 've 're; " ?" and a run of L, of N or of O; white
//   cl100k   the same contractions in any case; one character that is not L,
//            N, CR, LF, then a run of L; 1-3 N; " ?" and a run of O with the
//            CR and LF after it; white
//   o200k    a word (below) with a contraction after it; 1-3 N; " ?" and a run
//            of O with CR, LF and / after it; white
//   white    to the last CR or LF of the run (not r50k); else all of it at the
//            end of the text; else all but its last character; else that one
//
// An o200k word is U*V+ or else U+V*, with an optional character as in cl100k
// before it, where U is Lu Lt Lm Lo M and V is Ll Lm Lo M. Lo, Lm and M are in
// both, so U* may have to give characters back to V+.
#include "stats/tokens/piece_scanner.h"

#include "stats/tokens/char_class.h"

namespace winnow {
namespace {

constexpr size_t kNone = static_cast<size_t>(-1);

class Scan {
 public:
  explicit Scan(std::string_view text)
      : classes_(CharClasses::Get()), text_(text) {}

  size_t size() const { return text_.size(); }
  char byte(size_t pos) const { return text_[pos]; }
  uint8_t At(size_t pos, size_t* next) const {
    return classes_.At(text_, pos, next);
  }

  bool Is(size_t pos, unsigned flags) const {
    size_t next = 0;
    return pos < size() && (At(pos, &next) & flags) != 0;
  }

  // End of the run of characters with any of `flags` from `pos`.
  size_t RunEnd(size_t pos, unsigned flags) const {
    while (pos < size()) {
      size_t next = 0;
      if ((At(pos, &next) & flags) == 0) break;
      pos = next;
    }
    return pos;
  }

  // End of at most three N from `pos`, which is one.
  size_t NumberEnd(size_t pos) const {
    for (int i = 0; i < 3 && pos < size(); ++i) {
      size_t next = 0;
      if ((At(pos, &next) & kClassNumber) == 0) break;
      pos = next;
    }
    return pos;
  }

  // Bytes of the contraction at `pos`, 0 if there is none. By case folding the
  // long s U+017F stands for s.
  size_t Contraction(size_t pos, bool any_case) const {
    if (pos + 1 >= size() || text_[pos] != '\'') return 0;
    const auto fold = [any_case](char c) {
      return any_case && c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    };
    const char first = fold(text_[pos + 1]);
    if (first == 's' || first == 'd' || first == 'm' || first == 't') return 2;
    if (pos + 2 >= size()) return 0;
    if (any_case && first == '\xC5' && text_[pos + 2] == '\xBF') return 3;
    const char second = fold(text_[pos + 2]);
    const bool pair = (first == 'l' && second == 'l') ||
                      (first == 'v' && second == 'e') ||
                      (first == 'r' && second == 'e');
    return pair ? 3 : 0;
  }

  // End of the run of O at `start` with the `tail` bytes after it, or kNone.
  size_t SymbolEnd(size_t start, std::string_view tail) const {
    if (!Is(start, kClassOther)) return kNone;
    size_t end = RunEnd(start, kClassOther);
    while (end < size() && tail.find(text_[end]) != tail.npos) ++end;
    return end;
  }

  // The rule for white space at `pos`.
  size_t WhiteEnd(size_t pos, bool newlines) const {
    size_t last_newline = kNone;
    size_t last = pos;
    size_t end = pos;
    while (end < size()) {
      size_t next = 0;
      const uint8_t flags = At(end, &next);
      if ((flags & kClassWhite) == 0) break;
      if ((flags & kClassNewline) != 0) last_newline = next;
      last = end;
      end = next;
    }
    if (newlines && last_newline != kNone) return last_newline;
    if (end == size() || last == pos) return end;
    return last;
  }

 private:
  const CharClasses& classes_;
  std::string_view text_;
};

size_t Gpt2End(const Scan& scan, size_t pos) {
  if (const size_t n = scan.Contraction(pos, false)) return pos + n;
  const size_t start = pos + (scan.byte(pos) == ' ' ? 1 : 0);
  for (const unsigned flag : {kClassLetter, kClassNumber, kClassOther}) {
    if (scan.Is(start, flag)) return scan.RunEnd(start, flag);
  }
  return scan.WhiteEnd(pos, false);
}

size_t Cl100kEnd(const Scan& scan, size_t pos) {
  if (const size_t n = scan.Contraction(pos, true)) return pos + n;
  size_t next = 0;
  const uint8_t flags = scan.At(pos, &next);
  if ((flags & kClassLetter) != 0) return scan.RunEnd(next, kClassLetter);
  if ((flags & kClassNumber) != 0) return scan.NumberEnd(pos);
  if ((flags & kClassNewline) == 0 && scan.Is(next, kClassLetter)) {
    return scan.RunEnd(next, kClassLetter);
  }
  const size_t symbol =
      scan.SymbolEnd(scan.byte(pos) == ' ' ? next : pos, "\r\n");
  return symbol != kNone ? symbol : scan.WhiteEnd(pos, true);
}

// The word that may begin at `start`: where U*V+ would end, or kNone, and
// where U+V* would, or kNone.
struct WordEnds {
  size_t lower = kNone;
  size_t upper = kNone;
};

WordEnds FindWord(const Scan& scan, size_t start) {
  WordEnds ends;
  size_t pos = start;
  while (pos < scan.size()) {
    size_t next = 0;
    const uint8_t flags = scan.At(pos, &next);
    if ((flags & kClassUpper) == 0) break;
    pos = next;
    // U* gives back down to the last character that V+ can take.
    if ((flags & kClassLower) != 0) ends.lower = pos;
  }
  if (pos > start) ends.upper = pos;
  if (scan.Is(pos, kClassLower)) ends.lower = scan.RunEnd(pos, kClassLower);
  return ends;
}

size_t O200kEnd(const Scan& scan, size_t pos) {
  size_t next = 0;
  const uint8_t flags = scan.At(pos, &next);
  if ((flags & kClassNumber) != 0) return scan.NumberEnd(pos);
  const bool may_prefix = (flags & (kClassLetter | kClassNewline)) == 0;
  const bool may_start = (flags & (kClassUpper | kClassLower)) != 0;
  const WordEnds after = may_prefix ? FindWord(scan, next) : WordEnds{};
  size_t end = after.lower;
  if (end == kNone) {
    const WordEnds here = may_start ? FindWord(scan, pos) : WordEnds{};
    end = here.lower;
    if (end == kNone) end = after.upper;
    if (end == kNone) end = here.upper;
  }
  if (end != kNone) return end + scan.Contraction(end, true);
  const size_t symbol =
      scan.SymbolEnd(scan.byte(pos) == ' ' ? next : pos, "\r\n/");
  return symbol != kNone ? symbol : scan.WhiteEnd(pos, true);
}

}  // namespace

template <TokenPattern kPattern>
size_t PieceEnd(std::string_view text, size_t pos) {
  const Scan scan(text);
  if constexpr (kPattern == TokenPattern::kGpt2) return Gpt2End(scan, pos);
  if constexpr (kPattern == TokenPattern::kCl100k) return Cl100kEnd(scan, pos);
  return O200kEnd(scan, pos);
}

template size_t PieceEnd<TokenPattern::kGpt2>(std::string_view, size_t);
template size_t PieceEnd<TokenPattern::kCl100k>(std::string_view, size_t);
template size_t PieceEnd<TokenPattern::kO200k>(std::string_view, size_t);

}  // namespace winnow
