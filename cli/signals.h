// SPDX-License-Identifier: Apache-2.0
// SIGINT and SIGTERM as a flag: the run stops and discards what follows the
// last mark. A second signal ends the process at once.
#ifndef WINNOW_CLI_SIGNALS_H_
#define WINNOW_CLI_SIGNALS_H_

#include <atomic>

namespace winnow {

// Installs the handlers (once) and returns the flag they set. Called first
// thing in `run` and `read`, and again wherever the flag is wanted.
const std::atomic<bool>& InterruptFlag();

}  // namespace winnow

#endif  // WINNOW_CLI_SIGNALS_H_
