// SPDX-License-Identifier: Apache-2.0
// Source: the label table of the WHATWG Encoding Standard (228 labels). Traps
// it settles: latin1 and ascii are windows-1252, gb2312 is GBK, ks_c_5601-1987
// is EUC-KR with its extension. GBK is decoded as its superset gb18030. The
// standard calls ISO-2022-KR, ISO-2022-CN and HZ "replacement" and refuses
// them; they have rows of their own here.
#include "pipeline/read/charset/labels.h"

#include <algorithm>
#include <iterator>

#include "pipeline/error.h"
#include "pipeline/read/warc/http_fields.h"

namespace winnow {
namespace {

constexpr Encoding kTable[] = {
    {"utf-8", nullptr, Encoding::kUtf8, 0},
    {"utf-16le", nullptr, Encoding::kUtf16Le, 1},
    {"utf-16be", nullptr, Encoding::kUtf16Be, 2},
    {"utf-32le", nullptr, Encoding::kUtf32Le, 3},
    {"utf-32be", nullptr, Encoding::kUtf32Be, 4},
    {"ibm866", "ibm866", Encoding::kSingleByte, 5},
    {"iso-8859-2", "iso-8859-2", Encoding::kSingleByte, 6},
    {"iso-8859-3", "iso-8859-3", Encoding::kSingleByte, 7},
    {"iso-8859-4", "iso-8859-4", Encoding::kSingleByte, 8},
    {"iso-8859-5", "iso-8859-5", Encoding::kSingleByte, 9},
    {"iso-8859-6", "iso-8859-6", Encoding::kSingleByte, 10},
    {"iso-8859-7", "iso-8859-7", Encoding::kSingleByte, 11},
    {"iso-8859-8", "iso-8859-8", Encoding::kSingleByte, 12},
    {"iso-8859-8-i", "iso-8859-8", Encoding::kSingleByte, 13},
    {"iso-8859-10", "iso-8859-10", Encoding::kSingleByte, 14},
    {"iso-8859-13", "iso-8859-13", Encoding::kSingleByte, 15},
    {"iso-8859-14", "iso-8859-14", Encoding::kSingleByte, 16},
    {"iso-8859-15", "iso-8859-15", Encoding::kSingleByte, 17},
    {"iso-8859-16", "", Encoding::kSingleByte, 18},
    {"koi8-r", "koi8-r", Encoding::kSingleByte, 19},
    {"koi8-u", "koi8-u", Encoding::kSingleByte, 20},
    {"macintosh", "macintosh", Encoding::kSingleByte, 21},
    {"windows-874", "windows-874", Encoding::kSingleByte, 22},
    {"windows-1250", "windows-1250", Encoding::kSingleByte, 23},
    {"windows-1251", "windows-1251", Encoding::kSingleByte, 24},
    {"windows-1252", "windows-1252", Encoding::kSingleByte, 25},
    {"windows-1253", "windows-1253", Encoding::kSingleByte, 26},
    {"windows-1254", "windows-1254", Encoding::kSingleByte, 27},
    {"windows-1255", "windows-1255", Encoding::kSingleByte, 28},
    {"windows-1256", "windows-1256", Encoding::kSingleByte, 29},
    {"windows-1257", "windows-1257", Encoding::kSingleByte, 30},
    {"windows-1258", "windows-1258", Encoding::kSingleByte, 31},
    {"x-mac-cyrillic", "x-mac-cyrillic", Encoding::kSingleByte, 32},
    {"gbk", nullptr, Encoding::kGb18030, 33},
    {"gb18030", nullptr, Encoding::kGb18030, 34},
    {"big5", nullptr, Encoding::kBig5, 35},
    {"euc-jp", nullptr, Encoding::kEucJp, 36},
    {"iso-2022-jp", nullptr, Encoding::kIso2022Jp, 37},
    {"shift_jis", nullptr, Encoding::kShiftJis, 38},
    {"euc-kr", nullptr, Encoding::kEucKr, 39},
    {"replacement", nullptr, Encoding::kRefused, 40},
    {"x-user-defined", "", Encoding::kSingleByte, 41},
    {"iso-2022-kr", nullptr, Encoding::kIso2022Kr, 42},
    {"iso-2022-cn", nullptr, Encoding::kIso2022Cn, 43},
    {"hz-gb-2312", nullptr, Encoding::kHz, 44},
    // Not of the standard: what a detector may find.
    {"euc-tw", nullptr, Encoding::kEucTw, 45},
    {"ibm852", "ibm-852", Encoding::kSingleByte, 46},
    {"ibm855", "ibm-855", Encoding::kSingleByte, 47},
    {"x-mac-ce", "x-mac-ce", Encoding::kSingleByte, 48},
};
static_assert(std::size(kTable) == kEncodings);

struct Label {
  std::string_view label;
  uint8_t encoding;
};

// Sorted.
// clang-format off
constexpr Label kLabels[] = {
    {"866", 5}, {"ansi_x3.4-1968", 25}, {"arabic", 10}, {"ascii", 25},
    {"asmo-708", 10}, {"big5", 35}, {"big5-hkscs", 35}, {"chinese", 33},
    {"cn-big5", 35}, {"cp1250", 23}, {"cp1251", 24}, {"cp1252", 25},
    {"cp1253", 26}, {"cp1254", 27}, {"cp1255", 28}, {"cp1256", 29},
    {"cp1257", 30}, {"cp1258", 31}, {"cp819", 25}, {"cp866", 5},
    {"csbig5", 35}, {"cseuckr", 39}, {"cseucpkdfmtjapanese", 36},
    {"csgb2312", 33}, {"csibm866", 5}, {"csiso2022jp", 37},
    {"csiso2022kr", 42}, {"csiso58gb231280", 33}, {"csiso88596e", 10},
    {"csiso88596i", 10}, {"csiso88598e", 12}, {"csiso88598i", 13},
    {"csisolatin1", 25}, {"csisolatin2", 6}, {"csisolatin3", 7},
    {"csisolatin4", 8}, {"csisolatin5", 27}, {"csisolatin6", 14},
    {"csisolatin9", 17}, {"csisolatinarabic", 10}, {"csisolatincyrillic", 9},
    {"csisolatingreek", 11}, {"csisolatinhebrew", 12}, {"cskoi8r", 19},
    {"csksc56011987", 39}, {"csmacintosh", 21}, {"csshiftjis", 38},
    {"csunicode", 1}, {"cyrillic", 9}, {"dos-874", 22}, {"ecma-114", 10},
    {"ecma-118", 11}, {"elot_928", 11}, {"euc-jp", 36}, {"euc-kr", 39},
    {"gb18030", 34}, {"gb2312", 33}, {"gb_2312", 33}, {"gb_2312-80", 33},
    {"gbk", 33}, {"greek", 11}, {"greek8", 11}, {"hebrew", 12},
    {"hz-gb-2312", 44}, {"ibm819", 25}, {"ibm866", 5}, {"iso-10646-ucs-2", 1},
    {"iso-2022-cn", 43}, {"iso-2022-cn-ext", 43}, {"iso-2022-jp", 37},
    {"iso-2022-kr", 42}, {"iso-8859-1", 25}, {"iso-8859-10", 14},
    {"iso-8859-11", 22}, {"iso-8859-13", 15}, {"iso-8859-14", 16},
    {"iso-8859-15", 17}, {"iso-8859-16", 18}, {"iso-8859-2", 6},
    {"iso-8859-3", 7}, {"iso-8859-4", 8}, {"iso-8859-5", 9},
    {"iso-8859-6", 10}, {"iso-8859-6-e", 10}, {"iso-8859-6-i", 10},
    {"iso-8859-7", 11}, {"iso-8859-8", 12}, {"iso-8859-8-e", 12},
    {"iso-8859-8-i", 13}, {"iso-8859-9", 27}, {"iso-ir-100", 25},
    {"iso-ir-101", 6}, {"iso-ir-109", 7}, {"iso-ir-110", 8},
    {"iso-ir-126", 11}, {"iso-ir-127", 10}, {"iso-ir-138", 12},
    {"iso-ir-144", 9}, {"iso-ir-148", 27}, {"iso-ir-149", 39},
    {"iso-ir-157", 14}, {"iso-ir-58", 33}, {"iso8859-1", 25},
    {"iso8859-10", 14}, {"iso8859-11", 22}, {"iso8859-13", 15},
    {"iso8859-14", 16}, {"iso8859-15", 17}, {"iso8859-2", 6}, {"iso8859-3", 7},
    {"iso8859-4", 8}, {"iso8859-5", 9}, {"iso8859-6", 10}, {"iso8859-7", 11},
    {"iso8859-8", 12}, {"iso8859-9", 27}, {"iso88591", 25}, {"iso885910", 14},
    {"iso885911", 22}, {"iso885913", 15}, {"iso885914", 16}, {"iso885915", 17},
    {"iso88592", 6}, {"iso88593", 7}, {"iso88594", 8}, {"iso88595", 9},
    {"iso88596", 10}, {"iso88597", 11}, {"iso88598", 12}, {"iso88599", 27},
    {"iso_8859-1", 25}, {"iso_8859-15", 17}, {"iso_8859-1:1987", 25},
    {"iso_8859-2", 6}, {"iso_8859-2:1987", 6}, {"iso_8859-3", 7},
    {"iso_8859-3:1988", 7}, {"iso_8859-4", 8}, {"iso_8859-4:1988", 8},
    {"iso_8859-5", 9}, {"iso_8859-5:1988", 9}, {"iso_8859-6", 10},
    {"iso_8859-6:1987", 10}, {"iso_8859-7", 11}, {"iso_8859-7:1987", 11},
    {"iso_8859-8", 12}, {"iso_8859-8:1988", 12}, {"iso_8859-9", 27},
    {"iso_8859-9:1989", 27}, {"koi", 19}, {"koi8", 19}, {"koi8-r", 19},
    {"koi8-ru", 20}, {"koi8-u", 20}, {"koi8_r", 19}, {"korean", 39},
    {"ks_c_5601-1987", 39}, {"ks_c_5601-1989", 39}, {"ksc5601", 39},
    {"ksc_5601", 39}, {"l1", 25}, {"l2", 6}, {"l3", 7}, {"l4", 8}, {"l5", 27},
    {"l6", 14}, {"l9", 17}, {"latin1", 25}, {"latin2", 6}, {"latin3", 7},
    {"latin4", 8}, {"latin5", 27}, {"latin6", 14}, {"logical", 13},
    {"mac", 21}, {"macintosh", 21}, {"ms932", 38}, {"ms_kanji", 38},
    {"replacement", 40}, {"shift-jis", 38}, {"shift_jis", 38}, {"sjis", 38},
    {"sun_eu_greek", 11}, {"tis-620", 22}, {"ucs-2", 1}, {"unicode", 1},
    {"unicode-1-1-utf-8", 0}, {"unicode11utf8", 0}, {"unicode20utf8", 0},
    {"unicodefeff", 1}, {"unicodefffe", 2}, {"us-ascii", 25}, {"utf-16", 1},
    {"utf-16be", 2}, {"utf-16le", 1}, {"utf-8", 0}, {"utf8", 0},
    {"visual", 12}, {"windows-1250", 23}, {"windows-1251", 24},
    {"windows-1252", 25}, {"windows-1253", 26}, {"windows-1254", 27},
    {"windows-1255", 28}, {"windows-1256", 29}, {"windows-1257", 30},
    {"windows-1258", 31}, {"windows-31j", 38}, {"windows-874", 22},
    {"windows-949", 39}, {"x-cp1250", 23}, {"x-cp1251", 24}, {"x-cp1252", 25},
    {"x-cp1253", 26}, {"x-cp1254", 27}, {"x-cp1255", 28}, {"x-cp1256", 29},
    {"x-cp1257", 30}, {"x-cp1258", 31}, {"x-euc-jp", 36}, {"x-gbk", 33},
    {"x-mac-cyrillic", 32}, {"x-mac-roman", 21}, {"x-mac-ukrainian", 32},
    {"x-sjis", 38}, {"x-unicode20utf8", 0}, {"x-user-defined", 41},
    {"x-x-big5", 35},
};
// clang-format on
static_assert(std::size(kLabels) == 228);

}  // namespace

const Encoding* FindEncoding(std::string_view label) {
  label = TrimHttpSpace(label);
  char lower[24];
  if (label.empty() || label.size() > sizeof lower) return nullptr;
  std::transform(label.begin(), label.end(), lower, [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  const std::string_view key(lower, label.size());
  const Label* found = std::lower_bound(
      std::begin(kLabels), std::end(kLabels), key,
      [](const Label& a, std::string_view b) { return a.label < b; });
  if (found == std::end(kLabels) || found->label != key) return nullptr;
  return &kTable[found->encoding];
}

const Encoding& EncodingNamed(std::string_view name) {
  const Encoding* found =
      std::find_if(std::begin(kTable), std::end(kTable),
                   [&](const Encoding& e) { return e.name == name; });
  WINNOW_CHECK(found != std::end(kTable));
  return *found;
}

}  // namespace winnow
