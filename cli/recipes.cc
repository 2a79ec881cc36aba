// SPDX-License-Identifier: Apache-2.0
#include "cli/recipes.h"

#include <filesystem>
#include <iostream>
#include <iterator>

#include "cli/registry.h"
#include "pipeline/error.h"
#include "pipeline/write/durable_file.h"
#include "pipeline/yaml_tree.h"

namespace winnow {
namespace {
// BuiltinRecipe kBuiltinRecipes[], made by CMake from configs/*.yaml.
#include "builtin_recipes.inc"
}  // namespace

std::span<const BuiltinRecipe> BuiltinRecipes() { return kBuiltinRecipes; }

Recipe LoadRecipe(const std::string& argument) {
  if (argument == "-") {
    const std::string yaml(std::istreambuf_iterator<char>(std::cin), {});
    return ParseRecipe(yaml, "stdin", AllStages());
  }
  std::vector<std::string> names;
  for (const BuiltinRecipe& recipe : BuiltinRecipes()) {
    if (recipe.name == argument) {
      return ParseRecipe(recipe.yaml, std::string(recipe.name) + ".yaml",
                         AllStages());
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
  return ParseRecipe(ReadWholeFile(argument), argument, AllStages());
}

}  // namespace winnow
