// SPDX-License-Identifier: Apache-2.0
// `winnow explain`: reads documents again, judges them with the run's recipe,
// and tells which stage dropped them, the rule, the value and the threshold;
// for a duplicate, what was kept instead. A JSON object a line.
#include <filesystem>

#include "cli/commands.h"
#include "cli/document_walk.h"
#include "cli/explain_run.h"
#include "cli/explaining.h"
#include "cli/output.h"
#include "cli/recipes.h"
#include "pipeline/error.h"
#include "pipeline/read/input_list.h"

namespace winnow {

int ExplainCommand(const ExplainArguments& a) {
  const auto show = [&](const Explanation& e) {
    PrintText(a.text ? e.ToText() : e.ToJson());
  };
  std::error_code code;
  if (std::filesystem::is_directory(a.first, code)) {
    if (!std::filesystem::exists(a.first + "/manifest.json", code)) {
      throw Error(ErrorKind::kNotFound,
                  a.first + ": no manifest.json: not the output of a run");
    }
    return ExplainRun(a.first, a.rest, show);
  }
  const Recipe recipe = LoadRecipe(a.first);
  const InputList inputs = BuildInputList(a.rest);
  Explaining explaining(recipe);
  WalkDocuments(inputs.files, recipe.read_options(),
                [&](Document& d, Arena* arena, const DocumentPlace&) {
                  show(explaining.Explain(d, arena, nullptr));
                  return true;
                });
  return 0;
}

}  // namespace winnow
