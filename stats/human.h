// SPDX-License-Identifier: Apache-2.0
// Numbers as people read them: three significant digits and a unit.
#ifndef WINNOW_STATS_HUMAN_H_
#define WINNOW_STATS_HUMAN_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace winnow {

// 987, 12.3 k, 9.87 M, 1.20 G (powers of a thousand).
std::string HumanCount(uint64_t n);
// 987 B, 12.3 kB, 9.87 MB (powers of a thousand, as MB/s is).
std::string HumanBytes(uint64_t n);
// 1 file, 3 files, 12.3 k files.
std::string HumanPlural(uint64_t n, std::string_view noun);
// 23.4 %; "-" where the whole is zero. Rounds half up, in integers; only a
// whole share prints 100 %, only none at all prints 0 %.
std::string HumanShare(uint64_t part, uint64_t whole);
// 0.42 s, 1 min 03 s, 2 h 05 min.
std::string HumanSeconds(double seconds);

}  // namespace winnow

#endif  // WINNOW_STATS_HUMAN_H_
