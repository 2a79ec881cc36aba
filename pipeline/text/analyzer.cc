// SPDX-License-Identifier: Apache-2.0
#include "pipeline/text/analysis.h"
#include "pipeline/text/append_word.h"
#include "pipeline/text/count_text.h"
#include "pipeline/text/range_analyzer.h"
#include "pipeline/text/spacy_en.h"

namespace winnow {

struct Analyzer::Scratch {
  explicit Scratch(AnalysisNeeds needs) : ranges(needs) {
    analysis.filled = needs;
    if (needs.has(AnalysisNeeds::Words(Profile::kSpacyEn))) {
      spacy = std::make_unique<SpacyEnTokenizer>();
    }
  }
  Analysis analysis;
  RangeAnalyzer ranges;
  std::unique_ptr<SpacyEnTokenizer> spacy;  // where it is asked for
};

Analyzer::Analyzer(AnalysisNeeds needs) : scratch_(new Scratch(needs)) {}

Analyzer::~Analyzer() = default;

const Analysis& Analyzer::Analyze(std::string_view text) {
  Analysis& a = scratch_->analysis;
  a.text = text;
  if (a.filled == AnalysisNeeds::None()) {
    a.counts = CountText(text);
    return a;
  }
  a.counts = {};
  a.lines.clear();
  a.split_lines.clear();
  ClearWords(&a.words[static_cast<size_t>(Profile::kSpace)]);
  ClearWords(&a.words[static_cast<size_t>(Profile::kAlnum)]);
  scratch_->ranges.Append({text, 0, static_cast<uint32_t>(text.size())}, &a);
  if (a.filled.has(AnalysisNeeds::Words(Profile::kSpacyEn))) {
    scratch_->spacy->Tokenize(
        text, &a.words[static_cast<size_t>(Profile::kSpacyEn)]);
  }
  return a;
}

TextCounts Analyzer::Count(std::string_view text) const {
  return CountText(text);
}

}  // namespace winnow
