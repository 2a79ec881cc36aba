// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "pipeline/text/analysis.h"
#include "pipeline/text/append_word.h"
#include "pipeline/text/count_text.h"
#include "pipeline/text/range_analyzer.h"
#include "pipeline/text/spacy_en.h"

namespace winnow {
namespace {

constexpr AnalysisNeeds kSpacyWords = AnalysisNeeds::Words(Profile::kSpacyEn);
constexpr AnalysisNeeds kSpaceWords = AnalysisNeeds::Words(Profile::kSpace);
constexpr AnalysisNeeds kAlnumWords = AnalysisNeeds::Words(Profile::kAlnum);
// What one pass of a RangeAnalyzer can find.
constexpr AnalysisNeeds kRangeNeeds =
    AnalysisNeeds::Lines() | kSpaceWords | kAlnumWords;

}  // namespace

struct Analyzer::Scratch {
  Analysis analysis;
  AnalysisNeeds needs;
  RangeAnalyzer ranges;
  std::unique_ptr<SpacyEnTokenizer> spacy;  // made when first wanted
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
  const AnalysisNeeds missing = {needs.bits & ~a.filled.bits};
  // Counts come with the first pass over the text, whatever it looks for.
  const bool counted = a.filled.bits != 0;
  if ((missing.bits & kRangeNeeds.bits) != 0 ||
      (missing.bits != 0 && !counted)) {
    if (missing.has(AnalysisNeeds::Lines())) {
      a.lines.clear();
      a.split_lines.clear();
    }
    const auto clear = [&](AnalysisNeeds words, Profile p) {
      if (missing.has(words)) ClearWords(&a.words[static_cast<size_t>(p)]);
    };
    clear(kSpaceWords, Profile::kSpace);
    clear(kAlnumWords, Profile::kAlnum);
    const TextCounts counts = a.counts;
    a.counts = {};
    scratch_->ranges.Append({a.text, 0, static_cast<uint32_t>(a.text.size())},
                            missing, &a);
    if (counted) a.counts = counts;
  }
  if (missing.has(kSpacyWords)) {
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
