// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/table_codec.h"

#include <algorithm>

namespace winnow {

size_t TableFile::Find(uint64_t at) const {
  const auto behind = std::upper_bound(
      groups_.begin(), groups_.end(), at,
      [](uint64_t value, const Group& group) { return value < group.begin; });
  const auto i = static_cast<size_t>(behind - groups_.begin());
  return i == 0 ? 0 : i - 1;
}

}  // namespace winnow
