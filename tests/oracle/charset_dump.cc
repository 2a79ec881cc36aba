// SPDX-License-Identifier: Apache-2.0
// Every single byte and every pair of bytes (and triple of JIS X 0212, and
// number of four-byte GB18030), decoded: `LABEL HEX CODE...` a line, CODE `-`
// where it is an error. For charset_oracle.py.
// With the argument `detect`: bytes in hex on each line of stdin, the encoding
// found and the text in hex out. For charset_detection.py.
#include <cstdio>
#include <iostream>
#include <string>

#include "pipeline/read/charset/charset.h"
#include "pipeline/read/charset/legacy.h"
#include "pipeline/text/unicode.h"

namespace winnow {
namespace {

void Print(const Encoding& encoding, const std::string& bytes) {
  static GrowingBuffer out;
  const uint64_t errors = DecodeLegacy(bytes, encoding, &out);
  std::printf("%s ", std::string(encoding.name).c_str());
  for (const char c : bytes) {
    std::printf("%02x", static_cast<unsigned>(static_cast<unsigned char>(c)));
  }
  if (errors != 0) {
    std::printf(" -\n");
    return;
  }
  for (size_t i = 0; i < out.view().size();) {
    std::printf(" %x", static_cast<unsigned>(DecodeUtf8(out.view(), &i)));
  }
  std::printf("\n");
}

std::string Bytes(unsigned a, unsigned b) {
  return {static_cast<char>(a), static_cast<char>(b)};
}

void Dump(const Encoding& encoding) {
  for (unsigned b = 0; b < 256; ++b) {
    Print(encoding, std::string(1, static_cast<char>(b)));
  }
  if (!encoding.pairs()) return;
  for (unsigned a = 0x80; a < 256; ++a) {
    for (unsigned b = 0x21; b < 256; ++b) Print(encoding, Bytes(a, b));
  }
  if (encoding.kind == Encoding::kEucJp) {
    for (unsigned a = 0xA1; a < 255; ++a) {
      for (unsigned b = 0xA1; b < 255; ++b) {
        Print(encoding, "\x8F" + Bytes(a, b));
      }
    }
  }
  if (encoding.kind == Encoding::kGb18030) {
    for (unsigned i = 0; i < 39500; ++i) {
      Print(encoding, Bytes(0x81 + i / 12600, 0x30 + i / 1260 % 10) +
                          Bytes(0x81 + i / 10 % 126, 0x30 + i % 10));
    }
    for (unsigned i = 189000; i < 1237700; i += 97) {
      Print(encoding, Bytes(0x81 + i / 12600, 0x30 + i / 1260 % 10) +
                          Bytes(0x81 + i / 10 % 126, 0x30 + i % 10));
    }
  }
}

void Detect() {
  CharsetDecoder decoder;
  std::string line;
  while (std::getline(std::cin, line)) {
    std::string bytes;
    for (size_t i = 0; i + 1 < line.size(); i += 2) {
      bytes += static_cast<char>(std::stoi(line.substr(i, 2), nullptr, 16));
    }
    DecodedText decoded;
    const bool read = decoder.Decode(bytes, "", false, &decoded);
    std::string hex;
    for (const char c : decoded.text) {
      constexpr char kDigits[] = "0123456789abcdef";
      hex += kDigits[static_cast<unsigned char>(c) >> 4];
      hex += kDigits[static_cast<unsigned char>(c) & 15];
    }
    std::cout << (read ? decoded.charset : "undecodable") << ' ' << hex << '\n';
  }
}

}  // namespace
}  // namespace winnow

int main(int argc, char** argv) {
  if (argc > 1 && std::string(argv[1]) == "detect") {
    winnow::Detect();
    return 0;
  }
  for (const char* name :
       {"ibm866",       "iso-8859-2",   "iso-8859-3",     "iso-8859-4",
        "iso-8859-5",   "iso-8859-6",   "iso-8859-7",     "iso-8859-8",
        "iso-8859-10",  "iso-8859-13",  "iso-8859-14",    "iso-8859-15",
        "iso-8859-16",  "koi8-r",       "koi8-u",         "macintosh",
        "windows-874",  "windows-1250", "windows-1251",   "windows-1252",
        "windows-1253", "windows-1254", "windows-1255",   "windows-1256",
        "windows-1257", "windows-1258", "x-mac-cyrillic", "ibm852",
        "ibm855",       "x-mac-ce",     "euc-kr",         "gb18030",
        "big5",         "euc-jp",       "shift_jis",      "euc-tw"}) {
    winnow::Dump(winnow::EncodingNamed(name));
  }
}
