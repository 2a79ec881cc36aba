// SPDX-License-Identifier: Apache-2.0
#include "stats/tokens/vocabulary_file.h"

#include <array>
#include <charconv>
#include <cstdio>
#include <memory>

#include "pipeline/error.h"
#include "pipeline/text/sha256.h"

namespace winnow {
namespace {

constexpr std::array<VocabularySpec, 4> kVocabularies = {{
    {"o200k_base", TokenPattern::kO200k,
     "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d"},
    {"cl100k_base", TokenPattern::kCl100k,
     "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7"},
    {"p50k_base", TokenPattern::kGpt2,
     "94b5ca7dff4d00767bc256fdd1b27e5b17361d7b8a5f968547f9f23eb70d2069"},
    {"r50k_base", TokenPattern::kGpt2,
     "306cd27f03c1a714eca7108e03d66b7dc042abe8c258b44c199a7ed9838dd930"},
}};

// Ids have 18 bits; the last one means "no token" (token_trie.h).
constexpr uint32_t kMaxIds = (1U << 18) - 1;

std::array<int8_t, 256> MakeBase64Values() {
  std::array<int8_t, 256> values;
  values.fill(-1);
  constexpr std::string_view kLetters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (size_t i = 0; i < kLetters.size(); ++i) {
    values[static_cast<unsigned char>(kLetters[i])] = static_cast<int8_t>(i);
  }
  return values;
}

// Appends the bytes that `encoded` stands for; false if it is not base64.
bool AppendBase64(std::string_view encoded, std::string* bytes) {
  static const std::array<int8_t, 256> kValues = MakeBase64Values();
  if (encoded.size() % 4 != 0) return false;
  for (int i = 0; i < 2 && encoded.ends_with('='); ++i) {
    encoded.remove_suffix(1);
  }
  uint32_t bits = 0;
  unsigned held = 0;
  for (const char c : encoded) {
    const int8_t value = kValues[static_cast<unsigned char>(c)];
    if (value < 0) return false;
    bits = bits << 6 | static_cast<uint8_t>(value);
    held += 6;
    if (held >= 8) {
      held -= 8;
      *bytes += static_cast<char>(bits >> held & 255);
    }
  }
  return true;
}

}  // namespace

std::span<const VocabularySpec> KnownVocabularies() { return kVocabularies; }

const VocabularySpec& FindVocabularySpec(std::string_view name) {
  std::string known;
  for (const VocabularySpec& spec : kVocabularies) {
    if (spec.name == name) return spec;
    known += (known.empty() ? "" : ", ") + std::string(spec.name);
  }
  throw Error(ErrorKind::kUsage, "vocabulary " + std::string(name) +
                                     ": not known: use one of " + known);
}

Vocabulary LoadVocabulary(std::string_view name, const std::string& data_dir) {
  const VocabularySpec& spec = FindVocabularySpec(name);
  return {spec, ParseTiktoken(name, ReadVocabularyFile(spec, data_dir))};
}

std::string ReadVocabularyFile(const VocabularySpec& spec,
                               const std::string& data_dir) {
  const std::string name(spec.name);
  const std::string folder = data_dir + "/vocab";
  const std::string path = folder + "/" + name + ".tiktoken";
  const auto close = [](std::FILE* f) { std::fclose(f); };
  const std::unique_ptr<std::FILE, decltype(close)> file(
      std::fopen(path.c_str(), "rb"), close);
  if (file == nullptr) {
    throw Error(ErrorKind::kNotFound,
                "vocabulary " + name + ": not found in " + folder +
                    ": run ./dev setup or set WINNOW_DATA to the folder that "
                    "holds vocab/" +
                    name + ".tiktoken");
  }
  std::string bytes;
  std::array<char, 1 << 16> buffer;
  size_t n = 0;
  while ((n = std::fread(buffer.data(), 1, buffer.size(), file.get())) > 0) {
    bytes.append(buffer.data(), n);
  }
  if (std::ferror(file.get()) != 0) {
    throw Error(ErrorKind::kIo, "cannot read vocabulary: " + path);
  }
  if (const std::string hash = Sha256Hex(bytes); hash != spec.sha256) {
    throw Error(ErrorKind::kCorruption,
                "vocabulary " + name + ": SHA-256 of " + path + " is " + hash +
                    ", not " + std::string(spec.sha256) +
                    ": run ./dev setup to install it again");
  }
  return bytes;
}

TokenList ParseTiktoken(std::string_view name, std::string_view file) {
  const auto corrupt = [&](const char* what) {
    return Error(ErrorKind::kCorruption,
                 "vocabulary " + std::string(name) + ": " + what +
                     ": run ./dev setup to install it again");
  };
  TokenList tokens;
  while (!file.empty()) {
    const size_t line_end = file.find('\n');
    if (line_end == file.npos) throw corrupt("last line is cut");
    const std::string_view line = file.substr(0, line_end);
    file.remove_prefix(line_end + 1);
    const size_t space = line.find(' ');
    if (space == line.npos) throw corrupt("a line without a rank");
    uint32_t rank = 0;
    const char* end = line.data() + line.size();
    const auto [stop, error] =
        std::from_chars(line.data() + space + 1, end, rank);
    if (error != std::errc() || stop != end || rank >= kMaxIds) {
      throw corrupt("a rank that is not a small number");
    }
    if (rank < tokens.size()) throw corrupt("ranks out of order");
    const auto at = static_cast<uint32_t>(tokens.bytes.size());
    // Ids that the file skips (50256 in p50k_base) are empty.
    tokens.begin.resize(rank + 1, at);
    if (!AppendBase64(line.substr(0, space), &tokens.bytes) ||
        tokens.bytes.size() == at) {
      throw corrupt("a token that is not base64");
    }
    tokens.begin.push_back(static_cast<uint32_t>(tokens.bytes.size()));
  }
  return tokens;
}

}  // namespace winnow
