// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/charset/tables.h"

#include <unicode/ucnv.h>

#include <cstring>
#include <memory>
#include <mutex>
#include <string_view>

#include "pipeline/error.h"
#include "pipeline/read/charset/put.h"
#include "pipeline/read/charset/table_patches.h"

namespace winnow {
namespace {

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

Converter Open(const char* name) {
  UErrorCode error = U_ZERO_ERROR;
  Converter converter(ucnv_open(name, &error));
  if (U_SUCCESS(error)) {
    ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr,
                        nullptr, nullptr, &error);
  }
  if (U_FAILURE(error)) {
    throw Error(ErrorKind::kInternal, std::string("ICU has no converter ") +
                                          name + ": install libicu 72 whole");
  }
  return converter;
}

bool IsPrivate(char32_t c) { return c >= 0xE000 && c <= 0xF8FF; }

// The one character of these bytes, or 0.
char32_t Convert(UConverter* converter, std::string_view bytes) {
  UChar out[8];
  UErrorCode error = U_ZERO_ERROR;
  ucnv_reset(converter);
  const int32_t n = ucnv_toUChars(converter, out, 8, bytes.data(),
                                  static_cast<int32_t>(bytes.size()), &error);
  if (U_FAILURE(error)) return 0;
  if (n == 1) return out[0];
  if (n == 2 && (out[0] & 0xFC00) == 0xD800) {
    return 0x10000U + ((out[0] & 0x3FFU) << 10) + (out[1] & 0x3FFU);
  }
  return 0;
}

struct PairSource {
  const char* converter;
  std::string_view prefix;  // in front of each pair
  unsigned first_lead, last_lead;
  unsigned first_trail, last_trail;
  unsigned mask;  // of the bytes that ICU is given
  bool keeps_private;
};

constexpr PairSource kSources[kPairSets] = {
    {"windows-949", "", 0x81, 0xFE, 0x41, 0xFE, 0xFF, false},
    {"gb18030", "", 0x81, 0xFE, 0x40, 0xFE, 0xFF, true},
    {"Big5-HKSCS", "", 0x81, 0xFE, 0x40, 0xFE, 0xFF, false},
    {"windows-31j", "", 0x81, 0xFC, 0x40, 0xFC, 0xFF, true},
    {"EUC-JP", "", 0xA1, 0xFE, 0xA1, 0xFE, 0xFF, false},
    {"EUC-JP", "\x8F", 0xA1, 0xFE, 0xA1, 0xFE, 0xFF, false},
    {"ISO-2022-CN", "\x1B$)G\x0E", 0xA1, 0xFE, 0xA1, 0xFE, 0x7F, false},
    {"ISO-2022-CN", "\x1B$*H\x1BN", 0xA1, 0xFE, 0xA1, 0xFE, 0x7F, false},
};

void Build(PairSet set, PairTable* table) {
  const PairSource& source = kSources[static_cast<size_t>(set)];
  const Converter converter = Open(source.converter);
  char bytes[12];
  const size_t n = source.prefix.size();
  std::memcpy(bytes, source.prefix.data(), n);
  for (unsigned lead = source.first_lead; lead <= source.last_lead; ++lead) {
    // Shift_JIS: half-width katakana stand alone.
    if (set == PairSet::kShiftJis && lead >= 0xA0 && lead <= 0xDF) continue;
    for (unsigned trail = source.first_trail; trail <= source.last_trail;
         ++trail) {
      if (trail == 0x7F) continue;
      bytes[n] = static_cast<char>(lead & source.mask);
      bytes[n + 1] = static_cast<char>(trail & source.mask);
      const char32_t c = Convert(converter.get(), {bytes, n + 2});
      if (IsPrivate(c) && !source.keeps_private) continue;
      table->Set(lead, trail, c);
    }
  }
  for (const PairPatch& patch : PairPatches(set)) {
    for (unsigned i = 0; i < patch.count; ++i) {
      const unsigned pair = patch.pair + i;
      table->Set(pair >> 8, pair & 0xFF, patch.code == 0 ? 0 : patch.code + i);
    }
  }
}

void Build(const Encoding& encoding, SingleByteTable* table) {
  char32_t codes[128];
  if (encoding.name == "iso-8859-16") {
    const auto upper = Iso8859Part16();
    for (unsigned i = 0; i < 32; ++i) codes[i] = 0x80 + i;
    for (unsigned i = 0; i < 96; ++i) codes[32 + i] = upper[i];
  } else if (encoding.name == "x-user-defined") {
    for (unsigned i = 0; i < 128; ++i) codes[i] = 0xF780 + i;
  } else {
    const Converter converter = Open(encoding.icu);
    for (unsigned i = 0; i < 128; ++i) {
      const char byte = static_cast<char>(0x80 + i);
      codes[i] = Convert(converter.get(), {&byte, 1});
    }
  }
  for (const BytePatch& patch : BytePatches()) {
    if (patch.encoding == encoding.name) codes[patch.byte - 0x80] = patch.code;
  }
  for (unsigned i = 0; i < 128; ++i) {
    SingleByteTable::Cell& cell = table->cells[i];
    cell = {};
    if (codes[i] == 0) continue;
    cell.length =
        static_cast<uint8_t>(PutUtf8(codes[i], cell.bytes) - cell.bytes);
  }
}

std::vector<char16_t> BuildGb18030Bmp() {
  constexpr unsigned kCharacters = 39420;
  const Converter converter = Open("gb18030");
  std::vector<char16_t> table(kCharacters);
  for (unsigned i = 0; i < kCharacters; ++i) {
    const char bytes[4] = {static_cast<char>(0x81 + i / 12600),
                           static_cast<char>(0x30 + i / 1260 % 10),
                           static_cast<char>(0x81 + i / 10 % 126),
                           static_cast<char>(0x30 + i % 10)};
    table[i] = static_cast<char16_t>(Convert(converter.get(), {bytes, 4}));
  }
  return table;
}

}  // namespace

const PairTable& PairsOf(PairSet set) {
  static std::once_flag once[kPairSets];
  static PairTable* tables[kPairSets];
  const auto i = static_cast<size_t>(set);
  std::call_once(once[i], [&] {
    static std::array<std::unique_ptr<PairTable>, kPairSets> owners;
    owners[i] = std::make_unique<PairTable>();
    Build(set, owners[i].get());
    tables[i] = owners[i].get();
  });
  return *tables[i];
}

const SingleByteTable& SingleBytesOf(const Encoding& encoding) {
  WINNOW_CHECK(encoding.kind == Encoding::kSingleByte);
  static std::once_flag once[kEncodings];
  static SingleByteTable tables[kEncodings];
  const size_t i = encoding.index;
  std::call_once(once[i], [&] { Build(encoding, &tables[i]); });
  return tables[i];
}

const std::vector<char16_t>& Gb18030Bmp() {
  static const std::vector<char16_t> table = BuildGb18030Bmp();
  return table;
}

}  // namespace winnow
