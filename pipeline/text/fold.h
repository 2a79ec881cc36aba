// SPDX-License-Identifier: Apache-2.0
// Folding of one word: NFC, then the simple lower-case mapping, so that a text
// folds alike in NFC and in NFD. Source: Unicode Standard Annex #15.
#ifndef WINNOW_PIPELINE_TEXT_FOLD_H_
#define WINNOW_PIPELINE_TEXT_FOLD_H_

#include <cstdint>
#include <string_view>
#include <vector>

namespace winnow {

// Keeps its buffers. Thread-compatible.
//
// Runs of combining marks keep their first 30 in canonical order (the limit of
// UAX #15's stream-safe text), because canonical ordering of longer ones costs
// the square of their length. Linear time.
class WordFolder {
 public:
  WordFolder();

  // The folded form, valid until the next call. REQUIRES: valid UTF-8.
  std::string_view Fold(std::string_view word);

 private:
  // Room for that many bytes in folded_.
  char* Reserve(size_t bytes);
  // Lower case of `word`, and of the NFC of wide_.
  std::string_view Lower(std::string_view word);
  std::string_view Compose();
  // Fills points_ with the decomposed word; cuts its runs of marks.
  void Decompose(std::string_view word);
  void CapMarks();

  const void* nfc_;  // ICU's UNormalizer2, a constant of the process
  std::vector<char> folded_;
  std::vector<char16_t> wide_;
  std::vector<char16_t> composed_;
  std::vector<char32_t> points_;
  std::vector<char32_t> sorted_;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_TEXT_FOLD_H_
