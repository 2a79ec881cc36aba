// SPDX-License-Identifier: Apache-2.0
// Whether the inputs and the output of a run can be what the user named.
#ifndef WINNOW_CLI_RUN_PATHS_H_
#define WINNOW_CLI_RUN_PATHS_H_

#include <string>

#include "pipeline/read/input_list.h"

namespace winnow {

// Throws Error(kUsage) for an input that cannot be read twice (a resume must),
// for an output inside an input folder (the next run would read it), and for
// an input inside the output (a run deletes there).
void CheckRunPaths(const InputList& inputs, const std::string& output);

}  // namespace winnow

#endif  // WINNOW_CLI_RUN_PATHS_H_
