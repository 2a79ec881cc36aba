// SPDX-License-Identifier: Apache-2.0
// A stage: one step that judges, rewrites or measures documents. Stages are
// immutable and shared by all workers; what changes lives in worker scratch or
// in the document. Ordered stages (dedup) also decide, one document at a time,
// in canonical order.
#ifndef WINNOW_PIPELINE_STAGE_H_
#define WINNOW_PIPELINE_STAGE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/arena.h"
#include "pipeline/document.h"
#include "pipeline/params.h"
#include "pipeline/text/analysis.h"

namespace winnow {

// What a rewriting stage asks for: bytes [begin, end) of the text replaced.
// Edits are sorted and do not overlap; `replacement` must outlive the
// document's turn (static storage or the batch's arena).
struct Edit {
  uint32_t begin;
  uint32_t end;
  std::string_view replacement;
};

// Receives every rule a stage evaluates, for `winnow explain`. Null in a run.
class Explainer {
 public:
  virtual ~Explainer() = default;
  // The rules that follow are those of this stage.
  virtual void Begin(std::string_view /*stage*/) {}
  // `value op threshold` is the condition to drop; `fired` whether it held.
  virtual void Rule(std::string_view rule, double value, std::string_view op,
                    double threshold, bool fired) = 0;
  virtual void Note(std::string_view key, std::string_view value) = 0;
  // A rule that compares names, not numbers: `de` `not in` `en, ko`.
  virtual void Choice(std::string_view /*rule*/, std::string_view /*value*/,
                      std::string_view /*op*/, std::string_view /*threshold*/,
                      bool /*fired*/) {}
};

// What a stage keeps for each worker. Derived by stages that need it.
struct StageScratch {
  virtual ~StageScratch() = default;
};

// What Judge() may use besides the document. One for each worker.
struct StageContext {
  Arena* arena = nullptr;              // the batch's
  StageScratch* scratch = nullptr;     // this stage's, on this worker
  std::vector<Edit>* edits = nullptr;  // empty on entry
  Explainer* explain = nullptr;        // null in a run
};

class Stage {
 public:
  explicit Stage(std::string_view name) : name_(name) {}
  virtual ~Stage() = default;
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  // Name in recipe, ledger and reasons: `gopher_quality`.
  const std::string& name() const { return name_; }
  // Short codes (`short_doc`); Verdict::reason indexes them. The ledger writes
  // `name.code`.
  virtual std::span<const std::string_view> reasons() const = 0;
  virtual AnalysisNeeds needs() const = 0;
  virtual std::unique_ptr<StageScratch> NewScratch() const { return nullptr; }
  virtual bool ordered() const { return false; }
  // What decides verdicts and stands in no recipe: checksums of the files that
  // the stage read. Part of the run key.
  virtual std::string DataVersion() const { return {}; }

  // Judges one document on a worker. May set the document's metadata
  // (language), push edits, or fill its slot. With `explain` every rule is
  // evaluated and reported even after one has fired; the verdict is the same.
  virtual Verdict Judge(Document& document, const Analysis& analysis,
                        StageContext& context) const = 0;

 private:
  std::string name_;
};

// A stage where documents meet. Judge() computes the key or signature into
// document.slots[slot()] in the section before; Decide() then runs serially,
// in canonical order, and copies no text.
//
// The log is the truth, the index is a cache: entries since the last mark are
// written to a segment file, and Replay() of all segments rebuilds the index.
class OrderedStage : public Stage {
 public:
  using Stage::Stage;
  bool ordered() const final { return true; }
  int slot() const { return slot_; }
  void set_slot(int slot) { slot_ = slot; }

  // Bytes the index needs for each kept document; the run divides its budget.
  virtual size_t BytesPerDocument() const = 0;
  // Sizes the index once, before the first document. Returns how many kept
  // documents fit.
  virtual uint64_t Reserve(uint64_t bytes) = 0;
  // No further document can be entered: the run stops at the last mark.
  virtual bool Full() const = 0;

  // Starts fetching what Decide() will touch. Called a few documents ahead.
  virtual void Prefetch(const Document&) const {}
  virtual Verdict Decide(Document& document) = 0;

  // Appends the entries and pairs since the last call to *out (one segment:
  // header, records, XXH3 footer).
  virtual void TakeSegment(std::string* out) = 0;
  // Enters one segment. Throws Error(kCorruption) if it does not check out, or
  // was made with other parameters.
  virtual void Replay(std::string_view segment) = 0;
  // Writes this stage's duplicate clusters, one JSON object a line, from all
  // its segments (given as file paths, in order) to *out; see docs/formats.md.
  virtual void WriteClusters(const std::vector<std::string>& segment_paths,
                             std::string* out) const = 0;
  // The same a piece at a time, in bounded memory.
  using Sink = std::function<void(std::string_view)>;
  virtual void StreamClusters(const std::vector<std::string>& segment_paths,
                              const Sink& sink) const {
    std::string out;
    WriteClusters(segment_paths, &out);
    sink(out);
  }

  // A count for tests and diagnosis (`short_documents`, `candidates`): the same
  // after a resume as without one.
  struct Counter {
    std::string_view name;
    uint64_t value;
  };
  virtual std::vector<Counter> Counters() const { return {}; }

 private:
  int slot_ = 0;
};

// What a stage's factory may ask of its surroundings.
struct StageSetup {
  std::string data_dir;                    // models and vocabularies
  uint64_t worker_cache_bytes = 16 << 20;  // for each stage and worker
};

// A reason code with its explanation, for docs and `recipe --help`.
struct ReasonSpec {
  std::string_view code;
  std::string_view help;
};

// One row of the registry: all that recipe, docs and validation need.
struct StageSpec {
  std::string_view name;
  std::string_view summary;  // one sentence
  std::string_view source;   // paper, or owner/repo : file
  std::vector<ParamSpec> params;
  std::vector<ReasonSpec> reasons;
  std::unique_ptr<Stage> (*make)(const Params& params, const StageSetup& setup);
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_STAGE_H_
