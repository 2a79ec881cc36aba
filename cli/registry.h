// SPDX-License-Identifier: Apache-2.0
// Every stage a recipe may name: one row each.
#ifndef WINNOW_CLI_REGISTRY_H_
#define WINNOW_CLI_REGISTRY_H_

#include "pipeline/recipe.h"

namespace winnow {

const Registry& AllStages();

}  // namespace winnow

#endif  // WINNOW_CLI_REGISTRY_H_
