// SPDX-License-Identifier: Apache-2.0
// Fuzz entry: the first byte chooses a label and whether <meta> counts, the
// rest is text. Whatever comes out is valid UTF-8, and the same the second
// time.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "pipeline/error.h"
#include "pipeline/read/charset/charset.h"

namespace {

constexpr std::string_view kLabels[] = {
    "",           "utf-8",       "utf-16",       "euc-kr",      "shift_jis",
    "euc-jp",     "gb18030",     "big5",         "iso-2022-jp", "iso-2022-kr",
    "hz-gb-2312", "iso-2022-cn", "windows-1252", "tis-620",     "koi8-u",
    "replacement"};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static winnow::CharsetDecoder decoder;
  if (size == 0) return 0;
  const std::string_view label = kLabels[data[0] & 15];
  const bool html = (data[0] & 16) != 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1,
                               size - 1);
  winnow::DecodedText decoded;
  const bool read = decoder.Decode(bytes, label, html, &decoded);
  if (!read) return 0;
  WINNOW_CHECK(winnow::IsValidUtf8(decoded.text));
  WINNOW_CHECK(decoded.text.size() <= 3 * bytes.size());
  const std::string first(decoded.text);
  WINNOW_CHECK(decoder.Decode(bytes, label, html, &decoded));
  WINNOW_CHECK(decoded.text == first);
  return 0;
}
