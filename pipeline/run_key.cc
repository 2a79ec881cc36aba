// SPDX-License-Identifier: Apache-2.0
#include "pipeline/run_key.h"

#include <zstd.h>

namespace winnow {
namespace {

// Values that say nothing to a reader.
bool IsHash(std::string_view name) {
  return name == "recipe" || name == "inputs" || name == "vocabularies";
}

}  // namespace

void RunKey::Add(std::string_view name, std::string_view value) {
  parts_.emplace_back(name, value);
}

std::string RunKey::Finish() const {
  std::string text;
  for (const auto& [name, value] : parts_) {
    text.append(name).append("=").append(std::to_string(value.size()));
    text.append(":").append(value).append("\n");
  }
  return HexDigits(HashBytes128(text));
}

std::string KeyDifference(const KeyParts& before, const KeyParts& now) {
  for (size_t i = 0; i < before.size() && i < now.size(); ++i) {
    const auto& [name, value] = before[i];
    if (name != now[i].first) break;
    if (value == now[i].second) continue;
    std::string what =
        name == "inputs" || name == "vocabularies" ? "other " : "another ";
    what += name;
    if (IsHash(name)) return what;
    what += " (";
    what += value;
    what += ", not ";
    what += now[i].second;
    what += ')';
    return what;
  }
  return "another kind of key";
}

std::string HexDigits(const Hash128& h) {
  std::string out;
  for (const uint64_t part : {h.hi, h.lo}) {
    for (int shift = 60; shift >= 0; shift -= 4) {
      out += "0123456789abcdef"[part >> shift & 15];
    }
  }
  return out;
}

std::string ZstdVersion() { return ZSTD_versionString(); }

}  // namespace winnow
