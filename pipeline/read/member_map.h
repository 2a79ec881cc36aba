// SPDX-License-Identifier: Apache-2.0
// Which gzip member or zstd frame of a file holds a decoded byte. Members that
// gave no byte hold none.
#ifndef WINNOW_PIPELINE_READ_MEMBER_MAP_H_
#define WINNOW_PIPELINE_READ_MEMBER_MAP_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace winnow {

struct Member {
  uint64_t decoded = 0;  // offset of its first byte in the file
  uint64_t offset = 0;   // compressed
};

class MemberMap {
 public:
  void Clear();
  // REQUIRES: decoded offsets rise.
  void Add(uint64_t decoded, uint64_t offset);
  // The member that holds byte `decoded`, which is not forgotten.
  const Member& Find(uint64_t decoded) const;
  // Forgets what lies before the member that holds `decoded`.
  void Forget(uint64_t decoded);

 private:
  std::vector<Member> members_;
  size_t first_ = 0;  // members before it are forgotten
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_MEMBER_MAP_H_
