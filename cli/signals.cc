// SPDX-License-Identifier: Apache-2.0
#include "cli/signals.h"

#include <csignal>

namespace winnow {
namespace {

std::atomic<bool> interrupted{false};
static_assert(std::atomic<bool>::is_always_lock_free);

extern "C" void OnSignal(int) {
  interrupted.store(true, std::memory_order_relaxed);
}

// Without SA_RESTART, so that open(2) of a FIFO that nobody writes comes back;
// with SA_RESETHAND, so that a second signal ends the process at once.
void Install(int number) {
  struct sigaction action {};
  action.sa_handler = OnSignal;
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigemptyset(&action.sa_mask);
  ::sigaction(number, &action, nullptr);
}

}  // namespace

const std::atomic<bool>& InterruptFlag() {
  static const bool installed = [] {
    Install(SIGINT);
    Install(SIGTERM);
    return true;
  }();
  static_cast<void>(installed);
  return interrupted;
}

}  // namespace winnow
