// SPDX-License-Identifier: Apache-2.0
#include "cli/explaining.h"

#include <utility>

#include "cli/data_dir.h"
#include "pipeline/memory_plan.h"

namespace winnow {
namespace {

constexpr uint64_t kIndexBytes = uint64_t{256} << 20;

StageSetup Setup() {
  StageSetup setup;
  setup.data_dir = DataDir();
  return setup;
}

}  // namespace

Explaining::Explaining(const Recipe& recipe)
    : chain_(recipe, Setup()), judge_(&chain_, nullptr, 0, false) {
  ReserveIndexes(kIndexBytes, chain_.ordered());
}

Explanation Explaining::Begin(Document& d, Arena* arena) {
  Explanation e;
  d.AppendIdentity(&e.identity);
  e.id = d.native_id.empty() ? e.identity : std::string(d.native_id);
  judge_.Measure(d, arena, nullptr);
  e.bytes = d.read.bytes;
  e.words = d.read.words;
  return e;
}

void Explaining::Decide(size_t section, Document& d,
                        const Duplicates* duplicates, Explanation* e) {
  OrderedStage* stage = chain_.sections()[section].ordered;
  const auto index = static_cast<uint8_t>(chain_.sections()[section].last - 1);
  if (duplicates == nullptr) {
    const Verdict verdict = stage->Decide(d);
    if (verdict.kept()) return;
    d.dropped_by = index;
    d.reason = verdict.reason;
    return;
  }
  const auto it = duplicates->find(e->identity);
  if (it == duplicates->end() || it->second.stage != stage->name()) return;
  d.dropped_by = index;
  d.reason = 0;
  e->rows.push_back({ExplainedRow::Kind::kDuplicate, stage->name(), "",
                     it->second.id, "", it->second.similarity, true, true});
}

Explanation Explaining::Explain(Document& d, Arena* arena,
                                const Duplicates* duplicates) {
  Explanation e = Begin(d, arena);
  ExplanationRows rows(&e.rows);
  for (size_t s = 0; s < chain_.sections().size() && d.kept(); ++s) {
    judge_.RunSection(s, d, arena, nullptr, &rows);
    if (d.kept() && chain_.sections()[s].ordered != nullptr) {
      Decide(s, d, duplicates, &e);
    }
  }
  e.language = d.language;
  if (!d.kept()) {
    const Stage& stage = chain_.stage(d.dropped_by);
    const std::string code(stage.reasons()[d.reason]);
    e.reason = stage.name() + "." + code;
    e.MarkDecisive(stage.name(), code);
  }
  return e;
}

Explanation Explaining::NotRead(Document& d, Arena* arena, std::string why) {
  Explanation e = Begin(d, arena);
  e.not_read = std::move(why);
  return e;
}

}  // namespace winnow
