// SPDX-License-Identifier: Apache-2.0
#include "cli/data_dir.h"

#include <cstdlib>

namespace winnow {
namespace {

std::string Variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

}  // namespace

std::string DataDir() {
  if (std::string dir = Variable("WINNOW_DATA"); !dir.empty()) return dir;
  if (const std::string dir = Variable("XDG_DATA_HOME"); !dir.empty()) {
    return dir + "/winnow";
  }
  return Variable("HOME") + "/.local/share/winnow";
}

}  // namespace winnow
