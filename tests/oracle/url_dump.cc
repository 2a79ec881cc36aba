// SPDX-License-Identifier: Apache-2.0
// A URL in hex on each line of stdin, what UrlParser makes of it out: its parts
// as hex, or `-`. For url_oracle.mjs.
#include <iostream>
#include <string>

#include "pipeline/url/url.h"

namespace {

std::string Hex(std::string_view s) {
  std::string out;
  for (const char c : s) {
    out += "0123456789abcdef"[static_cast<unsigned char>(c) >> 4];
    out += "0123456789abcdef"[static_cast<unsigned char>(c) & 15];
  }
  return out;
}

}  // namespace

int main() {
  winnow::UrlParser parser;
  std::string line;
  while (std::getline(std::cin, line)) {
    std::string bytes;
    for (size_t i = 0; i + 1 < line.size(); i += 2) {
      bytes += static_cast<char>(std::stoi(line.substr(i, 2), nullptr, 16));
    }
    winnow::Url url;
    if (!parser.Parse(bytes, &url)) {
      std::cout << "-\n";
      continue;
    }
    std::cout << Hex(url.href) << ' ' << Hex(url.host) << ' ' << Hex(url.port)
              << ' ' << Hex(url.path) << ' ' << Hex(url.query) << '\n';
  }
}
