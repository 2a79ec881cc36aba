// SPDX-License-Identifier: Apache-2.0
// Counts the tokens of texts, exactly, for several vocabularies in one pass.
//
// A count is that of `encode_ordinary`: what looks like a special token is
// plain text, and no beginning or end of text is added. See docs/tokens.md.
#ifndef WINNOW_STATS_TOKENS_TOKEN_COUNTER_H_
#define WINNOW_STATS_TOKENS_TOKEN_COUNTER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace winnow {

class TokenWorker;
class Vocabulary;

// A list of vocabularies. Immutable, shared by all threads; must outlive its
// workers.
class TokenCounter {
 public:
  // Loads DATA_DIR/vocab/NAME.tiktoken for each name, about 0.1 s each. Throws
  // Error: kUsage for a name that is unknown or stands there twice, kNotFound
  // if the file is missing, kCorruption if it has another SHA-256.
  TokenCounter(std::vector<std::string> names, const std::string& data_dir);
  ~TokenCounter();
  TokenCounter(const TokenCounter&) = delete;
  TokenCounter& operator=(const TokenCounter&) = delete;

  size_t size() const { return names_.size(); }
  std::span<const std::string> names() const { return names_; }
  // SHA-256 of the i-th vocabulary's file, in hexadecimal.
  std::string_view sha256(size_t i) const;
  const Vocabulary& vocabulary(size_t i) const { return *vocabularies_[i]; }

  // A worker whose caches take at most `cache_bytes`.
  std::unique_ptr<TokenWorker> NewWorker(size_t cache_bytes) const;

 private:
  std::vector<std::string> names_;
  std::vector<std::unique_ptr<const Vocabulary>> vocabularies_;
};

// Counts on one thread, with caches that get warm. What is cached never
// changes a count.
class TokenWorker {
 public:
  // Use TokenCounter::NewWorker().
  TokenWorker(const TokenCounter& counter, size_t cache_bytes);
  ~TokenWorker();
  TokenWorker(const TokenWorker&) = delete;
  TokenWorker& operator=(const TokenWorker&) = delete;

  const TokenCounter& counter() const { return counter_; }

  // Sets counts[i] to the tokens of `text` in the i-th vocabulary. Any bytes
  // are safe; the published encodings are defined for valid UTF-8.
  // REQUIRES: counts.size() == counter().size().
  void Count(std::string_view text, std::span<uint64_t> counts);

  // Counts each part of `text` by itself: part k is [cuts[k], cuts[k + 1]), and
  // its counts are set at counts[k * counter().size()]. The cuts begin with 0,
  // ascend, are safe (safe_cut.h) and end with text.size(); so the counts add
  // up to those of the text.
  void CountParts(std::string_view text, std::span<const uint32_t> cuts,
                  std::span<uint64_t> counts);

 private:
  class Group;

  const TokenCounter& counter_;
  std::vector<std::unique_ptr<Group>> groups_;
};

}  // namespace winnow

#endif  // WINNOW_STATS_TOKENS_TOKEN_COUNTER_H_
