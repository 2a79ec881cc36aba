// SPDX-License-Identifier: Apache-2.0
// A recipe: YAML to typed configuration, strictly. Unknown keys, wrong types
// and impossible values are errors with file, line, column and the nearest
// right key.
#ifndef WINNOW_PIPELINE_RECIPE_H_
#define WINNOW_PIPELINE_RECIPE_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/params.h"
#include "pipeline/read/record.h"
#include "pipeline/stage.h"

namespace winnow {

// The stages a recipe may name, in the order of the documentation.
using Registry = std::vector<const StageSpec*>;

struct RecipeStage {
  const StageSpec* spec = nullptr;
  Params params;
  std::string at;  // "FILE:LINE:COLUMN: " of its name
};

struct Recipe {
  std::string name;  // built-in name, or the file's stem
  std::string description;
  uint64_t checkpoint_bytes = 0;
  Params read;
  Params tokens;
  Params write;
  std::vector<RecipeStage> stages;

  ReadOptions read_options() const;
  // With every default filled in, as YAML; parses to the same recipe.
  std::string Resolved() const;
  // 32 hex digits: XXH3-128 of Resolved() without name and description.
  std::string Hash() const;
};

// Sections of a recipe beside `stages`, for validation, help and docs.
const std::vector<ParamSpec>& ReadParams();
const std::vector<ParamSpec>& TokensParams();
const std::vector<ParamSpec>& WriteParams();

// Throws Error(kUsage).
Recipe ParseRecipe(std::string_view yaml, const std::string& file,
                   const Registry& registry);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_RECIPE_H_
