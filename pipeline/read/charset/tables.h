// SPDX-License-Identifier: Apache-2.0
// Code points of the legacy encodings, as the indexes of the WHATWG Encoding
// Standard have them: built once a process from ICU's converters, then
// corrected where ICU differs (table_patches.h; docs/charset.md lists it).
// Immutable once built, shared by all threads.
#ifndef WINNOW_PIPELINE_READ_CHARSET_TABLES_H_
#define WINNOW_PIPELINE_READ_CHARSET_TABLES_H_

#include <array>
#include <cstdint>
#include <vector>

#include "pipeline/read/charset/labels.h"

namespace winnow {

// Bytes 0x80 to 0xFF as UTF-8. A length of 0: no character.
struct SingleByteTable {
  struct Cell {
    char bytes[3];
    uint8_t length;
  };
  std::array<Cell, 128> cells;
};

// Pairs of bytes, by lead 0x81 to 0xFE and trail 0x40 to 0xFE. 0: no character.
class PairTable {
 public:
  static constexpr unsigned kLeads = 0xFE - 0x81 + 1;
  static constexpr unsigned kTrails = 0xFE - 0x40 + 1;
  // Four pairs of Big5 are two characters: kTwo + 0 to 3.
  static constexpr char32_t kTwo = 0x110000;

  // Bytes outside the table's range have no character either.
  char32_t At(unsigned lead, unsigned trail) const {
    const unsigned l = lead - 0x81;
    const unsigned t = trail - 0x40;
    return l < kLeads && t < kTrails ? cells_[l * kTrails + t] : 0;
  }
  void Set(unsigned lead, unsigned trail, char32_t c) {
    cells_[(lead - 0x81) * kTrails + trail - 0x40] = c;
  }
  std::vector<char32_t>& cells() { return cells_; }

 private:
  std::vector<char32_t> cells_ = std::vector<char32_t>(kLeads * kTrails);
};

enum class PairSet : uint8_t {
  kEucKr,
  kGb18030,
  kBig5,
  kShiftJis,
  kJis0208,    // both bytes with the high bit, as in EUC-JP
  kJis0212,    // the same
  kCnsPlane1,  // the same, as in EUC-TW
  kCnsPlane2,
};
inline constexpr int kPairSets = 8;

const PairTable& PairsOf(PairSet set);
// REQUIRES: encoding.kind is kSingleByte.
const SingleByteTable& SingleBytesOf(const Encoding& encoding);
// The characters of four-byte GB18030 by their number: 0 to 39,419.
const std::vector<char16_t>& Gb18030Bmp();

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_CHARSET_TABLES_H_
