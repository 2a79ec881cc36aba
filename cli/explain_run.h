// SPDX-License-Identifier: Apache-2.0
// `winnow explain OUT ID...`: documents of a run, found again in its inputs.
#ifndef WINNOW_CLI_EXPLAIN_RUN_H_
#define WINNOW_CLI_EXPLAIN_RUN_H_

#include <functional>
#include <string>
#include <vector>

#include "cli/explanation.h"

namespace winnow {

// An id is taken as an identity first, and if the run has no such document as
// documents' own id, of which there may be several. Returns the exit code: 1
// where an id was not found, or an input cannot be read any more.
int ExplainRun(const std::string& folder, const std::vector<std::string>& ids,
               const std::function<void(const Explanation&)>& show);

}  // namespace winnow

#endif  // WINNOW_CLI_EXPLAIN_RUN_H_
