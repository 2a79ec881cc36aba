// SPDX-License-Identifier: Apache-2.0
// A recipe's stages as the executor runs them: sections of per-document
// stages, each but the last ended by an ordered stage.
//
//   [language gopher c4 | minhash]  [pii]
//    section 0: parallel  decide    section 1: parallel
#ifndef WINNOW_PIPELINE_STAGE_CHAIN_H_
#define WINNOW_PIPELINE_STAGE_CHAIN_H_

#include <memory>
#include <vector>

#include "pipeline/recipe.h"
#include "pipeline/stage.h"
#include "pipeline/tally.h"

namespace winnow {

class StageChain {
 public:
  struct Section {
    size_t first = 0;  // stages [first, last) judge each document by itself;
    size_t last = 0;   // the last of them may be ordered
    OrderedStage* ordered = nullptr;
    AnalysisNeeds needs;
  };

  // Makes the stages. Throws what their factories throw.
  StageChain(const Recipe& recipe, const StageSetup& setup);

  size_t size() const { return stages_.size(); }
  const Stage& stage(size_t i) const { return *stages_[i]; }
  const std::vector<Section>& sections() const { return sections_; }
  std::vector<OrderedStage*> ordered() const;

  // Rows for `read` and then every stage, so stage i is row i + 1.
  TallyLayout Layout(std::vector<std::string> labels,
                     size_t vocabularies) const;

 private:
  std::vector<std::unique_ptr<Stage>> stages_;
  std::vector<Section> sections_;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_STAGE_CHAIN_H_
