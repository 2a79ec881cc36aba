// SPDX-License-Identifier: Apache-2.0
// What the head of a page says of its blocks: which repeat the title, which
// stand in the description or in texts of the JSON-LD; what the address tells.
#include <algorithm>

#include "pipeline/read/html/block_features.h"

namespace winnow::html {
namespace {

// Calls back with a hash of each word, letters in lower case.
template <typename Function>
void EachWord(std::string_view text, Function function) {
  uint64_t h = 0;
  for (const char c : text) {
    const auto u = static_cast<unsigned char>(c);
    const bool letter = u >= 0x80 || (u >= '0' && u <= '9') ||
                        ((u | 0x20) >= 'a' && (u | 0x20) <= 'z');
    if (letter) {
      const unsigned char low = u >= 'A' && u <= 'Z' ? u | 0x20 : u;
      h = (h + low + 1) * 0x100000001B3U;
    } else if (h != 0) {
      function(h);
      h = 0;
    }
  }
  if (h != 0) function(h);
}

}  // namespace

// Short blocks that repeat the title: the share of their words that are in it,
// if that is at least half of the title too; -1 for long blocks.
void PageContext::CompareTitles() {
  const auto& blocks = builder_->blocks();
  const HeadMeta& meta = builder_->meta();
  title_words_.clear();
  EachWord(std::string_view(meta.title).substr(0, 400),
           [&](uint64_t h) { title_words_.push_back(h); });
  EachWord(std::string_view(meta.og_title).substr(0, 400),
           [&](uint64_t h) { title_words_.push_back(h); });
  std::sort(title_words_.begin(), title_words_.end());
  title_words_.erase(std::unique(title_words_.begin(), title_words_.end()),
                     title_words_.end());
  uint64_t filter = 0;
  for (const uint64_t h : title_words_) filter |= 1ULL << (h & 63);
  title_share.resize(blocks.size());
  for (size_t i = 0; i < blocks.size(); ++i) {
    title_share[i] = -1;
    if (blocks[i].words > 40 || title_words_.empty()) continue;
    uint32_t words = 0;
    uint32_t hits = 0;
    EachWord(builder_->TextOf(blocks[i]), [&](uint64_t h) {
      ++words;
      if ((filter >> (h & 63) & 1) == 0) return;
      hits += std::binary_search(title_words_.begin(), title_words_.end(), h);
    });
    if (words > 0) {
      title_share[i] = static_cast<float>(hits) / static_cast<float>(words);
    }
  }
}

namespace {

constexpr size_t kGram = 4;
constexpr size_t kMaxGrams = 1 << 16;

// Calls back with hashes of four words in a row; with one of all words if
// there are fewer.
template <typename Function>
void EachGram(std::string_view text, Function function) {
  uint64_t last[kGram] = {};
  size_t n = 0;
  const auto sum = [&] {
    uint64_t h = 0;
    for (size_t k = 0; k < kGram; ++k) {
      h = (h + last[(n + k) % kGram]) * 0x9E3779B97F4A7C15U;
    }
    return h ^ h >> 32;
  };
  EachWord(text, [&](uint64_t h) {
    last[n % kGram] = h;
    ++n;
    if (n >= kGram) function(sum());
  });
}

// A JSON string's characters, escapes resolved; tags stay as words.
void DecodeJson(std::string_view raw, std::string* out) {
  for (size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] != '\\' || i + 1 >= raw.size()) {
      out->push_back(raw[i]);
      continue;
    }
    const char c = raw[++i];
    if (c != 'u' || i + 4 >= raw.size()) {
      out->push_back(c == 'n' || c == 't' || c == 'r' ? ' ' : c);
      continue;
    }
    uint32_t code = 0;
    for (size_t k = 1; k <= 4; ++k) {
      const char h = raw[i + k];
      const auto digit = static_cast<uint32_t>(
          h >= '0' && h <= '9' ? h - '0' : ((h | 0x20) - 'a' + 10) & 15);
      code = code << 4 | digit;
    }
    i += 4;
    if (code < 0x80) {
      out->push_back(static_cast<char>(code));
    } else if (code < 0x800) {
      out->push_back(static_cast<char>(0xC0 | code >> 6));
      out->push_back(static_cast<char>(0x80 | (code & 63)));
    } else {
      out->push_back(static_cast<char>(0xE0 | code >> 12));
      out->push_back(static_cast<char>(0x80 | (code >> 6 & 63)));
      out->push_back(static_cast<char>(0x80 | (code & 63)));
    }
  }
}

}  // namespace

void PageContext::GramSet::Clear() {
  grams.clear();
  filter.fill(0);
}

void PageContext::GramSet::Add(std::string_view text) {
  EachGram(text, [&](uint64_t h) { grams.push_back(h); });
}

void PageContext::GramSet::Sort() {
  std::sort(grams.begin(), grams.end());
  for (const uint64_t h : grams) filter[h >> 6 & 1023] |= 1ULL << (h & 63);
}

bool PageContext::GramSet::Has(uint64_t h) const {
  if ((filter[h >> 6 & 1023] >> (h & 63) & 1) == 0) return false;
  return std::binary_search(grams.begin(), grams.end(), h);
}

// The share of each block's n-grams that are in the texts of the head.
void PageContext::CompareGrams() {
  const auto& blocks = builder_->blocks();
  const bool ld = !ld_grams_.grams.empty();
  const bool meta = !meta_grams_.grams.empty();
  ld_share.assign(blocks.size(), -1);
  meta_share.assign(blocks.size(), -1);
  if (!ld && !meta) return;
  for (size_t i = 0; i < blocks.size(); ++i) {
    if (blocks[i].chars < 2 * kGram - 1) continue;
    uint32_t grams = 0;
    uint32_t ld_hits = 0;
    uint32_t meta_hits = 0;
    EachGram(builder_->TextOf(blocks[i]), [&](uint64_t h) {
      ++grams;
      ld_hits += ld_grams_.Has(h);
      meta_hits += meta_grams_.Has(h);
    });
    if (grams == 0) continue;
    const auto share = [&](uint32_t hits) {
      return static_cast<float>(hits) / static_cast<float>(grams);
    };
    if (ld) ld_share[i] = share(ld_hits);
    if (meta) meta_share[i] = share(meta_hits);
  }
}

void PageContext::CompareJsonLd() {
  ld_grams_.Clear();
  meta_grams_.Clear();
  for (const std::string_view json : builder_->json_ld()) {
    for (const std::string_view key :
         {"\"articleBody\"", "\"text\"", "\"description\"", "\"reviewBody\"",
          "\"articleSection\""}) {
      size_t at = 0;
      while (ld_grams_.grams.size() < kMaxGrams &&
             (at = json.find(key, at)) != std::string_view::npos) {
        at += key.size();
        while (at < json.size() && (json[at] == ' ' || json[at] == ':')) ++at;
        if (at >= json.size() || json[at] != '"') continue;
        size_t stop = ++at;
        while (stop < json.size() && json[stop] != '"') {
          stop += json[stop] == '\\' ? 2U : 1U;
        }
        stop = std::min(stop, json.size());
        decoded_.clear();
        DecodeJson(json.substr(at, stop - at), &decoded_);
        ld_grams_.Add(decoded_);
        at = stop;
      }
    }
  }
  ld_words = static_cast<uint32_t>(ld_grams_.grams.size());
  ld_grams_.Sort();
  meta_grams_.Add(
      std::string_view(builder_->meta().description).substr(0, 1000));
  meta_grams_.Sort();
  CompareGrams();
}

// How many words the last part of the address has, and how deep it is.
void PageContext::ReadAddress() {
  std::string_view url = builder_->meta().canonical;
  if (url.empty()) url = builder_->meta().og_url;
  slug_words = path_depth = -1;
  const size_t host = url.find("//");
  if (host == std::string_view::npos) return;
  const size_t path = url.find('/', host + 2);
  slug_words = path_depth = 0;
  if (path == std::string_view::npos) return;
  url = url.substr(path);
  url = url.substr(0, url.find_first_of("?#"));
  float hyphens = 0;
  for (size_t i = 0; i < url.size(); ++i) {
    if (url[i] == '/' && i + 1 < url.size()) {
      path_depth += 1;
      hyphens = 0;
      slug_words = 1;
    }
    if (url[i] == '-' || url[i] == '_') hyphens += 1;
  }
  slug_words += hyphens;
}

}  // namespace winnow::html
