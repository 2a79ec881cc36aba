// SPDX-License-Identifier: Apache-2.0
// `winnow recipe`: built-in recipes, resolved recipes, and what stages take.
#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/recipes.h"
#include "cli/registry.h"
#include "pipeline/error.h"
#include "pipeline/yaml_tree.h"
#include "stats/human.h"

namespace winnow {
namespace {

void PrintStage(const StageSpec& spec) {
  Print("{}: {}\n", spec.name, spec.summary);
  Print("source: {}\n", spec.source);
  if (!spec.params.empty()) Print("\nparameters\n");
  for (const ParamSpec& p : spec.params) {
    Print("  {:<26} {:<14} {}{}\n", p.key,
          p.required ? "(required)" : std::string(p.default_value), p.help,
          p.nullable ? " (null: off)" : "");
    if (!p.choices.empty()) Print("  {:<26} one of {}\n", "", p.choices);
  }
  Print("\nreasons\n");
  for (const ReasonSpec& r : spec.reasons) {
    Print("  {:<40} {}\n", fmt::format("{}.{}", spec.name, r.code), r.help);
  }
}

int HelpStage(const std::string& name) {
  std::vector<std::string> known;
  for (const StageSpec* spec : AllStages()) {
    if (spec->name == name) {
      PrintStage(*spec);
      return 0;
    }
    known.emplace_back(spec->name);
  }
  const std::string nearest = Nearest(name, known);
  throw Error(ErrorKind::kUsage,
              "no stage '" + name + "'" +
                  (nearest.empty() ? ": see winnow recipe"
                                   : ": did you mean '" + nearest + "'?"));
}

}  // namespace

int RecipeCommand(const RecipeArguments& a) {
  if (!a.stage.empty()) return HelpStage(a.stage);
  if (!a.check.empty()) {
    const Recipe recipe = LoadRecipe(a.check, true);
    Print("{}: right: {}\n", recipe.name,
          HumanPlural(recipe.stages.size(), "stage"));
    return 0;
  }
  if (!a.resolved.empty()) {
    Print("{}", LoadRecipe(a.resolved).Resolved());
    return 0;
  }
  if (!a.name.empty()) {
    for (const BuiltinRecipe& recipe : BuiltinRecipes()) {
      if (recipe.name == a.name) {
        Print("{}", recipe.yaml);
        return 0;
      }
    }
    LoadRecipe(a.name);  // says what is wrong, or that it is a file
    throw Error(ErrorKind::kUsage,
                a.name + ": a file: print it with cat, or with --resolved");
  }
  Print("recipes\n");
  for (const BuiltinRecipe& recipe : BuiltinRecipes()) {
    Print("  {:<20} {}\n", recipe.name,
          LoadRecipe(std::string(recipe.name)).description);
  }
  Print("\nstages (winnow recipe --help STAGE)\n");
  for (const StageSpec* spec : AllStages()) {
    Print("  {:<20} {}\n", spec->name, spec->summary);
  }
  return 0;
}

}  // namespace winnow
