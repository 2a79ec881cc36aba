// SPDX-License-Identifier: Apache-2.0
// The shared analysis of one document: found once, in worker scratch, and read
// by every filter, the shingler and the ledger. Nothing in it outlives the
// document's turn on its worker.
//
// Offsets are bytes into `text`; `chars` are code points. Lengths fit 32 bits
// because readers cap a document below 4 GiB.
#ifndef WINNOW_PIPELINE_TEXT_ANALYSIS_H_
#define WINNOW_PIPELINE_TEXT_ANALYSIS_H_

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace winnow {

// A way to merge atoms into words. Each filter names the one it reads.
enum class Profile : uint8_t {
  kSpace,    // maximal runs without Python white space (str.split())
  kSpacyEn,  // spaCy blank-English tokens, white-space tokens left out
  kAlnum,    // a letter or number and all letters, marks and numbers after
             // it; a Han, Kana, Thai, Lao, Khmer or Myanmar character with
             // its marks is a word of its own
};
inline constexpr int kProfiles = 3;

// Bit set of what a stage reads; the analyser computes the union over a
// recipe and nothing else.
struct AnalysisNeeds {
  uint32_t bits = 0;
  static constexpr AnalysisNeeds None() { return {0}; }
  static constexpr AnalysisNeeds Words(Profile p) {
    return {1U << static_cast<int>(p)};
  }
  static constexpr AnalysisNeeds Lines() { return {1U << 8}; }
  constexpr bool has(AnalysisNeeds n) const {
    return (bits & n.bits) == n.bits;
  }
  friend constexpr AnalysisNeeds operator|(AnalysisNeeds a, AnalysisNeeds b) {
    return {a.bits | b.bits};
  }
  friend constexpr bool operator==(AnalysisNeeds, AnalysisNeeds) = default;
};

// Bits of Words::flags.
enum WordFlag : uint8_t {
  kWordHasAlpha = 1,     // a character of category L* (Python isalpha)
  kWordHasNonPunct = 2,  // a character outside datatrove's PUNCTUATION_SET
                         // (281 characters, 0.4.0 and later)
};

// Words of one profile: arrays of equal length. `raw` is Hash64 of the word's
// bytes; `folded` (kAlnum only) is Hash64 of its NFC lower-case form, so that
// a text in NFC and in NFD folds alike.
struct Words {
  std::vector<uint32_t> begin;
  std::vector<uint32_t> end;
  std::vector<uint32_t> chars;
  std::vector<uint8_t> flags;
  std::vector<uint64_t> raw;
  std::vector<uint64_t> folded;
  size_t size() const { return begin.size(); }
};

// A physical line. `end` excludes the break, `next` is where the next begins.
struct Line {
  uint32_t begin = 0;
  uint32_t end = 0;
  uint32_t next = 0;
  uint32_t chars = 0;
};

// Numbers about the whole text; there as soon as anything is asked for.
struct TextCounts {
  uint64_t bytes = 0;
  uint64_t chars = 0;
  uint64_t words = 0;  // of profile kSpace
  uint64_t line_feeds = 0;
  uint64_t hashes = 0;          // '#'
  uint64_t ellipses = 0;        // "..." without overlap, and U+2026
  bool only_line_feeds = true;  // no other break of Python's splitlines()
};

struct Analysis {
  std::string_view text;  // valid UTF-8, valid until the batch dies
  TextCounts counts;
  // Text cut at every line feed: always one more than there are line feeds.
  std::vector<Line> lines;
  // As Python's str.splitlines(): also CR, CRLF, VT, FF, U+001C-001E, U+0085,
  // U+2028, U+2029; no empty last line. Filled whenever `lines` is.
  std::vector<Line> split_lines;
  std::array<Words, kProfiles> words;
  AnalysisNeeds filled;

  const Words& word(Profile p) const { return words[static_cast<size_t>(p)]; }
  std::string_view Slice(uint32_t begin, uint32_t end) const {
    return text.substr(begin, end - begin);
  }
};

// Makes analyses. One for each worker; keeps and reuses all scratch, so that a
// warm analyser does not allocate. Thread-compatible.
class Analyzer {
 public:
  explicit Analyzer(AnalysisNeeds needs);
  ~Analyzer();
  Analyzer(const Analyzer&) = delete;
  Analyzer& operator=(const Analyzer&) = delete;

  // Analyses `text` into the analyser's own Analysis, valid until the next
  // call. REQUIRES: text is valid UTF-8 and shorter than 4 GiB.
  const Analysis& Analyze(std::string_view text);

  // The same in steps: Begin() only takes the text, Require() analyses what
  // was not asked for before. For chains of judges that few documents see the
  // end of. Begin() invalidates the Analysis, Require() only adds to it.
  void Begin(std::string_view text);
  const Analysis& Require(AnalysisNeeds needs);

  // Counts alone (bytes, chars, words of kSpace), without touching the current
  // Analysis.
  TextCounts Count(std::string_view text) const;

 private:
  struct Scratch;
  std::unique_ptr<Scratch> scratch_;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_TEXT_ANALYSIS_H_
