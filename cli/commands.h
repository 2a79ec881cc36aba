// SPDX-License-Identifier: Apache-2.0
// The commands, one source file each. They return the exit code and throw
// winnow::Error, which main() prints.
#ifndef WINNOW_CLI_COMMANDS_H_
#define WINNOW_CLI_COMMANDS_H_

#include "cli/arguments.h"

namespace winnow {

int RunCommand(const RunArguments& arguments);
int ReadCommand(const ReadArguments& arguments);
int ExplainCommand(const ExplainArguments& arguments);
int TokensCommand(const TokensArguments& arguments);
int ReportCommand(const ReportArguments& arguments);
int RecipeCommand(const RecipeArguments& arguments);

}  // namespace winnow

#endif  // WINNOW_CLI_COMMANDS_H_
