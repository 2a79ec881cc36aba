// SPDX-License-Identifier: Apache-2.0
// The slow, plain answer to what source, decode and cut must give for a sound
// file: the whole file in memory, one member after another, line by line.
#ifndef WINNOW_TESTS_UNIT_READ_SOURCE_ORACLE_H_
#define WINNOW_TESTS_UNIT_READ_SOURCE_ORACLE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "tests/unit/read/source_harness.h"

namespace winnow::testing {

struct OracleMember {
  uint64_t offset;
  std::string text;
};
// With zlib, a small buffer at a time.
std::vector<OracleMember> Gunzip(std::string bytes);
// With libzstd's stream, likewise; skippable frames give no member.
std::vector<OracleMember> Unzstd(const std::string& bytes,
                                 const std::string& dictionary = "");

// What the cut must give with Cuts::kLine. `plain`: no codec, one member.
Result ExpectedLines(const std::vector<OracleMember>& members,
                     bool plain = false, uint32_t file = 0);

}  // namespace winnow::testing

#endif  // WINNOW_TESTS_UNIT_READ_SOURCE_ORACLE_H_
