// SPDX-License-Identifier: Apache-2.0
#include "cli/signals.h"

#include <csignal>

namespace winnow {
namespace {

std::atomic<bool> interrupted{false};
static_assert(std::atomic<bool>::is_always_lock_free);

extern "C" void OnSignal(int number) {
  interrupted.store(true, std::memory_order_relaxed);
  std::signal(number, SIG_DFL);
}

}  // namespace

const std::atomic<bool>& InterruptFlag() {
  static const bool installed = [] {
    std::signal(SIGINT, OnSignal);
    std::signal(SIGTERM, OnSignal);
    // A closed pipe is an error of write(2), not a death.
    std::signal(SIGPIPE, SIG_IGN);
    return true;
  }();
  static_cast<void>(installed);
  return interrupted;
}

}  // namespace winnow
