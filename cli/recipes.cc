// SPDX-License-Identifier: Apache-2.0
#include "cli/recipes.h"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <iterator>

#include "cli/data_dir.h"
#include "cli/registry.h"
#include "pipeline/error.h"
#include "pipeline/write/durable_file.h"
#include "pipeline/yaml_tree.h"
#include "stats/token_meters.h"
#include "stats/tokens/vocabulary_file.h"

namespace winnow {
namespace {
// BuiltinRecipe kBuiltinRecipes[], made by CMake from configs/*.yaml.
#include "builtin_recipes.inc"

// Puts the place before an error of a stage's factory: of the first parameter
// of the recipe that it names, else of the stage.
[[noreturn]] void FailStage(const RecipeStage& stage, const Error& e) {
  const std::string_view what = e.what();
  size_t first = std::string_view::npos;
  std::string at = stage.at;
  for (const auto& [key, value] : stage.params.all()) {
    const size_t found = what.find(key);
    if (value.at.empty() || found >= first) continue;
    first = found;
    at = value.at;
  }
  throw Error(e.kind(), at + e.what());
}

// What only the stages and the vocabularies themselves can refuse. `models`:
// also that the data they need is there.
void CheckParts(const Recipe& recipe, bool models) {
  StageSetup setup;
  setup.data_dir = DataDir();
  for (const RecipeStage& stage : recipe.stages) {
    try {
      stage.spec->make(stage.params, setup);
    } catch (const Error& e) {
      if (e.kind() == ErrorKind::kUsage || models) FailStage(stage, e);
    }
  }
  const std::vector<std::string>& names = recipe.tokens.Strings("vocab");
  try {
    for (const std::string& name : names) FindVocabularySpec(name);
    std::vector<std::string> sorted = names;
    std::sort(sorted.begin(), sorted.end());
    const auto twice = std::adjacent_find(sorted.begin(), sorted.end());
    if (twice != sorted.end()) {
      throw Error(ErrorKind::kUsage,
                  "vocabulary " + *twice + ": named twice: name it once");
    }
    if (models && !names.empty()) LoadTokenizers(names, setup.data_dir);
  } catch (const Error& e) {
    throw Error(e.kind(), recipe.tokens.At("vocab") + e.what());
  }
}

Recipe Checked(Recipe recipe, bool models) {
  CheckParts(recipe, models);
  return recipe;
}

}  // namespace

std::span<const BuiltinRecipe> BuiltinRecipes() { return kBuiltinRecipes; }

Recipe LoadRecipe(const std::string& argument, bool models) {
  if (argument == "-") {
    const std::string yaml(std::istreambuf_iterator<char>(std::cin), {});
    return Checked(ParseRecipe(yaml, "stdin", AllStages()), models);
  }
  std::vector<std::string> names;
  for (const BuiltinRecipe& recipe : BuiltinRecipes()) {
    if (recipe.name == argument) {
      Recipe parsed = ParseRecipe(
          recipe.yaml, std::string(recipe.name) + ".yaml", AllStages());
      // Ours are right; whether their data is there is another matter.
      return models ? Checked(std::move(parsed), true) : parsed;
    }
    names.emplace_back(recipe.name);
  }
  std::error_code code;
  if (!std::filesystem::is_regular_file(argument, code)) {
    std::string message = "recipe '" + argument + "': no such built-in or file";
    const std::string nearest = Nearest(argument, names);
    if (!nearest.empty()) {
      message += ": did you mean '" + nearest + "'?";
    } else {
      message += ": built in are";
      for (const std::string& name : names) {
        message += (&name == &names[0] ? " " : ", ") + name;
      }
    }
    throw Error(ErrorKind::kUsage, message);
  }
  return Checked(ParseRecipe(ReadWholeFile(argument), argument, AllStages()),
                 models);
}

}  // namespace winnow
