// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "pipeline/text/analysis.h"
#include "pipeline/text/append_word.h"
#include "pipeline/text/count_text.h"
#include "pipeline/text/range_analyzer.h"
#include "pipeline/text/spacy_en.h"

namespace winnow {
namespace {

constexpr AnalysisNeeds kSpacyWords = AnalysisNeeds::Words(Profile::kSpacyEn);
// What one pass of a RangeAnalyzer finds, by bit of its number.
constexpr std::array<AnalysisNeeds, 3> kRangeNeeds = {
    AnalysisNeeds::Lines(), AnalysisNeeds::Words(Profile::kSpace),
    AnalysisNeeds::Words(Profile::kAlnum)};

}  // namespace

struct Analyzer::Scratch {
  Analysis analysis;
  AnalysisNeeds needs;
  // Made when first wanted: one for each subset of kRangeNeeds.
  std::array<std::unique_ptr<RangeAnalyzer>, 8> ranges;
  std::unique_ptr<SpacyEnTokenizer> spacy;
};

Analyzer::Analyzer(AnalysisNeeds needs) : scratch_(new Scratch) {
  scratch_->needs = needs;
}

Analyzer::~Analyzer() = default;

const Analysis& Analyzer::Analyze(std::string_view text) {
  Begin(text);
  if (scratch_->needs == AnalysisNeeds::None()) {
    scratch_->analysis.counts = CountText(text);
  }
  return Require(scratch_->needs);
}

void Analyzer::Begin(std::string_view text) {
  scratch_->analysis.text = text;
  scratch_->analysis.filled = AnalysisNeeds::None();
}

const Analysis& Analyzer::Require(AnalysisNeeds needs) {
  Analysis& a = scratch_->analysis;
  size_t missing = 0;
  for (size_t i = 0; i < kRangeNeeds.size(); ++i) {
    if (needs.has(kRangeNeeds[i]) && !a.filled.has(kRangeNeeds[i])) {
      missing |= size_t{1} << i;
    }
  }
  // Counts come with the first pass over the text, whatever it looks for.
  const bool counted = a.filled.bits != 0;
  if (missing != 0 || (needs.has(kSpacyWords) && !counted)) {
    auto& ranges = scratch_->ranges[missing];
    if (ranges == nullptr) {
      AnalysisNeeds wanted;
      for (size_t i = 0; i < kRangeNeeds.size(); ++i) {
        if ((missing >> i & 1) != 0) wanted = wanted | kRangeNeeds[i];
      }
      ranges = std::make_unique<RangeAnalyzer>(wanted);
    }
    if ((missing & 1) != 0) {
      a.lines.clear();
      a.split_lines.clear();
    }
    if ((missing & 2) != 0) {
      ClearWords(&a.words[static_cast<size_t>(Profile::kSpace)]);
    }
    if ((missing & 4) != 0) {
      ClearWords(&a.words[static_cast<size_t>(Profile::kAlnum)]);
    }
    const TextCounts counts = a.counts;
    a.counts = {};
    ranges->Append({a.text, 0, static_cast<uint32_t>(a.text.size())}, &a);
    if (counted) a.counts = counts;
  }
  if (needs.has(kSpacyWords) && !a.filled.has(kSpacyWords)) {
    if (scratch_->spacy == nullptr) {
      scratch_->spacy = std::make_unique<SpacyEnTokenizer>();
    }
    scratch_->spacy->Tokenize(a.text,
                              &a.words[static_cast<size_t>(Profile::kSpacyEn)]);
  }
  a.filled = a.filled | needs;
  return a;
}

TextCounts Analyzer::Count(std::string_view text) const {
  return CountText(text);
}

}  // namespace winnow
