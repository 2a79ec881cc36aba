// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stage_chain.h"

#include "pipeline/error.h"

namespace winnow {

StageChain::StageChain(const Recipe& recipe, const StageSetup& setup) {
  sections_.emplace_back();
  int slots = 0;
  for (const RecipeStage& row : recipe.stages) {
    stages_.push_back(row.spec->make(row.params, setup));
    Stage& stage = *stages_.back();
    Section& section = sections_.back();
    section.last = stages_.size();
    section.needs = section.needs | stage.needs();
    if (!stage.ordered()) continue;
    section.ordered = static_cast<OrderedStage*>(&stage);
    if (slots == Document::kSlots) {
      throw Error(ErrorKind::kUsage, "recipe: more than " +
                                         std::to_string(Document::kSlots) +
                                         " dedup stages");
    }
    section.ordered->set_slot(slots++);
    sections_.push_back({stages_.size(), stages_.size(), nullptr, {}});
  }
}

std::vector<OrderedStage*> StageChain::ordered() const {
  std::vector<OrderedStage*> result;
  for (const Section& section : sections_) {
    if (section.ordered != nullptr) result.push_back(section.ordered);
  }
  return result;
}

TallyLayout StageChain::Layout(std::vector<std::string> labels,
                               size_t vocabularies) const {
  TallyLayout layout;
  layout.vocabularies = vocabularies;
  layout.labels = std::move(labels);
  layout.stages.push_back({"read", {}, 0});
  for (const auto& stage : stages_) {
    TallyLayout::StageRows rows{stage->name(), {}, 0};
    for (const std::string_view code : stage->reasons()) {
      rows.reasons.emplace_back(code);
    }
    layout.stages.push_back(std::move(rows));
  }
  layout.Finish();
  return layout;
}

}  // namespace winnow
