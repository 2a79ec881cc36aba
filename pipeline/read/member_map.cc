// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/member_map.h"

#include <algorithm>

#include "pipeline/error.h"

namespace winnow {

void MemberMap::Clear() {
  members_.clear();
  first_ = 0;
}

void MemberMap::Add(uint64_t decoded, uint64_t offset) {
  WINNOW_DCHECK(members_.empty() || members_.back().decoded < decoded);
  members_.push_back({decoded, offset});
}

const Member& MemberMap::Find(uint64_t decoded) const {
  const auto behind = std::upper_bound(
      members_.begin() + static_cast<std::ptrdiff_t>(first_), members_.end(),
      decoded,
      [](uint64_t at, const Member& member) { return at < member.decoded; });
  WINNOW_DCHECK(behind != members_.begin());
  return *std::prev(behind);
}

void MemberMap::Forget(uint64_t decoded) {
  while (first_ + 1 < members_.size() &&
         members_[first_ + 1].decoded <= decoded) {
    ++first_;
  }
  // Moving the rest forward costs as much as was forgotten.
  if (first_ > members_.size() / 2 && first_ > 64) {
    members_.erase(members_.begin(),
                   members_.begin() + static_cast<std::ptrdiff_t>(first_));
    first_ = 0;
  }
}

}  // namespace winnow
