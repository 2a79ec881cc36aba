// SPDX-License-Identifier: Apache-2.0
// One document through a section of stages, on one worker: measure, analyse,
// judge, apply edits, count. The executor and `winnow explain` share it, so
// that an explanation cannot differ from the run.
#ifndef WINNOW_PIPELINE_JUDGE_H_
#define WINNOW_PIPELINE_JUDGE_H_

#include <memory>
#include <vector>

#include "pipeline/stage_chain.h"
#include "pipeline/tally.h"
#include "pipeline/token_meter.h"

namespace winnow {

// Cycles spent, for the report's timing; never decides anything.
struct JudgeTimes {
  std::vector<uint64_t> stage_cycles;  // by stage of the chain
  uint64_t measure_cycles = 0;         // counting chars, words and tokens
  uint64_t analyse_cycles = 0;
};

class Judge {
 public:
  // `tokenizers` may be null: no tokens are counted. With `ends_only` tokens
  // are counted when read and when kept, not in between.
  Judge(const StageChain* chain, const Tokenizers* tokenizers,
        uint64_t token_cache_bytes, bool ends_only);

  // Measures a document as read. `tally` counts it into stage row 0. Followed
  // at once by RunSection(0) of the same document, the token counts of a
  // rewrite need only the lines that it touched.
  void Measure(Document& document, Arena* arena, Tally* tally);

  // Runs the document, which is kept so far, through a section. Afterwards it
  // is kept, or dropped_by and reason say why. An ordered stage at the end
  // only computes its key here.
  void RunSection(size_t section, Document& document, Arena* arena,
                  Tally* tally, Explainer* explain = nullptr);

  // Counts what an ordered stage decided. Call once for each document that
  // reached it, after Decide().
  void CountDecision(size_t section, const Document& document, Tally* tally);

  // Brings tokens up to date where they are counted at the ends only.
  void Finish(Document& document, Arena* arena);

  const JudgeTimes& times() const { return times_; }

 private:
  void JudgeStages(size_t section, Document& document, Arena* arena,
                   Tally* tally, Explainer* explain);
  void Rewrite(size_t stage, Document& document, Arena* arena, Tally* tally);
  uint64_t* CountTokens(std::string_view text, Arena* arena);

  const StageChain* chain_;
  size_t vocabularies_ = 0;
  bool ends_only_;
  std::unique_ptr<TokenMeter> meter_;
  // The document the meter counted last in this turn: Edited() may be used.
  const Document* metered_ = nullptr;
  std::vector<std::unique_ptr<StageScratch>> scratch_;
  Analyzer analyzer_{AnalysisNeeds::None()};
  std::vector<Edit> edits_;
  JudgeTimes times_;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_JUDGE_H_
