// SPDX-License-Identifier: Apache-2.0
// Build-time program: writes the two-stage tables behind unicode.h from
// utf8proc's data, with NFC properties from ICU (both Unicode 15.0) and the
// punctuation sets. Blocks of 256 code points, equal blocks shared. The layout
// of an entry stands in code_point_table.h.
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <utf8proc.h>

#include <cstdint>
#include <cstdio>
#include <map>
#include <vector>

#include "pipeline/text/punctuation_ranges.h"

namespace {

constexpr int kBlock = 256;
constexpr int kBlocks = 0x110000 / kBlock;

bool IsWhite(int c) {
  return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 ||
         c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
         c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

// Scripts written without spaces between words, and Kana: one character is one
// word. Ranges of Scripts.txt, unassigned code points inside them included.
bool IsSingle(int c) {
  static constexpr int kRanges[][2] = {
      {0x0E01, 0x0E5B}, {0x0E81, 0x0EDF},   {0x1000, 0x109F},  {0x1780, 0x17FF},
      {0x19E0, 0x19FF}, {0x2E80, 0x2FD5},   {0x3005, 0x3007},  {0x3021, 0x3029},
      {0x3031, 0x3035}, {0x3038, 0x303B},   {0x3041, 0x3096},  {0x309B, 0x309F},
      {0x30A1, 0x30FA}, {0x30FC, 0x30FF},   {0x31F0, 0x31FF},  {0x3400, 0x4DBF},
      {0x4E00, 0x9FFF}, {0xA9E0, 0xA9FE},   {0xAA60, 0xAA7F},  {0xF900, 0xFAFF},
      {0xFF66, 0xFF9F}, {0x1AFF0, 0x1B16F}, {0x20000, 0x323AF}};
  for (const auto& r : kRanges) {
    if (c >= r[0] && c <= r[1]) return true;
  }
  return false;
}

template <int kSize>
bool In(const winnow::CodePointRange (&ranges)[kSize], int c) {
  for (const auto& r : ranges) {
    if (c >= r.first && c <= r.last) return true;
  }
  return false;
}

unsigned Punctuation(int c) {
  if (In(winnow::kTerminalRanges, c)) {
    return In(winnow::kNotStopRanges, c) ? 2 : 3;
  }
  return In(winnow::kSimplifyRanges, c) ? 1 : 0;
}

// A text without such characters is in NFC: the quick check says "yes" and the
// combining class is 0 for all others.
bool Unstable(int c) {
  return u_getIntPropertyValue(c, UCHAR_NFC_QUICK_CHECK) != UNORM_YES ||
         u_getCombiningClass(c) != 0;
}

unsigned Info(int c) {
  const auto category = static_cast<unsigned>(utf8proc_category(c));
  const bool letter = category >= 1 && category <= 5;
  const bool mark = category >= 6 && category <= 8;
  const bool number = category >= 9 && category <= 11;
  const bool punct = category >= 12 && category <= 18;
  const bool white = IsWhite(c);
  unsigned flags = 0;
  if (letter) flags |= 1;
  if (mark) flags |= 2;
  if (number) flags |= 4;
  if (white) flags |= 8;
  if (punct) flags |= 16;
  if ((letter || mark || number) && IsSingle(c)) flags |= 32;
  if (white || (c >= 0x1C && c <= 0x1F)) flags |= 64;
  if (utf8proc_tolower(c) != c) flags |= 128;
  return category | (Unstable(c) ? 32U : 0U) | Punctuation(c) << 6 | flags << 8;
}

template <typename T, typename F>
void Write(std::FILE* out, const char* name, const char* type, F value) {
  std::map<std::vector<T>, int> seen;
  std::vector<std::vector<T>> blocks;
  std::vector<int> index;
  for (int b = 0; b < kBlocks; ++b) {
    std::vector<T> block(kBlock);
    for (int i = 0; i < kBlock; ++i) {
      block[static_cast<size_t>(i)] = static_cast<T>(value(b * kBlock + i));
    }
    auto [it, added] = seen.emplace(block, static_cast<int>(blocks.size()));
    if (added) blocks.push_back(block);
    index.push_back(it->second);
  }
  std::fprintf(out, "extern const uint16_t k%sIndex[%d] = {", name, kBlocks);
  for (int i : index) std::fprintf(out, "%d,", i);
  std::fprintf(out, "};\nextern const %s k%sBlocks[%zu][%d] = {\n", type, name,
               blocks.size(), kBlock);
  for (const auto& block : blocks) {
    std::fprintf(out, "{");
    for (T v : block) std::fprintf(out, "%lld,", static_cast<long long>(v));
    std::fprintf(out, "},\n");
  }
  std::fprintf(out, "};\n");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  std::FILE* out = std::fopen(argv[1], "w");
  if (out == nullptr) return 1;
  std::fprintf(out, "static const char kUnicodeVersion[] = \"%s\";\n",
               utf8proc_unicode_version());
  Write<uint16_t>(out, "Info", "uint16_t", Info);
  Write<int32_t>(out, "Lower", "int32_t",
                 [](int c) { return utf8proc_tolower(c) - c; });
  return std::fclose(out) == 0 ? 0 : 1;
}
