// SPDX-License-Identifier: Apache-2.0
// Built-in recipes (configs/*.yaml, embedded) and how a RECIPE argument is
// found: a built-in name, a file, or - for stdin.
#ifndef WINNOW_CLI_RECIPES_H_
#define WINNOW_CLI_RECIPES_H_

#include <span>
#include <string>
#include <string_view>

#include "pipeline/recipe.h"

namespace winnow {

struct BuiltinRecipe {
  std::string_view name;
  std::string_view yaml;
};

std::span<const BuiltinRecipe> BuiltinRecipes();

// The one place that says whether a recipe is right, for `run`, `explain` and
// `recipe`. Throws Error(kUsage) with the nearest built-in name, what
// ParseRecipe throws, or what a stage or vocabulary refuses, with its place.
// `models`: also that models and vocabularies are there and intact.
Recipe LoadRecipe(const std::string& argument, bool models = false);

}  // namespace winnow

#endif  // WINNOW_CLI_RECIPES_H_
