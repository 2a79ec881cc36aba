// SPDX-License-Identifier: Apache-2.0
#include "pipeline/judge.h"

#include "pipeline/cycle_clock.h"
#include "pipeline/edit.h"
#include "pipeline/error.h"

namespace winnow {

Judge::Judge(const StageChain* chain, const Tokenizers* tokenizers,
             uint64_t token_cache_bytes, bool ends_only)
    : chain_(chain), ends_only_(ends_only) {
  if (tokenizers != nullptr && !tokenizers->names().empty()) {
    vocabularies_ = tokenizers->names().size();
    meter_ = tokenizers->NewMeter(token_cache_bytes);
  }
  for (size_t i = 0; i < chain->size(); ++i) {
    scratch_.push_back(chain->stage(i).NewScratch());
  }
  times_.stage_cycles.resize(chain->size());
}

uint64_t* Judge::CountTokens(std::string_view text, Arena* arena) {
  if (meter_ == nullptr) return nullptr;
  auto* counts = arena->NewArray<uint64_t>(vocabularies_);
  meter_->Count(text, {counts, vocabularies_});
  return counts;
}

void Judge::Measure(Document& document, Arena* arena, Tally* tally) {
  const uint64_t start = CycleNow();
  const TextCounts counts = analyzer_.Count(document.text);
  document.read.bytes = counts.bytes;
  document.read.chars = counts.chars;
  document.read.words = counts.words;
  document.read.tokens = CountTokens(document.text, arena);
  metered_ = &document;
  document.now = document.read;
  if (tally != nullptr) {
    tally->Count(tally->layout().StageRowIndex(0, TallyLayout::kIn), document,
                 document.read);
    tally->Count(tally->layout().StageRowIndex(0, TallyLayout::kOut), document,
                 document.read);
  }
  times_.measure_cycles += CycleNow() - start;
}

void Judge::RunSection(size_t index, Document& document, Arena* arena,
                       Tally* tally, Explainer* explain) {
  // What the meter remembers is worth something only if it was this document,
  // in this turn: batches reuse documents and arenas, so that an address says
  // nothing about another turn.
  if (index != 0 || metered_ != &document) metered_ = nullptr;
  JudgeStages(index, document, arena, tally, explain);
  metered_ = nullptr;
}

void Judge::JudgeStages(size_t index, Document& document, Arena* arena,
                        Tally* tally, Explainer* explain) {
  const StageChain::Section& section = chain_->sections()[index];
  if (section.first == section.last) return;
  uint64_t now = CycleNow();
  const auto lap = [&] {
    const uint64_t before = now;
    now = CycleNow();
    return now - before;
  };
  // Each stage makes the analysis grow by what it reads, so that a document
  // dropped early is never analysed for the stages behind.
  analyzer_.Begin(document.text);
  for (size_t i = section.first; i < section.last; ++i) {
    const Stage& stage = chain_->stage(i);
    const Analysis& analysis = analyzer_.Require(stage.needs());
    times_.analyse_cycles += lap();
    if (tally != nullptr) {
      tally->Count(tally->layout().StageRowIndex(i + 1, TallyLayout::kIn),
                   document, document.now);
    }
    edits_.clear();
    StageContext context{arena, scratch_[i].get(), &edits_, explain};
    if (explain != nullptr) explain->Begin(stage.name());
    const Verdict verdict = stage.Judge(document, analysis, context);
    WINNOW_CHECK(verdict.kept() || !stage.ordered());
    if (!verdict.kept()) {
      document.dropped_by = static_cast<uint8_t>(i);
      document.reason = verdict.reason;
      if (tally != nullptr) {
        tally->Count(tally->layout().StageRowIndex(
                         i + 1, TallyLayout::kReasons + verdict.reason),
                     document, document.now);
      }
      times_.stage_cycles[i] += lap();
      return;
    }
    if (!edits_.empty()) {
      Rewrite(i, document, arena, tally);
      analyzer_.Begin(document.text);
    }
    times_.stage_cycles[i] += lap();
    if (tally != nullptr && !stage.ordered()) {
      tally->Count(tally->layout().StageRowIndex(i + 1, TallyLayout::kOut),
                   document, document.now);
    }
  }
}

void Judge::Rewrite(size_t stage, Document& document, Arena* arena,
                    Tally* tally) {
  const winnow::Measure before = document.now;
  document.text = ApplyEdits(document.text, edits_, arena);
  const TextCounts counts = analyzer_.Count(document.text);
  document.now.bytes = counts.bytes;
  document.now.chars = counts.chars;
  document.now.words = counts.words;
  // Finish() counts again where only the ends are asked for.
  document.now.tokens = nullptr;
  if (meter_ != nullptr && !ends_only_) {
    auto* tokens = arena->NewArray<uint64_t>(vocabularies_);
    if (metered_ == &document) {
      meter_->Edited(edits_, document.text, {tokens, vocabularies_});
    } else {
      meter_->Count(document.text, {tokens, vocabularies_});
    }
    metered_ = &document;
    document.now.tokens = tokens;
  }
  if (tally != nullptr) tally->CountRewrite(stage + 1, before, document.now);
}

void Judge::CountDecision(size_t section, const Document& document,
                          Tally* tally) {
  const size_t stage = chain_->sections()[section].last - 1;
  const size_t row = document.kept() ? static_cast<size_t>(TallyLayout::kOut)
                                     : TallyLayout::kReasons + document.reason;
  tally->Count(tally->layout().StageRowIndex(stage + 1, row), document,
               document.now);
}

void Judge::Finish(Document& document, Arena* arena) {
  if (meter_ == nullptr || document.now.tokens != nullptr) return;
  document.now.tokens = CountTokens(document.text, arena);
}

}  // namespace winnow
