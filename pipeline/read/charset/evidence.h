// SPDX-License-Identifier: Apache-2.0
// What the bytes of a text of unknown encoding say by their shape: how dense
// and how long the runs of high bytes are, whether it reads as Western text,
// and in which rows of the East Asian sets its pairs lie. One pass, no tables
// but of bytes.
#ifndef WINNOW_PIPELINE_READ_CHARSET_EVIDENCE_H_
#define WINNOW_PIPELINE_READ_CHARSET_EVIDENCE_H_

#include <cstdint>
#include <string_view>

namespace winnow {

struct ByteEvidence {
  uint64_t bytes = 0;
  uint64_t high = 0;     // 0x80 and above
  uint64_t runs = 0;     // of high bytes
  uint64_t letters = 0;  // ASCII letters and high bytes
  uint64_t visible = 0;  // what is not white space or control
  uint64_t control = 0;  // C0 except white space and escape, and DEL
  // High bytes that Western text would not have there: no character of
  // windows-1252, a symbol inside a word, a capital between small letters.
  uint64_t odd_1252 = 0;
  // Pairs of bytes from 0xA1 on, read from the start of each run: by lead.
  uint64_t pairs = 0;
  uint64_t hangul = 0;   // 0xB0 to 0xC8: KS X 1001's syllables
  uint64_t hanzi = 0;    // 0xB0 to 0xD7: GB 2312's first level
  uint64_t kana = 0;     // 0xA4, 0xA5: JIS X 0208
  uint64_t symbols = 0;  // 0xA1 to 0xA3
  uint64_t broken = 0;   // high bytes that are in no such pair

  // Western European text, as far as shape can tell.
  bool ReadsAs1252() const { return odd_1252 * 20 <= high; }
  // Letters of another script come in words, accents stand alone.
  bool HasWordsOfHighBytes() const { return high * 2 >= runs * 5; }
  // Below what Eastern European text has (1.4 % in short samples, mostly 5 %
  // and more); Dutch has 0.3 %, Italian 0.9 %.
  bool FewHighBytes() const { return high * 80 < letters; }
};

ByteEvidence LookAt(std::string_view bytes);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_CHARSET_EVIDENCE_H_
