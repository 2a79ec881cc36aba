// SPDX-License-Identifier: Apache-2.0
// What the pipeline asks of a tokenizer: exact counts of a document, kept up
// to date while stages rewrite it. Implemented in stats/; the pipeline knows
// only this.
#ifndef WINNOW_PIPELINE_TOKEN_METER_H_
#define WINNOW_PIPELINE_TOKEN_METER_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/stage.h"

namespace winnow {

// One for each worker. Thread-compatible.
class TokenMeter {
 public:
  virtual ~TokenMeter() = default;
  // Sets counts[v] for every vocabulary. The text must stay valid until the
  // next Count().
  virtual void Count(std::string_view text, std::span<uint64_t> counts) = 0;
  // The text of the latest Count() or Edited(), with `edits` applied, is now
  // `text`. Recounts what the edits touched.
  virtual void Edited(std::span<const Edit> edits, std::string_view text,
                      std::span<uint64_t> counts) = 0;
};

// Shared by all workers.
class Tokenizers {
 public:
  virtual ~Tokenizers() = default;
  virtual const std::vector<std::string>& names() const = 0;
  // SHA-256 of each vocabulary, in the order of names().
  virtual const std::vector<std::string>& checksums() const = 0;
  virtual std::unique_ptr<TokenMeter> NewMeter(uint64_t cache_bytes) const = 0;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_TOKEN_METER_H_
