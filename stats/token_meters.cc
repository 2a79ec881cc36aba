// SPDX-License-Identifier: Apache-2.0
#include "stats/token_meters.h"

#include "stats/tokens/edited_count.h"
#include "stats/tokens/token_counter.h"

namespace winnow {
namespace {

class Meter : public TokenMeter {
 public:
  Meter(const TokenCounter& counter, uint64_t cache_bytes)
      : worker_(counter.NewWorker(cache_bytes)), counter_(worker_.get()) {}

  void Count(std::string_view text, std::span<uint64_t> counts) override {
    counter_.Reset(text);
    counter_.Totals(counts);
  }
  void Edited(std::span<const Edit> edits, std::string_view text,
              std::span<uint64_t> counts) override {
    counter_.Apply(edits, text);
    counter_.Totals(counts);
  }

 private:
  std::unique_ptr<TokenWorker> worker_;
  EditedCounter counter_;
};

class Loaded : public Tokenizers {
 public:
  Loaded(const std::vector<std::string>& names, const std::string& data_dir)
      : counter_(names, data_dir), names_(names) {
    for (size_t i = 0; i < counter_.size(); ++i) {
      checksums_.emplace_back(counter_.sha256(i));
    }
  }
  const std::vector<std::string>& names() const override { return names_; }
  const std::vector<std::string>& checksums() const override {
    return checksums_;
  }
  std::unique_ptr<TokenMeter> NewMeter(uint64_t cache_bytes) const override {
    return std::make_unique<Meter>(counter_, cache_bytes);
  }

 private:
  TokenCounter counter_;
  std::vector<std::string> names_;
  std::vector<std::string> checksums_;
};

}  // namespace

std::unique_ptr<Tokenizers> LoadTokenizers(
    const std::vector<std::string>& names, const std::string& data_dir) {
  return std::make_unique<Loaded>(names, data_dir);
}

}  // namespace winnow
