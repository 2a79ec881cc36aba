// SPDX-License-Identifier: Apache-2.0
#include "pipeline/text/utf8.h"

#include <simdjson.h>

#include <cstring>

#include "pipeline/text/unicode.h"

namespace winnow {
namespace {

unsigned char Byte(std::string_view text, size_t i) {
  return static_cast<unsigned char>(text[i]);
}

// What may follow a lead byte at once (Unicode 15.0, table 3-7): the second
// byte rules out overlong forms, surrogates and values above U+10FFFF.
bool MayFollow(unsigned char lead, unsigned char second) {
  switch (lead) {
    case 0xE0:
      return second >= 0xA0 && second <= 0xBF;
    case 0xED:
      return second >= 0x80 && second <= 0x9F;
    case 0xF0:
      return second >= 0x90 && second <= 0xBF;
    case 0xF4:
      return second >= 0x80 && second <= 0x8F;
    default:
      return second >= 0x80 && second <= 0xBF;
  }
}

// Length of the well-formed character at `at`, or 0 and in `*bad` the length of
// the maximal subpart.
size_t CharacterLength(std::string_view text, size_t at, size_t* bad) {
  const unsigned char lead = Byte(text, at);
  const size_t length = Utf8Length(lead);
  *bad = 1;
  if (lead < 0x80) return 1;
  if (length == 1 || at + 1 >= text.size()) return 0;
  if (!MayFollow(lead, Byte(text, at + 1))) return 0;
  for (*bad = 2; *bad < length; ++*bad) {
    if (at + *bad >= text.size()) return 0;
    if ((Byte(text, at + *bad) & 0xC0) != 0x80) return 0;
  }
  return length;
}

// End of the run of ASCII that starts at `at`, to within eight bytes.
size_t SkipAscii(std::string_view text, size_t at) {
  uint64_t eight = 0;
  while (at + sizeof(eight) <= text.size()) {
    std::memcpy(&eight, text.data() + at, sizeof(eight));
    if ((eight & 0x8080808080808080ULL) != 0) break;
    at += sizeof(eight);
  }
  return at;
}

}  // namespace

bool IsValidUtf8(std::string_view text) {
  return simdjson::validate_utf8(text.data(), text.size());
}

void RepairUtf8(std::string_view in, std::string* out, uint64_t* replaced) {
  *replaced = 0;
  out->clear();
  if (IsValidUtf8(in)) {
    out->assign(in);
    return;
  }
  size_t good = 0;  // where the good bytes begin that are not written yet
  for (size_t at = SkipAscii(in, 0); at < in.size();) {
    size_t bad = 0;
    const size_t length = CharacterLength(in, at, &bad);
    if (length != 0) {
      at += length;
      if (length == 1) at = SkipAscii(in, at);
      continue;
    }
    out->append(in.substr(good, at - good));
    out->append("\xEF\xBF\xBD");
    ++*replaced;
    at += bad;
    good = at;
  }
  out->append(in.substr(good));
}

}  // namespace winnow
